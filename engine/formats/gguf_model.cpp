#include "engine/formats/gguf_model.h"

#include "engine/base/in_quotes.h"
#include "engine/base/mapped_file.h"
#include "engine/formats/fingerprint.h"
#include "engine/formats/gguf_file.h"
#include "engine/formats/split_name.h"
#include "engine/formats/tokenizer_keys.h"
#include "engine/text/chat_template.h"
#include "engine/text/split_rule.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <utility>

namespace crystallite {
namespace {

std::optional<uint64_t> unsignedIn(const GgufFile& file, std::string_view key) {
    const GgufValue* const value = file.find(key);
    const auto* const whole = value == nullptr ? nullptr : std::get_if<uint64_t>(value);
    const auto* const negative = value == nullptr ? nullptr : std::get_if<int64_t>(value);
    if (negative != nullptr && *negative >= 0) {
        return static_cast<uint64_t>(*negative);
    }
    return whole == nullptr ? std::nullopt : std::optional(*whole);
}

/// One file, or the parts of a split one; each part's mapping owns its bytes, unless they live as long as the program.
struct GgufParts {
    std::vector<MappedFile> mappings;
    std::vector<std::span<const std::byte>> bytes;
    GgufFile first;                     ///< has the metadata
    std::vector<StoredTensor> tensors;  ///< of all parts
};

class GgufModel final : public ModelSource {
public:
    GgufModel(GgufParts parts, std::string displayName) : parts_(std::move(parts)), displayName_(std::move(displayName)) {}

