#include "tests/support/budgeted_backend.h"

#include <utility>

namespace crystallite {

BudgetedBackend::BudgetedBackend(Backend& backend, uint64_t budgetBytes) : backend_(backend), info_(backend.device()) {
    info_.heaps = {{.bytes = budgetBytes, .budgetBytes = budgetBytes, .deviceLocal = true}};
}

Result<void> BudgetedBackend::checkAllocation(uint64_t bytes) const {
    if (bytes > largestAllocation_) {
        return Error{ErrorKind::OutOfMemory, "the device refused " + std::to_string(bytes) + " bytes."};
    }
    return {};
}

Result<std::unique_ptr<Buffer>> BudgetedBackend::allocate(uint64_t bytes, MemoryUse use) {
    if (const auto checked = checkAllocation(bytes); !checked) {
        return checked.error();
    }
    allocated_ += bytes;
    return backend_.allocate(bytes, use);
}

Result<std::unique_ptr<WeightStore>> BudgetedBackend::loadWeights(std::span<const WeightSource> sources, const Progress& progress,
                                                                  std::stop_token stop) {
    uint64_t bytes = 0;
    for (const WeightSource& source : sources) {
        bytes += source.bytes.size();
    }
    if (const auto checked = checkAllocation(bytes); !checked) {
        return checked.error();
    }
    weights_ += bytes;
    return backend_.loadWeights(sources, progress, std::move(stop));
}

Result<void> BudgetedBackend::run(const std::function<void(Pass&)>& record, std::stop_token stop) {
    ++passes_;
    return backend_.run(record, std::move(stop));
}

}  // namespace crystallite
