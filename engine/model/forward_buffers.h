#pragma once

#include "engine/backend/backend.h"

#include <memory>

namespace crystallite {

/// What a pass needs beyond Activations when a policy asks for more than beliefs. Each grows at its first use, because most runs need none.
struct ForwardBuffers {
    std::unique_ptr<Buffer> forbidden;            // [ids] u32, host: of this pass
    std::unique_ptr<Buffer> judgedForbidden;      // [ids] u32, host: and the one that confidence does without
    std::unique_ptr<Buffer> judged;               // [slots, candidateRowWords(1)] u32, host
    std::unique_ptr<Buffer> unconditionalRows;    // [slots, width] f32: residual stream of the open rows without the prompt
    std::unique_ptr<Buffer> unconditionalLogits;  // [logitRows, vocabulary] f32
    std::unique_ptr<Buffer> kept;                 // [compared slots, vocabulary] f32: logits of the last compared pass
    std::unique_ptr<Buffer> drift;                // [slots] f32, host
    std::unique_ptr<Buffer> pickedIds;            // [slots] u32, host: the tokens under the shadow
    std::unique_ptr<Buffer> picked;               // [slots] f32, host: their logits
    std::unique_ptr<Buffer> askedLogits;          // [open slots, vocabulary] f32, host
};

/// Gives `buffer` room for `words` 32-bit words; what it held is lost when it grows.
Result<void> ensureWords(Backend& backend, std::unique_ptr<Buffer>& buffer, uint64_t words, MemoryUse use);

}  // namespace crystallite
