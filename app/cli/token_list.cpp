#include "app/cli/token_list.h"

#include <algorithm>
#include <string>

namespace crystallite::cli {

Result<void> checkTokens(std::span<const TokenId> tokens, const ModelConfig& config) {
    const auto foreign = std::find_if(tokens.begin(), tokens.end(), [&config](TokenId id) { return id >= config.vocabulary; });
    if (tokens.empty()) {
        return Error{ErrorKind::InvalidArgument, "no token ids are given; write at least one, separated by commas"};
    }
    if (foreign != tokens.end()) {
        return Error{ErrorKind::InvalidArgument, "token id " + std::to_string(*foreign) + " is outside the vocabulary of " +
                                                     std::to_string(config.vocabulary) + "; ids count from 0"};
    }
    return {};
}

}  // namespace crystallite::cli
