#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace crystallite {

/// How far the distribution of each compared slot moved from pass to pass: what a policy that waits for slots to settle looks at. The
/// model holds the distributions themselves, of the last compared pass alone, see Denoiser::holdsComparisonOf().
class DriftMemory {
public:
    /// Whether the last pass was over frame `frame - 1` and compared the same slots, so that one over `frame` continues it.
    [[nodiscard]] bool continuesAt(uint32_t frame, uint32_t firstSlot) const {
        return known_ && firstSlot_ == firstSlot && frame_ + 1 == frame;
    }
    /// Forgets everything; the next pass is the first that compares the slots from `firstSlot` on.
    void begin(uint32_t firstSlot);
    /// A pass over `frame`: NaN where nothing was compared.
    void add(uint32_t frame, const std::vector<uint32_t>& slots, const std::vector<float>& drift);
    /// By slot, the latest last.
    [[nodiscard]] std::vector<std::vector<float>> of(const std::vector<uint32_t>& slots) const;

private:
    bool known_ = false;
    uint32_t firstSlot_ = 0;
    uint32_t frame_ = 0;
    std::map<uint32_t, std::vector<float>> driftOfSlot_;
};

}  // namespace crystallite
