#include "engine/formats/quantized_model.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/fingerprint.h"
#include "engine/formats/tensor_encoder.h"

#include <algorithm>
#include <array>
#include <new>
#include <thread>
#include <utility>

namespace crystallite {
namespace {

class QuantizedModel final : public ModelSource {
public:
    QuantizedModel(std::shared_ptr<const ModelSource> base, WeightFormat format) : base_(std::move(base)), format_(format) {}

    Result<void> makeTensors(const OpenOptions& options);

    [[nodiscard]] const std::string& displayName() const override { return base_->displayName(); }
    [[nodiscard]] uint64_t fileBytes() const override { return base_->fileBytes(); }
    [[nodiscard]] uint64_t ownedBytes() const override { return base_->ownedBytes() + quantizedBytes_; }
    [[nodiscard]] const std::string& fingerprint() const override {
        const std::string& stored = base_->fingerprint();
        const std::array parts = {std::as_bytes(std::span(stored))};
        return fingerprint_.of(parts, layoutOf(format_).name);
    }
    [[nodiscard]] Result<void> prepareFingerprint(const std::function<void(double)>& progress, const std::stop_token& stop) const override {
        return base_->prepareFingerprint(progress, stop);
    }
    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override { return base_->findString(key); }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override { return base_->findUnsigned(key); }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return base_->findFloat(key); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return base_->findBool(key); }
    [[nodiscard]] std::vector<std::string> keys() const override { return base_->keys(); }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override { return base_->tokenizer(); }

private:
    [[nodiscard]] uint64_t planFormats();
    [[nodiscard]] uint64_t layers() const {
        const std::string architecture = base_->findString("general.architecture").value_or("");
        return base_->findUnsigned(architecture + ".block_count").value_or(0);
    }

    std::shared_ptr<const ModelSource> base_;
    WeightFormat format_;
    uint64_t quantizedBytes_ = 0;
    std::vector<StoredTensor> tensors_;
    std::vector<std::unique_ptr<std::byte[]>> owned_;
    LazyFingerprint fingerprint_;
};

/// The formats of the tensors, before there are any bytes; returns how many there will be.
uint64_t QuantizedModel::planFormats() {
    const bool headIsEmbedding = base_->findTensor("output.weight") == nullptr;
    uint64_t bytes = 0;
    for (const StoredTensor& stored : base_->tensors()) {
        StoredTensor planned = stored;
        planned.format = formatWhenQuantized(stored, format_, headIsEmbedding, layers());
        bytes += planned.format == stored.format ? 0 : TensorEncoder(stored, planned.format).bytes();
        tensors_.push_back(std::move(planned));
    }
    return bytes;
}

Result<void> QuantizedModel::makeTensors(const OpenOptions& options) {
    quantizedBytes_ = planFormats();
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

}  // namespace crystallite
