#include "engine/formats/model_source.h"

#include "engine/formats/gguf_dialect.h"
#include "engine/formats/gguf_model.h"
#include "engine/formats/hugging_face_model.h"
#include "engine/formats/quantized_model.h"

#include <algorithm>

namespace crystallite {

namespace {

Result<std::shared_ptr<const ModelSource>> openUnquantized(const std::filesystem::path& path, const OpenOptions& options) {
    if (looksLikeHuggingFace(path)) {
        return openHuggingFaceModel(path, options);
    }
    auto source = openGgufFile(path);
    return source ? interpretGguf(std::move(*source), options) : source;
}

}  // namespace

uint64_t storedBytes(const StoredTensor& tensor) {
    uint64_t rows = 1;
    for (size_t i = 1; i < tensor.dimensions.size(); ++i) {
        rows *= tensor.dimensions[i];
    }
    return rows * rowBytes(tensor.format, tensor.dimensions.front());
}

Result<void> ModelSource::prepareFingerprint(const std::function<void(double)>& /*progress*/, const std::stop_token& /*stop*/) const {
    static_cast<void>(fingerprint());
    return {};
}

const StoredTensor* ModelSource::findTensor(std::string_view name) const {
    const std::vector<StoredTensor>& all = tensors();
    const auto found = std::find_if(all.begin(), all.end(), [name](const StoredTensor& tensor) { return tensor.name == name; });
    return found == all.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const ModelSource>> openModel(const std::filesystem::path& path, const OpenOptions& options) {
    auto source = openUnquantized(path, options);
    return source && options.quantize ? quantizeModel(std::move(*source), *options.quantize, options) : source;
}

}  // namespace crystallite
