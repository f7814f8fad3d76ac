#include "app/model_text.h"

#include "app/conversions.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace crystallite {
namespace {

const QString kBetween = QStringLiteral(" · ");

QString number(uint64_t value) {
    return QLocale().toString(static_cast<qulonglong>(value));
}

/// The first ids and how many more there are: a padded vocabulary has thousands that are never emitted.
QString idList(const std::vector<TokenId>& ids) {
    constexpr size_t kMostShown = 8;
    QStringList shown;
    for (size_t i = 0; i < std::min(ids.size(), kMostShown); ++i) {
        shown << QString::number(ids[i]);
    }
    if (ids.empty()) {
        return translate("none");
    }
    const QString list = shown.join(QStringLiteral(", "));
    return ids.size() > kMostShown ? translate("%1 and %2 more").arg(list).arg(ids.size() - kMostShown) : list;
}

QString visibilityText(const ModelConfig& config) {
    if (config.visibility == Visibility::BlockCausal) {
        return translate("every slot sees its block of %1 and those before it").arg(config.blockLength);
    }
    return config.isAutoregressive() ? translate("causal") : translate("every slot sees every slot");
}

QString orderText(const ModelConfig& config) {
    if (config.visibility == Visibility::BlockCausal) {
        return translate("denoises block after block");
    }
    return config.isAutoregressive() ? translate("writes from left to right") : translate("denoises in any order");
}

QString attentionText(const ModelConfig& config) {
    QStringList parts = {translate("%1 heads of %2").arg(config.heads).arg(config.headDim),
                         translate("%1 key/value heads").arg(config.kvHeads)};
    if (config.qkvBias) {
        parts << translate("biases");
    }
    if (config.qkNorm) {
        parts << translate("normed queries and keys");
    }
    parts << visibilityText(config);
    return parts.join(QStringLiteral(", "));
}

QString positionsText(const ModelConfig& config) {
    QStringList parts;
    if (config.learnedPositions) {
        parts << translate("a learned table");
    }
    if (config.rotaryDims > 0) {
        parts << translate("RoPE over %1 dimensions, theta %2, %3 pairs")
                     .arg(config.rotaryDims)
                     .arg(QLocale().toString(config.ropeTheta, 'g', 6),
                          config.ropePairing == RopePairing::Interleaved ? translate("interleaved") : translate("half-split"));
    }
    parts << translate("up to %1 slots").arg(number(config.contextLength));
    return parts.join(QStringLiteral("; "));
}

QString weightsText(const std::vector<FormatShare>& formats) {
    QStringList parts;
    for (const FormatShare& share : formats) {
        parts << translate("%1: %2 tensors, %3").arg(toQString(share.format), number(share.tensors), bytesText(share.bytes));
    }
    return parts.join(QStringLiteral("; "));
}

QString chatText(const ModelPreview& preview) {
    if (!preview.hasChatTemplate) {
        return translate("no chat template");
    }
    return preview.chatFormat.empty() ? translate("none of the known ones") : toQString(preview.chatFormat);
}

QString policiesText(const ModelPreview& preview) {
    QStringList names;
    for (const std::string& name : preview.policies) {
        names << toQString(name);
    }
    return names.join(QStringLiteral(", "));
}

QString layersText(const ModelConfig& config) {
    if (config.mixture && config.mixture->denseLayers == 0) {
        return translate("%1 of width %2").arg(config.layers).arg(config.width);
    }
    const QString layers = translate("%1 of width %2, feed-forward %3").arg(config.layers).arg(config.width).arg(config.feedForward);
    return config.feedForwardKind == FeedForwardKind::Gelu ? translate("%1 (GELU)").arg(layers) : layers;
}

QString expertsText(const ModelConfig& config) {
    const Mixture& mixture = *config.mixture;
    QStringList parts = {
        translate("every slot asks %1 of %2 experts of width %3").arg(mixture.used).arg(mixture.experts).arg(mixture.width)};
    if (mixture.sharedWidth > 0) {
        parts << translate("and shared ones of width %1").arg(mixture.sharedWidth);
    }
    if (mixture.denseLayers > 0) {
        parts << translate("none in the first %1 layers").arg(mixture.denseLayers);
    }
    return parts.join(QStringLiteral(", "));
}

void addConfigFacts(std::vector<ModelFact>& facts, const ModelConfig& config) {
    const QString family = toQString(config.family);
    facts.push_back({translate("Family"), config.family == config.architecture
                                              ? family
                                              : translate("%1, stored as %2").arg(family, toQString(config.architecture))});
    facts.push_back({translate("Layers"), layersText(config)});
    if (config.mixture) {
        facts.push_back({translate("Experts"), expertsText(config)});
    }
    facts.push_back({translate("Attention"), attentionText(config)});
    facts.push_back({translate("Norm"), translate("%1, epsilon %2")
                                            .arg(config.norm == NormKind::Layer ? QStringLiteral("LayerNorm") : QStringLiteral("RMS"),
                                                 QLocale().toString(double{config.normEpsilon}, 'g', 3))});
    facts.push_back({translate("Positions"), positionsText(config)});
    if (config.layout) {
        facts.push_back({translate("Canvas"), translate("a board of %1 rows and %2 columns in boxes of %3 × %4")
                                                  .arg(config.layout->rows)
                                                  .arg(config.layout->columns)
                                                  .arg(config.layout->boxRows)
                                                  .arg(config.layout->boxColumns)});
    }
    facts.push_back({translate("Vocabulary"),
                     (config.tiedHead ? translate("%1 tokens, tied output head") : translate("%1 tokens, an output head of its own"))
                         .arg(number(config.vocabulary))});
    facts.push_back({translate("Special ids"), (config.hasMask ? translate("mask %1; end %2; never emitted %3")
                                                               : translate("no mask, open slots show %1; end %2; never emitted %3"))
                                                   .arg(config.maskId)
                                                   .arg(idList(config.endIds), idList(config.forbiddenIds))});
    facts.push_back(
        {translate("Prediction"), translate("row i predicts position %1; %2")
                                      .arg(config.shiftLogits ? QStringLiteral("i + 1") : QStringLiteral("i"), orderText(config))});
}

}  // namespace

