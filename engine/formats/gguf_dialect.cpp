#include "engine/formats/gguf_dialect.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/hugging_face_family.h"
#include "engine/formats/metadata.h"
#include "engine/formats/tokenizer_choice.h"

#include <algorithm>
#include <array>
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
    TranslatedModel(std::shared_ptr<const ModelSource> base, Translation translation, std::vector<StoredTensor> tensors)
        : base_(std::move(base)), translation_(std::move(translation)), tensors_(std::move(tensors)) {}

    [[nodiscard]] const std::string& displayName() const override { return base_->displayName(); }
    [[nodiscard]] uint64_t fileBytes() const override { return base_->fileBytes(); }
    [[nodiscard]] const std::string& fingerprint() const override { return base_->fingerprint(); }

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

    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
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

private:
    [[nodiscard]] std::string keyInFile(std::string_view key) const {
        const bool renamed = key.size() > translation_.to.size() && key.starts_with(translation_.to) && key[translation_.to.size()] == '.';
        return renamed ? translation_.from + std::string(key.substr(translation_.to.size())) : std::string(key);
    }

    std::shared_ptr<const ModelSource> base_;
    Translation translation_;
    std::vector<StoredTensor> tensors_;
};

/// An architecture under which autoregressive models are converted, and the families that the file may really be.
struct BorrowedArchitecture {
    std::string_view name;
    std::array<std::string_view, 2> families;
    std::string_view pairing;  ///< of its rows of q and k
    bool runsAsItIs = false;   ///< without a choice it is what it says
};

constexpr std::array kBorrowed = {
    BorrowedArchitecture{"qwen2", {"open-dcoder", "qwen2-mdlm"}, kHalfSplitPairs},
    BorrowedArchitecture{"qwen3", {"qwen3-mdlm"}, kHalfSplitPairs},
    BorrowedArchitecture{"gpt2", {"diffugpt"}, kHalfSplitPairs},
    BorrowedArchitecture{"llama", {"diffullama", "illada"}, kInterleavedPairs, true},
};

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// The family that the name of the model in the file gives away; empty when it does not.
std::string_view familyByName(const ModelSource& source, const BorrowedArchitecture& borrowed) {
    const std::string name = lowerCase(source.findString("general.name").value_or("") + " " + source.displayName());
    if (name.find("bd3lm") != std::string::npos) {
        return {};
    }
    for (const std::string_view family : borrowed.families) {
        const bool isMdlm = family.ends_with("-mdlm") && name.find("mdlm") != std::string::npos;
        if (!family.empty() && (isMdlm || name.find(family) != std::string::npos)) {
            return family;
        }
    }
    return {};
}

Result<std::string> chooseFamily(const ModelSource& source, const BorrowedArchitecture& borrowed, const std::string& chosen) {
    std::vector<std::string> possible;
    for (const std::string_view family : borrowed.families) {
        if (!family.empty()) {
            possible.emplace_back(family);
        }
    }
    const auto named = std::find(possible.begin(), possible.end(), chosen.empty() ? familyByName(source, borrowed) : chosen);
    if (named != possible.end()) {
        return *named;
    }
    std::string list;
    for (const std::string& family : possible) {
        list.append(list.empty() ? "" : " or ").append(family);
    }
    if (!chosen.empty() && chosen != borrowed.name) {
        return Error{ErrorKind::InvalidArgument, inQuotes(source.displayName()) + " is of architecture " + std::string(borrowed.name) +
                                                     " and cannot be " + inQuotes(chosen) + "; it can be " + list};
    }
    if (borrowed.runsAsItIs) {
        return std::string(borrowed.name);
    }
    return Error{ErrorKind::Ambiguous,
                 inQuotes(source.displayName()) + " is of architecture " + std::string(borrowed.name) +
                     ", which is autoregressive unless somebody made a diffusion model of it, and nothing in it says so; if it is one, say "
                     "which by --family " +
                     list,
                 possible};
}

