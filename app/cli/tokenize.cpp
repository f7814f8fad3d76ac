#include "app/cli/chat_format.h"
#include "app/cli/commands.h"
#include "app/cli/common.h"
#include "app/cli/text_width.h"
#include "engine/base/in_quotes.h"
#include "engine/formats/hugging_face_tokenizer.h"
#include "engine/model/families/family_choice.h"
#include "engine/text/tokenizer.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

namespace crystallite::cli {
namespace {

struct TokenizeArguments {
    std::string model = std::string(kDefaultModel);
    std::optional<std::string> text;
    std::string file;
    ChatChoice chat;
    bool idsOnly = false;
};

/// A tokenizer with what is known of the model that it belongs to.
struct OpenedTokenizer {
    std::shared_ptr<const Tokenizer> tokenizer;
    OpenedModel model;
    std::string family;  ///< empty: unknown
};

/// A Hugging Face folder needs no weights for this, nor need the program know what they are.
Result<OpenedTokenizer> openTokenizer(const std::string& model, const std::stop_token& stop) {
    std::error_code ignored;
    const bool isFolder = std::filesystem::is_directory(model, ignored);
    ModelChoice choice;
    choice.model = model;
    Result<OpenedModel> opened = openSource(choice, stop);
    if (!opened && !isFolder) {
        return opened.error();
    }
    Result<TokenizerData> data = opened ? opened->source->tokenizer() : readHuggingFaceTokenizer(std::filesystem::path(model));
    if (!data) {
        return data.error();
    }
    auto tokenizer = Tokenizer::create(std::move(data).value());
    if (!tokenizer) {
        return tokenizer.error();
    }
    OpenedTokenizer result{.tokenizer = std::move(*tokenizer), .model = {}, .family = ""};
    if (opened) {
        const Result<FamilyChoice> chosen = chooseFamily(*opened->source);
        result.family = chosen ? chosen->family.name : "";
        result.model = std::move(*opened);
    }
    return result;
}

Result<std::string> textToSend(const TokenizeArguments& arguments) {
    if (arguments.text.has_value() == !arguments.file.empty()) {
        return Error{ErrorKind::InvalidArgument, "give the text to split, or its file with --file"};
    }
    if (arguments.text) {
        return *arguments.text;
    }
    std::ifstream file(arguments.file, std::ios::binary);
    if (!file) {
        return Error{ErrorKind::NotFound, "the file " + inQuotes(arguments.file) + " cannot be read; check its name"};
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

const char* kindName(const Tokenizer& tokenizer, TokenId id) {
    const TokenizerData& data = tokenizer.data();
    const TokenKind kind = data.kinds.empty() ? TokenKind::Normal : data.kinds[id];
    switch (kind) {
        case TokenKind::Control: return "  control";
        case TokenKind::UserDefined: return "  added";
        case TokenKind::Byte: return "  byte";
        case TokenKind::Normal:
        case TokenKind::Unknown:
        case TokenKind::Unused: break;
    }
    return "";
}

/// One token a line: place, id, bytes, and what is special about it.
void printStrip(const Tokenizer& tokenizer, const std::vector<TokenId>& ids) {
    for (size_t place = 0; place < ids.size(); ++place) {
        std::printf("%5zu %7u  '%s'%s\n", place, ids[place], printable(tokenizer.piece(ids[place])).c_str(),
                    kindName(tokenizer, ids[place]));
    }
}

void printIds(const std::vector<TokenId>& ids) {
    for (size_t place = 0; place < ids.size(); ++place) {
        std::printf("%s%u", place == 0 ? "" : " ", ids[place]);
    }
    std::printf("\n");
}

int tokenize(const TokenizeArguments& arguments, const std::stop_token& stop) {
    const Result<std::string> text = textToSend(arguments);
    if (!text) {
        return report(text.error());
    }
    Result<OpenedTokenizer> opened = openTokenizer(arguments.model, stop);
    if (!opened) {
        return report(opened.error());
    }
    const Tokenizer& tokenizer = *opened->tokenizer;
    const ChatChoice chat = withKnownFormat(arguments.chat, opened->family, tokenizer.data(), opened->model);
    const Result<std::string> prompt = promptText(chat, *text, tokenizer.data());
    if (!prompt) {
        return report(prompt.error());
    }
    const std::vector<TokenId> ids = tokenizer.encodePrompt(*prompt);
    if (arguments.idsOnly) {
        printIds(ids);
    } else {
        printStrip(tokenizer, ids);
    }
    return kSuccess;
}

}  // namespace

Command addTokenizeCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand("tokenize", "Show exactly which tokens are sent for a prompt");
    auto arguments = std::make_shared<TokenizeArguments>();
    command->add_option("-m,--model", arguments->model, "Model file (GGUF), a Hugging Face folder, or the name of an embedded model")
        ->capture_default_str();
    command->add_option("TEXT", arguments->text, "The prompt");
    command->add_option("--file", arguments->file, "Read the prompt from this file, byte for byte");
    command->add_flag("--ids", arguments->idsOnly, "The ids alone, in one line");
    addChatOptions(*command, arguments->chat);
    return {command, [arguments](const InterruptWatcher& interrupt) { return tokenize(*arguments, interrupt.token()); }};
}

}  // namespace crystallite::cli
