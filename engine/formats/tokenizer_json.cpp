#include "engine/formats/tokenizer_json.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/json_document.h"
#include "engine/text/sentence_piece_encoder.h"

#include <limits>
#include <utility>

namespace crystallite {
namespace {

constexpr std::string_view kFile = "tokenizer.json";

Error corrupt(const std::string& what) {
    return {ErrorKind::Corrupt, std::string(kFile) + ": " + what};
}
Error unsupported(const std::string& what) {
    return {ErrorKind::Unsupported, std::string(kFile) + ": " + what};
}

/// Settings of the model that would change the ids silently.
Result<void> checkModel(const Json& model) {
    const std::string* const type = findString(model, "type");
    if (type != nullptr && *type != "BPE") {
        return unsupported("the vocabulary is of type " + inQuotes(*type) + "; this build knows 'BPE'");
    }
    for (const char* affix : {"continuing_subword_prefix", "end_of_word_suffix"}) {
        const std::string* const text = findString(model, affix);
        if (text != nullptr && !text->empty()) {
            return unsupported(std::string(affix) + " is " + inQuotes(*text) + "; this build knows vocabularies without one");
        }
    }
    return {};
}

Result<void> readVocabulary(const Json& model, bool hasByteFallback, VocabularyBuilder& vocabulary) {
    const Json* const tokens = findMember(model, "vocab");
    if (tokens == nullptr || !tokens->is_object()) {
        return corrupt("model.vocab is not an object of tokens and ids");
    }
    for (auto entry = tokens->begin(); entry != tokens->end(); ++entry) {
        const std::optional<uint64_t> id = unsignedOf(entry.value());
        if (!id) {
            return corrupt("the token " + inQuotes(entry.key()) + " of model.vocab has no id");
        }
        const bool isByte = hasByteFallback && byteFromWritten(entry.key());
        if (Result<void> added = vocabulary.add(*id, entry.key(), isByte ? TokenKind::Byte : TokenKind::Normal); !added) {
            return corrupt(added.error().message);
        }
    }
    return {};
}

/// A merge is written "left right" or ["left", "right"].
std::optional<std::string> mergeOf(const Json& entry) {
    if (const std::string* const text = stringOf(&entry)) {
        return *text;
    }
    const bool isPair = entry.is_array() && entry.size() == 2;
    const std::string* const left = isPair ? stringOf(&entry[0]) : nullptr;
    const std::string* const right = isPair ? stringOf(&entry[1]) : nullptr;
    if (left == nullptr || right == nullptr || left->find(' ') != std::string::npos || right->find(' ') != std::string::npos) {
        return std::nullopt;
    }
    return *left + " " + *right;
}

Result<std::vector<std::string>> readMerges(const Json& model) {
    const Json* const entries = findMember(model, "merges");
    if (entries == nullptr || !entries->is_array()) {
        return corrupt("model.merges is not a list");
    }
    std::vector<std::string> merges;
    merges.reserve(entries->size());
    for (const Json& entry : *entries) {
        std::optional<std::string> merge = mergeOf(entry);
        if (!merge) {
            return corrupt("merge " + std::to_string(merges.size()) + " is neither \"left right\" nor a pair of texts without spaces");
        }
        merges.push_back(*std::move(merge));
    }
    return merges;
}

Result<void> readAddedTokens(const Json& document, VocabularyBuilder& vocabulary) {
    const Json* const entries = findMember(document, "added_tokens");
    if (entries == nullptr) {
        return {};
    }
    if (!entries->is_array()) {
        return corrupt("added_tokens is not a list");
    }
    for (const Json& entry : *entries) {
        const Json* const id = findMember(entry, "id");
        const std::optional<uint64_t> number = id == nullptr ? std::nullopt : unsignedOf(*id);
        const Result<AddedToken> token =
            number ? readAddedToken(entry, *number) : Result<AddedToken>(Error{ErrorKind::Corrupt, "one of added_tokens has no id"});
        if (!token) {
            return corrupt(token.error().message);
        }
        if (Result<void> added = vocabulary.addAdded(*token); !added) {
            return corrupt(added.error().message);
        }
    }
    return {};
}

/// The special token that one end of a template consists of; empty when it is the text itself.
std::string specialAt(const Json& item) {
    const Json* const special = findMember(item, "SpecialToken");
    const std::string* const name = special == nullptr ? nullptr : findString(*special, "id");
    return name == nullptr ? "" : *name;
}

void readTemplate(const Json& processor, TokenizerJson& result) {
    const std::string* const type = findString(processor, "type");
    if (const Json* const parts = findMember(processor, "processors"); parts != nullptr && parts->is_array()) {
        for (const Json& part : *parts) {
            if (findMember(part, "processors") == nullptr) {
                readTemplate(part, result);
            }
        }
        return;
    }
    const Json* const items = findMember(processor, "single");
    if (type != nullptr && *type == "TemplateProcessing" && items != nullptr && items->is_array() && items->size() > 1) {
        result.opening = specialAt(items->front());
        result.closing = specialAt(items->back());
    }
}

}  // namespace

Result<AddedToken> readAddedToken(const Json& entry, uint64_t id) {
    const std::string* const content = findString(entry, "content");
    if (content == nullptr || id > std::numeric_limits<int32_t>::max()) {
        return Error{ErrorKind::Corrupt, "added token " + std::to_string(id) + " has no content or an id that no vocabulary reaches"};
    }
    return AddedToken{.content = *content,
                      .special = findBool(entry, "special").value_or(false),
                      .rule = {.id = static_cast<TokenId>(id),
                               .leftStrip = findBool(entry, "lstrip").value_or(false),
                               .rightStrip = findBool(entry, "rstrip").value_or(false),
                               .singleWord = findBool(entry, "single_word").value_or(false),
                               .normalized = findBool(entry, "normalized").value_or(false)}};
}

Result<TokenizerJson> readTokenizerJson(std::string_view text) {
    const Result<Json> document = parseJsonDocument(text, kFile);
    if (!document) {
        return document.error();
    }
    const Json* const model = findMember(*document, "model");
    if (model == nullptr || !model->is_object()) {
        return corrupt("there is no model in it");
    }
    const bool hasByteFallback = findBool(*model, "byte_fallback").value_or(false);
    TokenizerJson result;
    result.data.takesWholeWords = findBool(*model, "ignore_merges").value_or(false);
    Result<void> read = checkModel(*model);
    if (read) {
        read = readTextTreatment(*document, hasByteFallback, result.data);
    }
    if (read) {
        read = readVocabulary(*model, hasByteFallback, result.vocabulary);
    }
    if (read) {
        read = readAddedTokens(*document, result.vocabulary);
    }
    if (!read) {
        return read.error();
    }
    Result<std::vector<std::string>> merges = readMerges(*model);
    if (!merges) {
        return merges.error();
    }
    result.data.merges = std::move(merges).value();
    if (const Json* const processor = findMember(*document, "post_processor")) {
        readTemplate(*processor, result);
    }
    return result;
}

}  // namespace crystallite
