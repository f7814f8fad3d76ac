#include "engine/formats/gguf_model.h"

#include "engine/base/in_quotes.h"
#include "engine/base/mapped_file.h"
#include "engine/formats/gguf_file.h"
#include "engine/text/split_rule.h"

#include <xxhash.h>

#include <array>
#include <limits>
#include <mutex>
#include <utility>

namespace crystallite {
namespace {

std::string fingerprintOf(std::span<const std::byte> bytes) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    std::string hex;
    for (const unsigned char byte : canonical.digest) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        hex.append({kDigits[byte >> 4U], kDigits[byte & 15U]});
    }
    return hex;
}

class GgufModel final : public ModelSource {
public:
    /// `mapping` owns `bytes`, unless they live as long as the program.
    GgufModel(GgufFile file, std::span<const std::byte> bytes, std::string displayName, std::optional<MappedFile> mapping)
        : mapping_(std::move(mapping)), bytes_(bytes), file_(std::move(file)), displayName_(std::move(displayName)) {}

    [[nodiscard]] const std::string& displayName() const override { return displayName_; }
    [[nodiscard]] uint64_t fileBytes() const override { return bytes_.size(); }
    [[nodiscard]] const std::string& fingerprint() const override {
        // Hashing reads the whole file, which a caller that only looks at the metadata should not wait for.
        std::call_once(fingerprintOnce_, [this] { fingerprint_ = fingerprintOf(bytes_); });
        return fingerprint_;
    }

    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override {
        const auto* const text = find<std::string_view>(key);
        return text == nullptr ? std::nullopt : std::optional<std::string>(*text);
    }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override {
        if (const auto* number = find<uint64_t>(key)) {
            return *number;
        }
        const auto* number = find<int64_t>(key);
        return number != nullptr && *number >= 0 ? std::optional(static_cast<uint64_t>(*number)) : std::nullopt;
    }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return copy(find<double>(key)); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return copy(find<bool>(key)); }
    [[nodiscard]] std::vector<std::string> keys() const override {
        std::vector<std::string> names;
        for (const auto& [key, value] : file_.metadata()) {
            names.emplace_back(key);
        }
        return names;
    }

    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return file_.tensors(); }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override;

private:
    template <typename T>
    const T* find(std::string_view key) const {
        const GgufValue* const value = file_.find(key);
        return value == nullptr ? nullptr : std::get_if<T>(value);
    }
    template <typename T>
    static std::optional<T> copy(const T* value) {
        return value == nullptr ? std::nullopt : std::optional(*value);
    }
    [[nodiscard]] Error corrupt(const std::string& what) const {
        return {ErrorKind::Corrupt, "the tokenizer in " + inQuotes(displayName_) + " is damaged: " + what};
    }
    Result<std::vector<std::string>> texts(std::string_view key) const;
    Result<std::vector<TokenKind>> tokenKinds(size_t tokens) const;
    Result<std::vector<float>> tokenScores(size_t tokens) const;
    Result<std::optional<TokenId>> specialId(std::string_view key) const;

    std::optional<MappedFile> mapping_;
    std::span<const std::byte> bytes_;
    GgufFile file_;
    std::string displayName_;
    mutable std::once_flag fingerprintOnce_;
    mutable std::string fingerprint_;
};

/// An absent array reads as empty.
Result<std::vector<std::string>> GgufModel::texts(std::string_view key) const {
    if (file_.find(key) == nullptr) {
        return std::vector<std::string>{};
    }
    const auto* const array = find<GgufArray>(key);
    std::optional<std::vector<std::string>> strings = array == nullptr ? std::nullopt : array->strings();
    if (!strings) {
        return corrupt(std::string(key) + " is not a list of texts");
    }
    return *std::move(strings);
}

Result<std::vector<TokenKind>> GgufModel::tokenKinds(size_t tokens) const {
    constexpr std::string_view kKey = "tokenizer.ggml.token_type";
    if (file_.find(kKey) == nullptr) {
        return std::vector<TokenKind>{};
    }
    const auto* const array = find<GgufArray>(kKey);
    const std::optional<std::vector<int64_t>> numbers = array == nullptr ? std::nullopt : array->integers();
    if (!numbers || numbers->size() != tokens) {
        return corrupt(std::string(kKey) + " must hold one number for each of the " + std::to_string(tokens) + " tokens");
    }
    std::vector<TokenKind> kinds;
    kinds.reserve(tokens);
    for (const int64_t number : *numbers) {
        if (number < static_cast<int64_t>(TokenKind::Normal) || number > static_cast<int64_t>(TokenKind::Byte)) {
            return corrupt("token " + std::to_string(kinds.size()) + " has unknown kind " + std::to_string(number));
        }
        kinds.push_back(static_cast<TokenKind>(number));
    }
    return kinds;
}

