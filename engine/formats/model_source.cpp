#include "engine/formats/model_source.h"

#include "engine/formats/gguf_model.h"

#include <algorithm>

namespace crystallite {

const StoredTensor* ModelSource::findTensor(std::string_view name) const {
    const std::vector<StoredTensor>& all = tensors();
    const auto found = std::find_if(all.begin(), all.end(), [name](const StoredTensor& tensor) { return tensor.name == name; });
    return found == all.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const ModelSource>> openModel(const std::filesystem::path& path) {
    return openGgufFile(path);
}

}  // namespace crystallite