    [[nodiscard]] const std::string& displayName() const override { return displayName_; }
    [[nodiscard]] uint64_t fileBytes() const override {
        uint64_t total = 0;
        for (const std::span<const std::byte> part : parts_.bytes) {
            total += part.size();
        }
        return total;
    }
    [[nodiscard]] const std::string& fingerprint() const override {
        // Hashing reads the whole file, which a caller that only looks at the metadata should not wait for.
        return fingerprint_.of(parts_.bytes, "");
    }
    [[nodiscard]] Result<void> prepareFingerprint(const std::function<void(double)>& progress, const std::stop_token& stop) const override {
        return fingerprint_.prepare(parts_.bytes, "", progress, stop);
    }

    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override {
        const auto* const text = find<std::string_view>(key);
        return text == nullptr ? std::nullopt : std::optional<std::string>(*text);
    }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override { return unsignedIn(parts_.first, key); }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return copy(find<double>(key)); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return copy(find<bool>(key)); }
    [[nodiscard]] std::vector<std::string> keys() const override {
        std::vector<std::string> names;
        for (const auto& [key, value] : parts_.first.metadata()) {
            names.emplace_back(key);
        }
        return names;
    }

    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return parts_.tensors; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override;

private:
    template <typename T>
    const T* find(std::string_view key) const {
        const GgufValue* const value = parts_.first.find(key);
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
    Result<std::vector<int64_t>> tokenNumbers(std::string_view key) const;
    Result<std::optional<TokenId>> specialId(std::string_view key) const;
    Result<void> readRoles(TokenizerData& data) const;
    Result<void> readOwnKeys(TokenizerData& data) const;

    GgufParts parts_;
    std::string displayName_;
    LazyFingerprint fingerprint_;
};

/// An absent array reads as empty.
Result<std::vector<std::string>> GgufModel::texts(std::string_view key) const {
    if (parts_.first.find(key) == nullptr) {
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
    if (parts_.first.find(kKey) == nullptr) {
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
    if (parts_.first.find(kKey) == nullptr) {
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
    if (parts_.first.find(key) == nullptr) {
        return std::optional<TokenId>{};
    }
    const std::optional<uint64_t> id = findUnsigned(key);
    if (!id || *id > std::numeric_limits<TokenId>::max()) {
        return corrupt(std::string(key) + " is not a token id");
    }
    return std::optional(static_cast<TokenId>(*id));
}

/// Whole numbers of which every one could be an id; absent reads as empty.
Result<std::vector<int64_t>> GgufModel::tokenNumbers(std::string_view key) const {
    if (parts_.first.find(key) == nullptr) {
        return std::vector<int64_t>{};
    }
    const auto* const array = find<GgufArray>(key);
    std::optional<std::vector<int64_t>> numbers = array == nullptr ? std::nullopt : array->integers();
    const auto isId = [](int64_t number) { return number >= 0 && number <= std::numeric_limits<int32_t>::max(); };
    if (!numbers || !std::all_of(numbers->begin(), numbers->end(), isId)) {
        return corrupt(std::string(key) + " is not a list of token ids");
    }
    return *std::move(numbers);
}

/// The special ids. A file that does not say what ends a turn mostly has one of the marks that do.
Result<void> GgufModel::readRoles(TokenizerData& data) const {
    std::optional<TokenId> endOfMessage;
    const std::array<std::pair<std::string_view, std::optional<TokenId>*>, 6> ids = {{{"tokenizer.ggml.bos_token_id", &data.bos},
                                                                                      {"tokenizer.ggml.eos_token_id", &data.eos},
                                                                                      {"tokenizer.ggml.eot_token_id", &data.eot},
                                                                                      {"tokenizer.ggml.eom_token_id", &endOfMessage},
                                                                                      {"tokenizer.ggml.padding_token_id", &data.pad},
                                                                                      {"tokenizer.ggml.mask_token_id", &data.mask}}};
    for (const auto& [key, target] : ids) {
        const Result<std::optional<TokenId>> id = specialId(key);
        if (!id) {
            return id.error();
        }
        *target = *id;
    }
    data.eot = data.eot ? data.eot : findTurnEnd(data);
    const Result<std::vector<int64_t>> ends = tokenNumbers(kEndIdsKey);
    if (!ends) {
        return ends.error();
    }
    data.ends.assign(ends->begin(), ends->end());
    if (endOfMessage) {
        data.ends.push_back(*endOfMessage);
    }
    return {};
}

/// What GGUF's keys cannot say, as GgufHeader::setTokenizer() writes it.
Result<void> GgufModel::readOwnKeys(TokenizerData& data) const {
    Result<std::vector<std::string>> expressions = texts(kSplitExpressionsKey);
    if (!expressions) {
        return expressions.error();
    }
    data.splitExpressions = std::move(expressions).value();
    data.takesWholeWords = findBool(kTakesWholeWordsKey);
    if (findBool(kFirstSpacePrefixKey).value_or(false)) {
        data.spacePrefix = SpacePrefix::First;
    }
    const Result<std::vector<int64_t>> numbers = tokenNumbers(kAddedRulesKey);
    if (!numbers || numbers->size() % 2 != 0) {
        return corrupt(std::string(kAddedRulesKey) + " is not a list of token ids with their rules");
    }
    for (size_t i = 0; i < numbers->size(); i += 2) {
        data.addedRules.push_back(unpackRule(static_cast<TokenId>((*numbers)[i]), static_cast<uint32_t>((*numbers)[i + 1])));
    }
    return {};
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
        return Error{ErrorKind::Unsupported,
                     inQuotes(displayName_) +
                         " carries no tokenizer (tokenizer.ggml.model is missing); give the path of one: a GGUF file of the "
                         "same family, or the Hugging Face folder of the model"};
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
    const Result<void> own = readOwnKeys(data);
    if (!own) {
        return own.error();
    }
    const Result<void> roles = readRoles(data);
    return roles ? Result<TokenizerData>(std::move(data)) : roles.error();
}

std::shared_ptr<const ModelSource> makeModel(GgufParts parts, std::string displayName) {
    return std::make_shared<const GgufModel>(std::move(parts), std::move(displayName));
}

/// Maps and parses one file; its tensors join the others.
Result<GgufFile> addPart(GgufParts& parts, const std::filesystem::path& path) {
    Result<MappedFile> mapping = MappedFile::open(path);
    if (!mapping) {
        return mapping.error();
    }
    Result<GgufFile> file = GgufFile::parse(mapping->bytes(), path.filename().string());
    if (!file) {
        return file;
    }
    parts.bytes.push_back(mapping->bytes());
    parts.mappings.push_back(std::move(mapping).value());
    parts.tensors.insert(parts.tensors.end(), file->tensors().begin(), file->tensors().end());
    return file;
}

/// Every part is there, says that it is this one of so many, and no tensor lies in two of them.
Result<GgufParts> openSplit(const SplitName& split, uint64_t count) {
    GgufParts parts;
    for (uint64_t number = 1; number <= count; ++number) {
        const std::filesystem::path path = split.part(number);
        const std::string name = inQuotes(path.filename().string());
        Result<GgufFile> file = addPart(parts, path);
        if (!file && file.error().kind == ErrorKind::NotFound) {
            return Error{ErrorKind::NotFound, "part " + std::to_string(number) + " of " + std::to_string(count) + ", " + name +
                                                  ", is missing; put all parts of the model into one folder"};
        }
        if (!file) {
            return file.error();
        }
        if (unsignedIn(*file, "split.count") != count || unsignedIn(*file, "split.no") != number - 1) {
            return Error{ErrorKind::Corrupt, name + " does not say inside that it is part " + std::to_string(number) + " of " +
                                                 std::to_string(count) + "; download the part again, and do not rename it"};
        }
        if (number == 1) {
            parts.first = std::move(file).value();
        }
    }
    std::set<std::string_view> names;
    for (const StoredTensor& tensor : parts.tensors) {
        if (!names.insert(tensor.name).second) {
            return Error{ErrorKind::Corrupt, "tensor " + inQuotes(tensor.name) + " lies in two parts of " +
                                                 inQuotes(split.part(1).filename().string()) + "; download the parts again"};
        }
    }
    const std::optional<uint64_t> announced = unsignedIn(parts.first, "split.tensors.count");
    if (announced && *announced != parts.tensors.size()) {
        return Error{ErrorKind::Corrupt, "the parts of " + inQuotes(split.part(1).filename().string()) + " hold " +
                                             std::to_string(parts.tensors.size()) + " tensors and announce " + std::to_string(*announced) +
                                             "; download the parts again"};
    }
    return parts;
}

}  // namespace

Result<std::shared_ptr<const ModelSource>> openGgufBytes(std::span<const std::byte> bytes, std::string displayName) {
    Result<GgufFile> file = GgufFile::parse(bytes, displayName);
    if (!file) {
        return file.error();
    }
    std::vector<StoredTensor> tensors = file->tensors();
    return makeModel({.bytes = {bytes}, .first = std::move(file).value(), .tensors = std::move(tensors)}, std::move(displayName));
}

Result<std::shared_ptr<const ModelSource>> openGgufFile(const std::filesystem::path& path) {
    GgufParts parts;
    Result<GgufFile> file = addPart(parts, path);
    if (!file) {
        return file.error();
    }
    const uint64_t count = unsignedIn(*file, "split.count").value_or(1);
    if (count <= 1) {
        parts.first = std::move(file).value();
        return makeModel(std::move(parts), path.filename().string());
    }
    const std::optional<SplitName> split = parseSplitName(path);
    if (!split || split->count != count) {
        return Error{ErrorKind::Unsupported, inQuotes(path.filename().string()) + " is one of " + std::to_string(count) +
                                                 " parts of a model, but its name does not say so; give the parts back the names that "
                                                 "end in -00001-of-" +
                                                 fiveDigits(count) + ".gguf and so on"};
    }
    Result<GgufParts> whole = openSplit(*split, count);
    if (!whole) {
        return whole.error();
    }
    return makeModel(std::move(whole).value(), split->part(1).filename().string());
}

}  // namespace crystallite
