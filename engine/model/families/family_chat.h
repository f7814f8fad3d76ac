#pragma once

#include "engine/base/result.h"
#include "engine/text/chat_template.h"
#include "engine/text/tokenizer_data.h"

#include <string_view>

namespace crystallite {

/// How a model of this family is spoken to, unless a person says otherwise: the format of the checkpoint's template. Where there is no
/// template it is the family's, if the vocabulary has the token that ends its turns; also where both write the same turns and differ only
/// in how the answer begins, because a template leaves that (Qwen3's thinking) to its caller and the family was trained with one of them.
/// Unsupported as detectChatFormat().
Result<const ChatFormat*> chatFormatOf(std::string_view family, const TokenizerData& data);

}  // namespace crystallite
