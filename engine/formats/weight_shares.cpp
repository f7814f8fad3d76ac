#include "engine/formats/weight_shares.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <string_view>

namespace crystallite {

std::vector<WeightShare> weightShares(const ModelSource& source) {
    std::map<std::string_view, WeightShare> byName;
    for (const StoredTensor& tensor : source.tensors()) {
        WeightShare& share = byName[layoutOf(tensor.format).name];
        share.format = tensor.format;
        ++share.tensors;
        share.bytes += storedBytes(tensor);
    }
    std::vector<WeightShare> shares;
    for (const auto& [name, share] : byName) {
        shares.push_back(share);
    }
    return shares;
}

WeightFormat mainFormat(const ModelSource& source) {
    const std::vector<WeightShare> shares = weightShares(source);
    const auto most =
        std::max_element(shares.begin(), shares.end(), [](const WeightShare& a, const WeightShare& b) { return a.bytes < b.bytes; });
    return most == shares.end() ? WeightFormat::F32 : most->format;
}

uint64_t countElements(const StoredTensor& tensor) {
    return std::accumulate(tensor.dimensions.begin(), tensor.dimensions.end(), uint64_t{1}, std::multiplies<>());
}

uint64_t countParameters(const ModelSource& source) {
    uint64_t total = 0;
    for (const StoredTensor& tensor : source.tensors()) {
        total += countElements(tensor);
    }
    return total;
}

}  // namespace crystallite
