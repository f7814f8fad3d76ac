#include "engine/formats/quantized_model.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/fingerprint.h"
#include "engine/formats/tensor_encoder.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

namespace crystallite {
namespace {

/// The tensors of `source` with the formats that they get, and still the bytes that they have.
std::vector<StoredTensor> planFormats(const ModelSource& source, WeightFormat format) {
    const bool headIsEmbedding = source.findTensor("output.weight") == nullptr;
    const std::string architecture = source.findString("general.architecture").value_or("");
    const uint64_t layers = source.findUnsigned(architecture + ".block_count").value_or(0);
    std::vector<StoredTensor> planned = source.tensors();
    for (StoredTensor& tensor : planned) {
        tensor.format = formatWhenQuantized(tensor, format, headIsEmbedding, layers);
    }
    return planned;
}

uint64_t bytesAs(const StoredTensor& stored, WeightFormat format) {
    return format == stored.format ? stored.bytes.size() : TensorEncoder(stored, format).bytes();
}

class QuantizedModel final : public ModelSource {
public:
    QuantizedModel(std::shared_ptr<const ModelSource> base, WeightFormat format) : base_(std::move(base)), format_(format) {}

    Result<void> makeTensors(const OpenOptions& options);

    [[nodiscard]] const std::string& displayName() const override { return base_->displayName(); }
    [[nodiscard]] uint64_t fileBytes() const override { return base_->fileBytes(); }
    [[nodiscard]] uint64_t ownedBytes() const override { return base_->ownedBytes() + quantizedBytes_; }
    [[nodiscard]] const std::string& fingerprint() const override {
        std::call_once(fingerprintOnce_, [this] {
            const std::string& stored = base_->fingerprint();
            const std::array parts = {std::as_bytes(std::span(stored))};
            fingerprint_ = fingerprintOf(parts, layoutOf(format_).name);
        });
        return fingerprint_;
    }
    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override { return base_->findString(key); }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override { return base_->findUnsigned(key); }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return base_->findFloat(key); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return base_->findBool(key); }
    [[nodiscard]] std::vector<std::string> keys() const override { return base_->keys(); }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override { return base_->tokenizer(); }

private:
    std::shared_ptr<const ModelSource> base_;
    WeightFormat format_;
    uint64_t quantizedBytes_ = 0;
    std::vector<StoredTensor> tensors_;
    std::vector<std::unique_ptr<std::byte[]>> owned_;
    mutable std::once_flag fingerprintOnce_;
    mutable std::string fingerprint_;
};

Result<void> QuantizedModel::makeTensors(const OpenOptions& options) {
    tensors_ = planFormats(*base_, format_);
    for (size_t i = 0; i < tensors_.size(); ++i) {
        const StoredTensor& stored = base_->tensors()[i];
        quantizedBytes_ += tensors_[i].format == stored.format ? 0 : bytesAs(stored, tensors_[i].format);
    }
    ThreadPool pool(std::max(std::thread::hardware_concurrency(), 1U));
    uint64_t done = 0;
    for (size_t i = 0; i < tensors_.size(); ++i) {
        const StoredTensor& stored = base_->tensors()[i];
        StoredTensor& tensor = tensors_[i];
        if (tensor.format == stored.format) {
            continue;
        }
        const TensorEncoder encoder(stored, tensor.format);
        owned_.emplace_back(new (std::nothrow) std::byte[encoder.bytes()]);
        if (owned_.back() == nullptr) {
            return Error{ErrorKind::OutOfMemory, inQuotes(displayName()) + " needs " + std::to_string(quantizedBytes_ / 1'000'000) +
                                                     " MB of memory for its quantised weights; convert it to a file instead"};
        }
        const std::span<std::byte> bytes(owned_.back().get(), encoder.bytes());
        tensor.bytes = bytes;
        for (uint64_t first = 0; first < encoder.rows(); first += encoder.rowsAtATime()) {
            const uint64_t count = std::min(encoder.rowsAtATime(), encoder.rows() - first);
            const uint64_t size = count * encoder.bytesPerRow();
            const Result<void> encoded = encoder.encode(pool, first, count, bytes.subspan(first * encoder.bytesPerRow(), size));
            if (!encoded) {
                return Error{encoded.error().kind, inQuotes(displayName()) + " cannot be quantised: " + encoded.error().message};
            }
            done += size;
            if (options.progress) {
                options.progress(static_cast<double>(done) / static_cast<double>(quantizedBytes_));
            }
            if (options.stop.stop_requested()) {
                return Error{ErrorKind::Cancelled, "quantising " + inQuotes(displayName()) + " was stopped"};
            }
        }
    }
    return {};
}

}  // namespace

Result<std::shared_ptr<const ModelSource>> quantizeModel(std::shared_ptr<const ModelSource> source, WeightFormat format,
                                                         const OpenOptions& options) {
    auto model = std::make_shared<QuantizedModel>(std::move(source), format);
    const Result<void> made = model->makeTensors(options);
    if (!made) {
        return made.error();
    }
    return std::shared_ptr<const ModelSource>(std::move(model));
}

uint64_t bytesWhenQuantized(const ModelSource& source, WeightFormat format) {
    const std::vector<StoredTensor> planned = planFormats(source, format);
    uint64_t bytes = 0;
    for (size_t i = 0; i < planned.size(); ++i) {
        bytes += bytesAs(source.tensors()[i], planned[i].format);
    }
    return bytes;
}

}  // namespace crystallite