Result<std::vector<float>> GgufModel::tokenScores(size_t tokens) const {
    constexpr std::string_view kKey = "tokenizer.ggml.scores";
    if (file_.find(kKey) == nullptr) {
        return std::vector<float>{};
    }
    const auto* const array = find<GgufArray>(kKey);
    std::optional<std::vector<float>> scores = array == nullptr ? std::nullopt : array->floats();
    if (!scores || scores->size() != tokens) {
        return corrupt(std::string(kKey) + " must hold one 32-bit number for each of the " + std::to_string(tokens) + " tokens");
    }
    return *std::move(scores);
}

Result<std::optional<TokenId>> GgufModel::specialId(std::string_view key) const {
    if (file_.find(key) == nullptr) {
        return std::optional<TokenId>{};
    }
    const std::optional<uint64_t> id = findUnsigned(key);
    if (!id || *id > std::numeric_limits<TokenId>::max()) {
        return corrupt(std::string(key) + " is not a token id");
    }
    return std::optional(static_cast<TokenId>(*id));
}

Result<TokenizerData> GgufModel::tokenizer() const {
    TokenizerData data;
    data.model = findString("tokenizer.ggml.model").value_or("");
    data.preTokenizer = findString("tokenizer.ggml.pre").value_or("");
    // What a file leaves out is as the runtime that wrote it takes it.
    const SplitRule* const rule = findSplitRule(data.preTokenizer);
    const bool isSentencePiece = data.model == "llama";
    data.addBos = findBool("tokenizer.ggml.add_bos_token").value_or(isSentencePiece || (rule != nullptr && rule->addsBos));
    data.addEos = findBool("tokenizer.ggml.add_eos_token").value_or(false);
    if (isSentencePiece && findBool("tokenizer.ggml.add_space_prefix").value_or(true)) {
        data.spacePrefix = SpacePrefix::Each;
    }
    data.chatTemplate = findString("tokenizer.chat_template").value_or("");
    if (data.model.empty()) {
        return Error{ErrorKind::Unsupported, inQuotes(displayName_) + " carries no tokenizer (tokenizer.ggml.model is missing)"};
    }
    Result<std::vector<std::string>> tokens = texts("tokenizer.ggml.tokens");
    if (!tokens) {
        return tokens.error();
    }
    data.tokens = std::move(tokens).value();
    Result<std::vector<TokenKind>> kinds = tokenKinds(data.tokens.size());
    if (!kinds) {
        return kinds.error();
    }
    data.kinds = std::move(kinds).value();
    Result<std::vector<float>> scores = tokenScores(data.tokens.size());
    if (!scores) {
        return scores.error();
    }
    data.scores = std::move(scores).value();
    Result<std::vector<std::string>> merges = texts("tokenizer.ggml.merges");
    if (!merges) {
        return merges.error();
    }
    data.merges = std::move(merges).value();
    const std::array<std::pair<std::string_view, std::optional<TokenId>*>, 5> ids = {{{"tokenizer.ggml.bos_token_id", &data.bos},
                                                                                      {"tokenizer.ggml.eos_token_id", &data.eos},
                                                                                      {"tokenizer.ggml.eot_token_id", &data.eot},
                                                                                      {"tokenizer.ggml.padding_token_id", &data.pad},
                                                                                      {"tokenizer.ggml.mask_token_id", &data.mask}}};
    for (const auto& [key, target] : ids) {
        const Result<std::optional<TokenId>> id = specialId(key);
        if (!id) {
            return id.error();
        }
        *target = *id;
    }
    return data;
}

Result<std::shared_ptr<const ModelSource>> makeModel(std::span<const std::byte> bytes, std::string displayName,
                                                     std::optional<MappedFile> mapping) {
    Result<GgufFile> file = GgufFile::parse(bytes, displayName);
    if (!file) {
        return file.error();
    }
    return std::shared_ptr<const ModelSource>(
        std::make_shared<const GgufModel>(std::move(file).value(), bytes, std::move(displayName), std::move(mapping)));
}

}  // namespace

Result<std::shared_ptr<const ModelSource>> openGgufBytes(std::span<const std::byte> bytes, std::string displayName) {
    return makeModel(bytes, std::move(displayName), std::nullopt);
}

Result<std::shared_ptr<const ModelSource>> openGgufFile(const std::filesystem::path& path) {
    Result<MappedFile> mapping = MappedFile::open(path);
    if (!mapping) {
        return mapping.error();
    }
    const std::span<const std::byte> bytes = mapping->bytes();
    return makeModel(bytes, path.filename().string(), std::move(mapping).value());
}

}  // namespace crystallite
