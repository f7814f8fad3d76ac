#include "app/cli/eval_lines.h"
#include "app/cli/eval_tasks.h"
#include "engine/evaluation/likelihood.h"
#include "engine/evaluation/ngram.h"

#include <algorithm>
#include <cmath>

namespace crystallite::cli {
namespace {

/// Tokens of a document with its end, cut to the longest canvas; too short to measure: fewer than two.
std::vector<TokenId> documentTokens(const Model& model, const std::string& text) {
    std::vector<TokenId> tokens = model.tokenizer()->encode(text);
    const ModelConfig& config = model.config();
    if (!config.endIds.empty()) {
        tokens.push_back(config.endIds.front());
    }
    tokens.resize(std::min<size_t>(tokens.size(), config.contextLength));
    return tokens;
}

LikelihoodModel likelihoodOf(const EvalContext& context) {
    const ModelConfig& config = context.model.config();
    return {.logits = [&context](std::span<const TokenId> tokens,
                                 std::span<const uint32_t> slots) { return context.model.logits(tokens, slots, context.stop); },
            .vocabulary = config.outputVocabulary,
            .maskId = config.maskId,
            .forbiddenIds = config.forbiddenIds};
}

struct NatsSum {
    double model = 0.0;
    double variance = 0.0;  // of the Monte-Carlo estimate
    double unigram = 0.0;
    double bigram = 0.0;
    size_t tokens = 0;
    size_t documents = 0;
};

Result<void> addDocument(const EvalContext& context, const std::vector<TokenId>& tokens, uint32_t document, NatsSum& sum) {
    const LikelihoodModel model = likelihoodOf(context);
    if (context.model.config().isAutoregressive()) {
        const Result<double> nll = leftToRightNll(model, tokens);
        if (!nll) {
            return nll.error();
        }
        sum.model += *nll;
        return {};
    }
    const auto estimates = sampleMaskedBound(model, tokens, context.options.samples, context.options.seed, document);
    if (!estimates) {
        return estimates.error();
    }
    const auto count = static_cast<double>(estimates->size());
    double mean = 0.0;
    for (const double estimate : *estimates) {
        mean += estimate / count;
    }
    for (const double estimate : *estimates) {
        sum.variance += count > 1 ? (estimate - mean) * (estimate - mean) / (count - 1) / count : 0.0;
    }
    sum.model += mean;
    return {};
}

EvalRows likelihoodRow(const EvalContext& context, const NatsSum& sum) {
    const auto tokens = static_cast<double>(std::max<size_t>(sum.tokens, 1));
    const bool exact = context.model.config().isAutoregressive();
    EvalRows row = {{"documents", sum.documents},
                    {"tokens", sum.tokens},
                    {exact ? "nll_per_token" : "nelbo_per_token", sum.model / tokens},
                    {"standard_error", exact ? 0.0 : std::sqrt(sum.variance) / tokens},
                    {"samples", exact ? 1U : context.options.samples}};
    if (!context.options.trainFile.empty()) {
        row["unigram"] = sum.unigram / tokens;
        row["bigram"] = sum.bigram / tokens;
    }
    return row;
}

Result<NgramBaseline> learnBaseline(const EvalContext& context) {
    NgramBaseline baseline(context.model.config().vocabulary);
    if (context.options.trainFile.empty()) {
        return baseline;
    }
    const auto texts = readTexts(context.options.trainFile, "text", PlainLines::Texts, 0);
    if (!texts) {
        return texts.error();
    }
    for (const std::string& text : *texts) {
        baseline.learn(documentTokens(context.model, text));
    }
    return baseline;
}

}  // namespace

Result<EvalRows> evaluateLikelihood(const EvalContext& context) {
    const auto texts = readTexts(context.options.file, "text", PlainLines::Texts, context.options.limit);
    const auto baseline = learnBaseline(context);
    if (!texts || !baseline) {
        return texts ? baseline.error() : texts.error();
    }
    NatsSum sum;
    const std::vector<TokenId>& forbidden = context.model.config().forbiddenIds;
    for (size_t index = 0; index < texts->size(); ++index) {
        const std::vector<TokenId> tokens = documentTokens(context.model, (*texts)[index]);
        const auto isForbidden = [&](TokenId id) { return std::binary_search(forbidden.begin(), forbidden.end(), id); };
        if (tokens.size() < 2 || std::any_of(tokens.begin(), tokens.end(), isForbidden)) {
            return badLine(context.options.file, index + 1, "has fewer than two tokens, or one that this model never emits");
        }
        const Result<void> added = addDocument(context, tokens, static_cast<uint32_t>(index), sum);
        if (!added && wasCancelled(added.error())) {
            break;
        }
        if (!added) {
            return added.error();
        }
        sum.unigram += baseline->unigramNll(tokens);
        sum.bigram += baseline->bigramNll(tokens);
        sum.tokens += tokens.size() - 1;
        ++sum.documents;
        context.progress("documents", index + 1, texts->size());
    }
    return EvalRows::array({likelihoodRow(context, sum)});
}

}  // namespace crystallite::cli