QString bytesText(uint64_t bytes) {
    if (bytes < 1'000'000) {
        return QLocale().toString(static_cast<double>(bytes) / 1e3, 'f', 0) + QStringLiteral(" kB");
    }
    const bool giga = bytes >= 1'000'000'000;
    const double value = static_cast<double>(bytes) / (giga ? 1e9 : 1e6);
    return QLocale().toString(value, 'f', giga || value < 10.0 ? 1 : 0) + (giga ? QStringLiteral(" GB") : QStringLiteral(" MB"));
}

QString countText(uint64_t count) {
    const bool billions = count >= 1'000'000'000;
    return QLocale().toString(static_cast<double>(count) / (billions ? 1e9 : 1e6), 'f', 1) +
           (billions ? QLatin1Char('B') : QLatin1Char('M'));
}

QString deviceText(const DeviceInfo& device) {
    const QString name = toQString(device.name);
    if (device.kind == DeviceKind::Cpu) {
        return (device.roundsFactors ? translate("CPU in BF16, approximate, %1 threads") : translate("CPU, %1 threads"))
            .arg(device.threads);
    }
    return name + kBetween + QString::fromUtf8(nameOf(device.kind));
}

QString headlineOf(const ModelPreview& preview) {
    QStringList parts;
    if (preview.config) {
        parts << translate("%1 parameters").arg(countText(preview.config->parameters));
    }
    if (!preview.mainFormat.empty()) {
        parts << toQString(preview.mainFormat);
    }
    if (preview.fileBytes > 0) {
        parts << bytesText(preview.fileBytes);
    }
    return parts.join(kBetween);
}

QString tokenizerText(const ModelPreview& preview) {
    if (!preview.tokenizer) {
        return {};
    }
    const TokenizerFacts& facts = *preview.tokenizer;
    QString text = toQString(facts.model);
    if (!facts.preTokenizer.empty()) {
        text += translate(", splitting %1").arg(toQString(facts.preTokenizer));
    }
    return text + translate(", %1 tokens").arg(number(facts.tokens));
}

std::vector<ModelFact> factsOf(const ModelPreview& preview) {
    std::vector<ModelFact> facts;
    if (preview.config) {
        addConfigFacts(facts, *preview.config);
    }
    if (!preview.formats.empty()) {
        facts.push_back({translate("Weights"), weightsText(preview.formats)});
    }
    if (preview.tokenizer) {
        facts.push_back({translate("Tokenizer"), tokenizerText(preview) + translate(", %1 merges").arg(number(preview.tokenizer->merges))});
        facts.push_back({translate("Chat template"), chatText(preview)});
    }
    if (!preview.policies.empty()) {
        facts.push_back({translate("Policies"), policiesText(preview)});
    }
    return facts;
}

QString shareText(const MemoryPlan& plan, const MemoryShare& share) {
    const QString sum = translate("%1 of %2 on %3")
                            .arg(bytesText(share.withMargin()), bytesText(share.offered),
                                 share.isGpu ? toQString(share.device) : translate("the processor"));
    const QString verdict = share.fits() ? translate("%1: fits").arg(sum) : translate("%1: does not fit").arg(sum);
    return plan.isSplit() ? translate("Layers %1 to %2: %3").arg(share.firstLayer + 1).arg(share.endLayer).arg(verdict) : verdict;
}

QString partsText(const MemoryPlan& plan, const MemoryShare& share) {
    return translate("%1 of weights, %2 to work on %3 slots, %4 of margin")
        .arg(bytesText(share.weights), bytesText(share.working))
        .arg(plan.slots)
        .arg(bytesText(share.margin));
}

}  // namespace crystallite
