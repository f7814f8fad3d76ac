#include "engine/formats/hugging_face_tokenizer.h"

#include "engine/base/in_quotes.h"
#include "engine/base/mapped_file.h"
#include "engine/formats/json_document.h"
#include "engine/formats/sentence_piece_model.h"
#include "engine/formats/special_tokens.h"
#include "engine/formats/tokenizer_json.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

namespace crystallite {
namespace {

/// The tokenizer classes that read vocab.json and merges.txt, which do not say themselves how text is split.
struct ClassRule {
    std::string_view className;
    std::string_view preTokenizer;
};
constexpr std::array kClassRules = {ClassRule{.className = "GPT2Tokenizer", .preTokenizer = "gpt-2"},
                                    ClassRule{.className = "Qwen2Tokenizer", .preTokenizer = "qwen2"},
                                    ClassRule{.className = "DreamTokenizer", .preTokenizer = "qwen2"}};

/// Before the special tokens are known.
struct Vocabulary {
    TokenizerData data;
    VocabularyBuilder builder;
    std::string opening, closing;  // as in TokenizerJson
};

Result<std::string> ruleOfClass(const TokenizerSettings& settings) {
    const std::string* const written = findString(settings.config, "tokenizer_class");
    std::string className = written == nullptr ? "" : *written;
    if (className.ends_with("Fast")) {
        className.resize(className.size() - 4);
    }
    const auto* const rule =
        std::find_if(kClassRules.begin(), kClassRules.end(), [&](const ClassRule& known) { return known.className == className; });
    if (rule == kClassRules.end()) {
        return Error{ErrorKind::Unsupported,
                     "vocab.json does not say how text is split, and tokenizer_config.json names the class " + inQuotes(className) +
                         "; this build knows GPT2Tokenizer, Qwen2Tokenizer and DreamTokenizer, or needs tokenizer.json"};
    }
    return std::string(rule->preTokenizer);
}

/// One merge a line; the first line may name a version.
std::vector<std::string> mergeLines(std::string_view text) {
    std::vector<std::string> merges;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        if (!line.empty() && !line.starts_with("#version")) {
            merges.emplace_back(line);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return merges;
}

Result<Vocabulary> fromVocabularyFiles(const HuggingFaceTokenizerFiles& files, const TokenizerSettings& settings) {
    Result<std::string> rule = ruleOfClass(settings);
    if (!rule) {
        return rule.error();
    }
    const Result<Json> document = parseJsonDocument(files.vocabulary, "vocab.json");
    if (!document) {
        return document.error();
    }
    if (!document->is_object()) {
        return Error{ErrorKind::Corrupt, "vocab.json is not an object of tokens and ids"};
    }
    Vocabulary vocabulary;
    vocabulary.data.model = "gpt2";
    vocabulary.data.preTokenizer = std::move(rule).value();
    vocabulary.data.merges = mergeLines(files.merges);
    for (auto entry = document->begin(); entry != document->end(); ++entry) {
        const std::optional<uint64_t> id = unsignedOf(entry.value());
        if (!id) {
            return Error{ErrorKind::Corrupt, "vocab.json: the token " + inQuotes(entry.key()) + " has no id"};
        }
        if (Result<void> added = vocabulary.builder.add(*id, entry.key(), TokenKind::Normal); !added) {
            return Error{ErrorKind::Corrupt, "vocab.json: " + added.error().message};
        }
    }
    return vocabulary;
}

Result<Vocabulary> fromTokenizerJson(std::string_view text) {
    Result<TokenizerJson> file = readTokenizerJson(text);
    if (!file) {
        return file.error();
    }
    return Vocabulary{.data = std::move(file->data),
                      .builder = std::move(file->vocabulary),
                      .opening = std::move(file->opening),
                      .closing = std::move(file->closing)};
}

Result<Vocabulary> fromSentencePiece(std::string_view contents, const TokenizerSettings& settings) {
    Result<SentencePieceModel> model = readSentencePieceModel(std::as_bytes(std::span(contents)));
    if (!model) {
        return model.error();
    }
    Vocabulary vocabulary{.data = std::move(model->data), .builder = std::move(model->vocabulary), .opening = "", .closing = ""};
    // The class that reads this file put a space behind every special token until it was told not to.
    SpacePrefix& prefix = vocabulary.data.spacePrefix;
    if (!findBool(settings.config, "add_prefix_space").value_or(true)) {
        prefix = SpacePrefix::None;
    } else if (prefix == SpacePrefix::Each && !findBool(settings.config, "legacy").value_or(true)) {
        prefix = SpacePrefix::First;
    }
    return vocabulary;
}

Result<Vocabulary> readVocabulary(const HuggingFaceTokenizerFiles& files, const TokenizerSettings& settings) {
    if (!files.tokenizerJson.empty()) {
        return fromTokenizerJson(files.tokenizerJson);
    }
    if (!files.vocabulary.empty() && !files.merges.empty()) {
        return fromVocabularyFiles(files, settings);
    }
    if (!files.sentencePieceModel.empty()) {
        return fromSentencePiece(files.sentencePieceModel, settings);
    }
    return Error{ErrorKind::NotFound,
                 "there is neither tokenizer.json, nor vocab.json with merges.txt, nor tokenizer.model; download them too, or give "
                 "the path of another tokenizer: a GGUF file of the same family, or a folder"};
}

/// tokenizer.json names its added tokens itself; the settings add those that it lacks.
Result<void> addTokens(const std::vector<AddedToken>& tokens, bool onlyNew, VocabularyBuilder& vocabulary) {
    for (const AddedToken& token : tokens) {
        if (onlyNew && vocabulary.contains(token.rule.id)) {
            continue;
        }
        if (Result<void> added = vocabulary.addAdded(token); !added) {
            return added;
        }
    }
    return {};
}

Result<TokenizerData> readFiles(const HuggingFaceTokenizerFiles& files) {
    const Result<TokenizerSettings> settings = parseTokenizerSettings(files.config, files.specialTokensMap);
    if (!settings) {
        return settings.error();
    }
    Result<Vocabulary> vocabulary = readVocabulary(files, *settings);
    if (!vocabulary) {
        return vocabulary.error();
    }
    const Result<std::vector<AddedToken>> added = readAddedTokens(files.addedTokens, *settings);
    if (!added) {
        return added.error();
    }
    TokenizerData data = std::move(vocabulary->data);
    Result<void> built = addTokens(*added, !files.tokenizerJson.empty(), vocabulary->builder);
    if (built) {
        built = vocabulary->builder.finish(data);
    }
    if (!built) {
        return built.error();
    }
    if (!data.scores.empty()) {
        data.scores.resize(data.tokens.size(), 0.0F);  // of added tokens, which never merge
    }
    applyRoles(*settings, data);
    applyTemplate(*settings, vocabulary->opening, vocabulary->closing, data);
    data.chatTemplate = files.chatTemplate.empty() ? chatTemplateOf(*settings) : std::string(files.chatTemplate);
    return data;
}

/// An absent file reads as none.
Result<std::optional<MappedFile>> openIfThere(const std::filesystem::path& path) {
    Result<MappedFile> file = MappedFile::open(path);
    if (file) {
        return std::optional(std::move(file).value());
    }
    return file.error().kind == ErrorKind::NotFound ? Result<std::optional<MappedFile>>(std::nullopt) : file.error();
}

}  // namespace

Result<TokenizerData> readHuggingFaceTokenizer(const HuggingFaceTokenizerFiles& files, const std::string& name) {
    Result<TokenizerData> data = readFiles(files);
    if (!data) {
        return Error{data.error().kind, "the tokenizer of " + inQuotes(name) + " cannot be used: " + data.error().message};
    }
    return data;
}

Result<TokenizerData> readHuggingFaceTokenizer(const std::filesystem::path& folder) {
    HuggingFaceTokenizerFiles files;
    const std::array<std::pair<const char*, std::string_view*>, 8> names = {{{"tokenizer.json", &files.tokenizerJson},
                                                                             {"vocab.json", &files.vocabulary},
                                                                             {"merges.txt", &files.merges},
                                                                             {"tokenizer.model", &files.sentencePieceModel},
                                                                             {"added_tokens.json", &files.addedTokens},
                                                                             {"tokenizer_config.json", &files.config},
                                                                             {"special_tokens_map.json", &files.specialTokensMap},
                                                                             {"chat_template.jinja", &files.chatTemplate}}};
    std::vector<MappedFile> mappings;
    for (const auto& [name, target] : names) {
        Result<std::optional<MappedFile>> file = openIfThere(folder / name);
        if (!file) {
            return file.error();
        }
        if (*file) {
            const std::span<const std::byte> bytes = (*file)->bytes();
            *target = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
            mappings.push_back(std::move(**file));
        }
    }
    return readHuggingFaceTokenizer(files, folder.filename().string());
}

}  // namespace crystallite
