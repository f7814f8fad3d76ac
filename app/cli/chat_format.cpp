#include "app/cli/chat_format.h"

#include "app/cli/common.h"
#include "engine/model/families/family_chat.h"

namespace crystallite::cli {

ChatChoice withKnownFormat(ChatChoice choice, std::string_view family, const TokenizerData& data, OpenedModel& model) {
    if (!choice.chat) {
        return choice;
    }
    const Result<const ChatFormat*> own = chatFormatOf(family, data);
    if (!choice.format && !model.answers.chatFormat.empty()) {
        choice.format = model.answers.chatFormat;
    } else if (!choice.format && own) {
        choice.format = std::string((*own)->name);
    } else if (choice.format && !own && findChatFormat(*choice.format) != nullptr) {
        const Result<void> kept = rememberChatFormat(model, *choice.format, AnswerStore::ofThisPerson());
        printNotes(kept ? std::vector<std::string>() : std::vector{notRemembered(kept.error())});
    }
    return choice;
}

}  // namespace crystallite::cli
