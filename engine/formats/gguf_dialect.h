#pragma once

#include "engine/formats/model_source.h"

namespace crystallite {

/// What GGUF files of other programs mean under the keys of this one:
/// - `diffuse` (diffuse-cpp): LLaDA and Dream with keys of its own, and with LLaDA's rows of q and k as in the checkpoint;
/// - `qwen2` and `qwen3`, which are autoregressive unless the name of the model gives away that it was made into an mdlm or open-dcoder;
/// - the family that the person chose, and the tokenizer that they give in place of the file's.
/// A file that needs none of this is returned as it is. Unsupported for types of `diffuse` that are not run.
Result<std::shared_ptr<const ModelSource>> interpretGguf(std::shared_ptr<const ModelSource> source, const OpenOptions& options);

}  // namespace crystallite
