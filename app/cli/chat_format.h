#pragma once

#include "app/cli/chat_prompt.h"
#include "engine/model/opened_model.h"

#include <string_view>

namespace crystallite::cli {

/// The choice with a format, where the person names none: that which was remembered for the model's files, else that of its family and
/// template. A format that is named for files which do not say it is remembered; a note about that goes to stderr.
ChatChoice withKnownFormat(ChatChoice choice, std::string_view family, const TokenizerData& data, OpenedModel& model);

}  // namespace crystallite::cli
