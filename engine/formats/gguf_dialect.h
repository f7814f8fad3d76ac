#pragma once

#include "engine/formats/model_source.h"

namespace crystallite {

/// What GGUF files of other programs mean under the architectures and tensor names of this one:
/// - `diffuse` (diffuse-cpp): LLaDA and Dream with keys of its own, and with LLaDA's rows of q and k as in the checkpoint;
/// - `qwen2`, `qwen3`, `llama`, `gpt2`: diffusion models that were converted as what they were made from. The family comes from the file's
///   name of the model or from the person; Ambiguous when neither says it;
/// - `dream` with DreamOn's vocabulary;
/// - q, k and v in one tensor: three views of it;
/// - a tokenizer that the person gives in place of the file's.
/// A file that needs none of this is returned as it is. InvalidArgument when it cannot be of the chosen family.
Result<std::shared_ptr<const ModelSource>> interpretGguf(std::shared_ptr<const ModelSource> source, const OpenOptions& options);

}  // namespace crystallite