/// The keys of a family that was converted as what it was made from.
Result<Translation> translateBorrowed(const ModelSource& source, const BorrowedArchitecture& borrowed, const std::string& chosen) {
    const Result<std::string> name = chooseFamily(source, borrowed, chosen);
    if (!name) {
        return name.error();
    }
    Translation translation{.from = std::string(borrowed.name), .to = *name, .values = {}, .tokenizer = {}};
    const HuggingFaceFamily* const family = findHuggingFaceFamily(*name);
    if (family == nullptr) {
        return translation;
    }
    translation.values.set("general.architecture", *name);
    translation.values.set(*name + ".attention.causal", false);
    translation.values.set("diffusion.shift_logits", source.findBool("diffusion.shift_logits").value_or(family->shiftLogits));
    translation.values.set(std::string(kRopePairingKey), std::string(borrowed.pairing));
    const StoredTensor* const embedding = source.findTensor("token_embd.weight");
    const bool published = embedding != nullptr && embedding->dimensions.size() == 2 &&
                           embedding->dimensions[1] == family->undeclaredMaskVocabulary &&
                           (family->undeclaredMaskWidth == 0 || embedding->dimensions[0] == family->undeclaredMaskWidth);
    if (published && !source.findUnsigned("tokenizer.ggml.mask_token_id")) {
        translation.values.set("tokenizer.ggml.mask_token_id", uint64_t{family->undeclaredMaskId});
    }
    if (family->layerNorm) {
        translation.values.set(*name + ".rope.dimension_count", uint64_t{0});
    }
    return translation;
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

bool isDreamOn(const ModelSource& source) {
    const Result<TokenizerData> data = source.tokenizer();
    return data && std::find(data->tokens.begin(), data->tokens.end(), "<|expand|>") != data->tokens.end();
}

Result<Translation> translate(const ModelSource& source, const OpenOptions& options) {
    const std::string architecture = source.findString("general.architecture").value_or("");
    if (architecture == "diffuse") {
        return translateDiffuse(source);
    }
    const auto* const borrowed =
        std::find_if(kBorrowed.begin(), kBorrowed.end(), [&](const BorrowedArchitecture& known) { return known.name == architecture; });
    if (borrowed != kBorrowed.end()) {
        return translateBorrowed(source, *borrowed, options.family);
    }
    Translation translation{.from = architecture, .to = architecture, .values = {}, .tokenizer = {}};
    const bool dreamOn = architecture == "dream" && (options.family.empty() ? isDreamOn(source) : options.family == "dreamon");
    if (dreamOn) {
        translation.to = "dreamon";
        translation.values.set("general.architecture", translation.to);
        translation.values.set("diffusion.shift_logits", source.findBool("diffusion.shift_logits").value_or(true));
    } else if (!options.family.empty() && options.family != architecture) {
        return Error{ErrorKind::InvalidArgument, inQuotes(source.displayName()) + " is of architecture " + inQuotes(architecture) +
                                                     " and cannot be " + inQuotes(options.family)};
    }
    return translation;
}

bool isFused(const StoredTensor& tensor) {
    return tensor.name.find(".attn_qkv.") != std::string::npos;
}

/// The rows of q, then those of k, then those of v, as views. A shape that does not fit is kept for the check of the tensors to name.
void addParts(const StoredTensor& fused, uint64_t queryRows, uint64_t keyRows, std::vector<StoredTensor>& tensors) {
    const uint64_t rows = fused.dimensions.back();
    if (rows == 0 || queryRows + 2 * keyRows != rows || fused.bytes.size() % rows != 0) {
        tensors.push_back(fused);
        return;
    }
    const uint64_t rowSize = fused.bytes.size() / rows;
    const size_t at = fused.name.find("attn_qkv");
    uint64_t first = 0;
    for (const auto& [part, count] : {std::pair("attn_q", queryRows), std::pair("attn_k", keyRows), std::pair("attn_v", keyRows)}) {
        StoredTensor view = fused;
        view.name.replace(at, std::string_view("attn_qkv").size(), part);
        view.dimensions.back() = count;
        view.bytes = fused.bytes.subspan(first * rowSize, count * rowSize);
        tensors.push_back(std::move(view));
        first += count;
    }
}

std::vector<StoredTensor> splitFused(const ModelSource& source, const std::string& prefix) {
    const uint64_t width = source.findUnsigned(prefix + "embedding_length").value_or(0);
    const uint64_t heads = source.findUnsigned(prefix + "attention.head_count").value_or(0);
    const uint64_t kvHeads = source.findUnsigned(prefix + "attention.head_count_kv").value_or(heads);
    const uint64_t headDim = source.findUnsigned(prefix + "attention.key_length").value_or(heads == 0 ? 0 : width / heads);
    std::vector<StoredTensor> tensors;
    for (const StoredTensor& tensor : source.tensors()) {
        // Wraps around for impossible numbers, and then fits no shape.
        if (isFused(tensor)) {
            addParts(tensor, heads * headDim, kvHeads * headDim, tensors);
        } else {
            tensors.push_back(tensor);
        }
    }
    return tensors;
}

}  // namespace

Result<std::shared_ptr<const ModelSource>> interpretGguf(std::shared_ptr<const ModelSource> source, const OpenOptions& options) {
    Result<Translation> translation = translate(*source, options);
    if (!translation) {
        return translation.error();
    }
    translation->tokenizer = options.tokenizer;
    const std::vector<StoredTensor>& stored = source->tensors();
    const bool changes = translation->from != translation->to || !options.tokenizer.empty() || !translation->values.values().empty();
    if (!changes && std::none_of(stored.begin(), stored.end(), isFused)) {
        return source;
    }
    std::vector<StoredTensor> tensors = splitFused(*source, translation->from + ".");
    return std::shared_ptr<const ModelSource>(
        std::make_shared<const TranslatedModel>(std::move(source), std::move(translation).value(), std::move(tensors)));
}

}  // namespace crystallite
