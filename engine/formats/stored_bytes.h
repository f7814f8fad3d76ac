#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace crystallite {

/// The bytes of a tensor where they lie: in one piece, or in several of the same length that are read one behind the other. Checkpoints
/// store every expert of a mixture for itself; stacking them would copy most of a model. Borrows the bytes.
class StoredBytes {
public:
    StoredBytes() = default;
    /// One piece, which is the usual case.
    template <typename Range>
    requires std::convertible_to<const Range&, std::span<const std::byte>> StoredBytes(const Range& range) {
        const std::span<const std::byte> piece = range;
        pieceBytes_ = piece.size();
        if (!piece.empty()) {
            pieces_.push_back(piece.data());
        }
    }
    /// Each of `pieces` begins `pieceBytes` bytes, which is not 0.
    StoredBytes(std::vector<const std::byte*> pieces, uint64_t pieceBytes) : pieces_(std::move(pieces)), pieceBytes_(pieceBytes) {}

    [[nodiscard]] uint64_t size() const { return pieces_.size() * pieceBytes_; }
    [[nodiscard]] bool empty() const { return pieces_.empty(); }
    [[nodiscard]] uint64_t pieceBytes() const { return pieceBytes_; }
    /// The byte at `offset` < size(); those behind it follow up to the end of its piece.
    [[nodiscard]] const std::byte* at(uint64_t offset) const { return pieces_[offset / pieceBytes_] + offset % pieceBytes_; }
    /// Bytes [offset, offset + most), cut at the end of the piece.
    [[nodiscard]] std::span<const std::byte> stretch(uint64_t offset, uint64_t most) const {
        const uint64_t left = pieceBytes_ - offset % pieceBytes_;
        return {at(offset), most < left ? most : left};
    }
    /// The first piece.
    [[nodiscard]] std::span<const std::byte> whole() const {
        return empty() ? std::span<const std::byte>() : std::span(pieces_.front(), pieceBytes_);
    }

private:
    std::vector<const std::byte*> pieces_;
    uint64_t pieceBytes_ = 0;
};

}  // namespace crystallite
