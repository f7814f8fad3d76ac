#include "engine/formats/gguf_dialect.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/metadata.h"
#include "engine/formats/tokenizer_choice.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

namespace crystallite {
namespace {

/// What is read differently from how the file has it.
struct Translation {
    std::string from, to;  ///< architectures: keys under the second are looked up under the first
    Metadata values;       ///< win over the file's
    std::filesystem::path tokenizer;
};

/// A GGUF source seen through a translation.
class TranslatedModel final : public ModelSource {
public:
    TranslatedModel(std::shared_ptr<const ModelSource> base, Translation translation)
        : base_(std::move(base)), translation_(std::move(translation)) {}

    [[nodiscard]] const std::string& displayName() const override { return base_->displayName(); }
    [[nodiscard]] uint64_t fileBytes() const override { return base_->fileBytes(); }
    [[nodiscard]] uint64_t ownedBytes() const override { return base_->ownedBytes(); }
    [[nodiscard]] const std::string& fingerprint() const override { return base_->fingerprint(); }
    [[nodiscard]] Result<void> prepareFingerprint(const std::function<void(double)>& progress, const std::stop_token& stop) const override {
        return base_->prepareFingerprint(progress, stop);
    }

    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override {
        const auto value = translation_.values.find<std::string>(key);
        return value ? value : base_->findString(keyInFile(key));
    }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override {
        const auto value = translation_.values.find<uint64_t>(key);
        return value ? value : base_->findUnsigned(keyInFile(key));
    }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override {
        const auto value = translation_.values.find<double>(key);
        return value ? value : base_->findFloat(keyInFile(key));
    }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override {
        const auto value = translation_.values.find<bool>(key);
        return value ? value : base_->findBool(keyInFile(key));
    }
    [[nodiscard]] std::vector<std::string> keys() const override {
        std::vector<std::string> names = translation_.values.keys();
        for (const std::string& key : base_->keys()) {
            const std::string prefix = translation_.from + ".";
            names.push_back(key.starts_with(prefix) ? translation_.to + key.substr(translation_.from.size()) : key);
        }
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        return names;
    }

    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return base_->tensors(); }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override {
        Result<TokenizerData> data = translation_.tokenizer.empty() ? base_->tokenizer() : readTokenizer(translation_.tokenizer);
        // The model's mask is the file's: a tokenizer from elsewhere may give that number to another token.
        const std::optional<uint64_t> mask = findUnsigned("tokenizer.ggml.mask_token_id");
        if (mask && *mask > std::numeric_limits<TokenId>::max()) {
            return Error{ErrorKind::Corrupt, inQuotes(displayName()) + " has mask id " + std::to_string(*mask) + ", which is no token id"};
        }
        if (data && mask) {
            data->mask = static_cast<TokenId>(*mask);
        }
        return data;
    }
    [[nodiscard]] std::shared_ptr<const ModelSource> withoutBytesOf(const TensorFilter& isDone) const override {
        std::shared_ptr<const ModelSource> rest = base_->withoutBytesOf(isDone);
        return rest ? std::make_shared<TranslatedModel>(std::move(rest), translation_) : nullptr;
    }

private:
    [[nodiscard]] std::string keyInFile(std::string_view key) const {
        const bool renamed = key.size() > translation_.to.size() && key.starts_with(translation_.to) && key[translation_.to.size()] == '.';
        return renamed ? translation_.from + std::string(key.substr(translation_.to.size())) : std::string(key);
    }

    std::shared_ptr<const ModelSource> base_;
    Translation translation_;
};

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// The family of a model that was converted as what it was made from, where its name gives it away; else empty.
std::string familyByName(const ModelSource& source, const std::string& architecture) {
    const std::string name = lowerCase(source.findString("general.name").value_or("") + " " + source.displayName());
    const bool isQwen = architecture == "qwen2" || architecture == "qwen3";
    if (isQwen && name.find("mdlm") != std::string::npos && name.find("bd3lm") == std::string::npos) {
        return architecture + "-mdlm";
    }
    if (architecture == "qwen3moe" && name.find("sdar") != std::string::npos) {
        return "sdar-moe";
    }
    if (architecture == "bailingmoe2" && (name.find("llada2") != std::string::npos || name.find("llada-2") != std::string::npos)) {
        return "llada2";
    }
    const bool isOpenDcoder = name.find("open-dcoder") != std::string::npos || name.find("open dcoder") != std::string::npos;
    return architecture == "qwen2" && isOpenDcoder ? "open-dcoder" : "";
}

/// diffuse-cpp's keys. Its reader gives an absent base and epsilon LLaDA's values.
Result<Translation> translateDiffuse(const ModelSource& source) {
    const std::string type = source.findString("diffuse.model_type").value_or("llada");
    if (type != "llada" && type != "dream") {
        return Error{ErrorKind::Unsupported, inQuotes(source.displayName()) + " is of architecture diffuse and type " + inQuotes(type) +
                                                 "; this build runs llada and dream of it"};
    }
    Translation translation{.from = "diffuse", .to = type, .values = {}, .tokenizer = {}};
    translation.values.set("general.architecture", type);
    translation.values.set("diffusion.shift_logits", type == "dream");
    translation.values.set(std::string(kRopePairingKey), std::string(kHalfSplitPairs));
    if (!source.findFloat("diffuse.rope.freq_base")) {
        translation.values.set(type + ".rope.freq_base", 500000.0);
    }
    if (!source.findFloat("diffuse.attention.layer_norm_rms_epsilon")) {
        translation.values.set(type + ".attention.layer_norm_rms_epsilon", 1e-5);
    }
    if (const std::optional<uint64_t> headDim = source.findUnsigned("diffuse.head_dim")) {
        translation.values.set(type + ".attention.key_length", *headDim);
    }
    if (const std::optional<uint64_t> mask = source.findUnsigned("diffuse.mask_token_id")) {
        translation.values.set("tokenizer.ggml.mask_token_id", *mask);
    }
    return translation;
}

Result<Translation> translate(const ModelSource& source, const OpenOptions& options) {
    const std::string architecture = source.findString("general.architecture").value_or("");
    Result<Translation> translation = Translation{.from = architecture, .to = architecture, .values = {}, .tokenizer = {}};
    if (architecture == "diffuse") {
        translation = translateDiffuse(source);
    }
    const std::string named = source.findString(kFamilyKey) ? "" : familyByName(source, architecture);
    const std::string& family = options.family.empty() ? named : options.family;
    if (translation && !family.empty()) {
        translation->values.set(std::string(kFamilyKey), family);
    }
    if (translation) {
        translation->tokenizer = options.tokenizer;
    }
    return translation;
}

}  // namespace

Result<std::shared_ptr<const ModelSource>> interpretGguf(std::shared_ptr<const ModelSource> source, const OpenOptions& options) {
    Result<Translation> translation = translate(*source, options);
    if (!translation) {
        return translation.error();
    }
    if (translation->from == translation->to && translation->tokenizer.empty() && translation->values.values().empty()) {
        return source;
    }
    return std::shared_ptr<const ModelSource>(std::make_shared<const TranslatedModel>(std::move(source), std::move(translation).value()));
}

}  // namespace crystallite
