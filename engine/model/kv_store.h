#pragma once

#include "engine/backend/backend.h"
#include "engine/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace crystallite {

/// Keys, turned to their positions, and values that passes leave to later ones: of some layers of a model, by the position of their row in
/// the text. One text at a time, that of the owner whose pass was the last; rows [0, rows()) of it are held. Takes memory at the first
/// reserve().
class KvStore {
public:
    /// A key and a value of `rowWidth` numbers for each of `layers` layers and every row. `backend` must outlive the store.
    KvStore(Backend& backend, uint32_t layers, uint32_t rowWidth) : backend_(backend), rowWidth_(rowWidth), layers_(layers) {}

    /// Bytes that a store for a text of `slots` takes.
    static uint64_t bytesFor(uint32_t layers, uint32_t rowWidth, uint32_t slots);

    /// Room for a text of `slots`. Rows that are held stay, unless it fails: then none is.
    Result<void> reserve(uint32_t slots);
    [[nodiscard]] uint32_t slots() const { return slots_; }
    [[nodiscard]] uint32_t rows() const { return rows_; }
    [[nodiscard]] bool holdsRowsOf(uint64_t owner) const { return rows_ > 0 && owner_ == owner; }

    /// A pass is about to write rows [begin, end), behind those that are held or in the place of some; the last of them sees rows [0,
    /// seen), each of which must be held or written. The first pass of another owner forgets all rows. Until endPass(), which a pass that
    /// fails or is stopped does not reach, none is held.
    void beginPass(uint64_t owner, uint32_t begin, uint32_t end, uint32_t seen);
    /// What stands behind the rows that the last written one saw was computed from what was overwritten: it is held no longer.
    void endPass();
    /// The first `rows` rows are held as before, none behind them.
    void truncate(uint32_t rows);
    void forget() { truncate(0); }

    /// [count, rowWidth]: rows [first, first + count) of a layer, counted from the first that is here.
    [[nodiscard]] Tensor keys(uint32_t layer, uint32_t first, uint32_t count) const;
    [[nodiscard]] Tensor values(uint32_t layer, uint32_t first, uint32_t count) const;

private:
    struct Layer {
        std::unique_ptr<Buffer> keys;    // [slots, rowWidth] f32
        std::unique_ptr<Buffer> values;  // [slots, rowWidth] f32
    };
    struct Writing {
        uint32_t end = 0;
        uint32_t kept = 0;  ///< rows that are held when the pass is done, if they are not fewer than `end`
    };

    Result<void> growLayers(uint32_t slots);
    Result<void> grow(std::unique_ptr<Buffer>& buffer, uint32_t slots, const IndexView& held);
    [[nodiscard]] Tensor rowsOf(const std::unique_ptr<Buffer>& buffer, uint32_t first, uint32_t count) const;

    Backend& backend_;
    uint32_t rowWidth_;
    std::vector<Layer> layers_;
    uint32_t slots_ = 0;
    uint32_t rows_ = 0;
    uint64_t owner_ = 0;
    std::optional<Writing> writing_;
};

}  // namespace crystallite
