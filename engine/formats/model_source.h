#pragma once

#include "engine/base/result.h"
#include "engine/formats/stored_bytes.h"
#include "engine/formats/weight_format.h"
#include "engine/text/tokenizer_data.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// A tensor as it lies in a file. `dimensions` in GGUF order: the row length first.
struct StoredTensor {
    std::string name;
    WeightFormat format = WeightFormat::F32;
    std::vector<uint64_t> dimensions;
    StoredBytes bytes;  ///< none where ModelSource::withoutBytesOf() gave them up; pieces hold whole rows
};

/// Of a tensor with bytes or without.
uint64_t storedBytes(const StoredTensor& tensor);

/// Names the family where the architecture leaves a choice.
inline constexpr std::string_view kFamilyKey = "crystallite.family";
/// Says how a file's rows of q and k are paired for their rotation, where it differs from what its architecture implies: one of these.
inline constexpr std::string_view kRopePairingKey = "crystallite.rope.pairing";
inline constexpr std::string_view kHalfSplitPairs = "half-split";
inline constexpr std::string_view kInterleavedPairs = "interleaved";

/// An opened model file whatever its format: typed metadata, tensors by name and the tokenizer. Immutable; keeps the file mapped.
/// Keys are GGUF's (`llada.block_count`, …); other formats are translated to them when they are opened.
class ModelSource {
public:
    ModelSource() = default;
    ModelSource(const ModelSource&) = delete;
    ModelSource& operator=(const ModelSource&) = delete;
    virtual ~ModelSource() = default;

    [[nodiscard]] virtual const std::string& displayName() const = 0;  ///< the file's name, or "stories (embedded)"
    [[nodiscard]] virtual uint64_t fileBytes() const = 0;
    /// Of memory that the source itself holds, because tensors had to be put together or quantised; the rest is mapped.
    [[nodiscard]] virtual uint64_t ownedBytes() const { return 0; }
    /// XXH3-128 of the whole file as 32 hex digits; identifies the weights of a trace.
    [[nodiscard]] virtual const std::string& fingerprint() const = 0;
    /// Makes fingerprint() ready for a caller who wants to see how far it is (0..1), because it reads the whole file, and may stop it:
    /// Cancelled.
    [[nodiscard]] virtual Result<void> prepareFingerprint(const std::function<void(double)>& progress, const std::stop_token& stop) const;

    [[nodiscard]] virtual std::optional<std::string> findString(std::string_view key) const = 0;
    [[nodiscard]] virtual std::optional<uint64_t> findUnsigned(std::string_view key) const = 0;  ///< any integer type, when >= 0
    [[nodiscard]] virtual std::optional<double> findFloat(std::string_view key) const = 0;
    [[nodiscard]] virtual std::optional<bool> findBool(std::string_view key) const = 0;
    [[nodiscard]] virtual std::vector<std::string> keys() const = 0;

    [[nodiscard]] virtual const std::vector<StoredTensor>& tensors() const = 0;
    [[nodiscard]] const StoredTensor* findTensor(std::string_view name) const;
    [[nodiscard]] virtual Result<TokenizerData> tokenizer() const = 0;

    /// The same source without the memory that it holds for tensors which nobody reads any more. Null where it holds none.
    using TensorFilter = std::function<bool(const StoredTensor&)>;
    [[nodiscard]] virtual std::shared_ptr<const ModelSource> withoutBytesOf(const TensorFilter& /*isDone*/) const { return nullptr; }
};

/// What a person may decide about a model when it is opened.
struct OpenOptions {
    std::string family;                         ///< where the files cannot tell (ErrorKind::Ambiguous); empty: what they say
    std::filesystem::path tokenizer;            ///< of a model without one: a GGUF file, or a Hugging Face folder; empty: the model's own
    std::optional<WeightFormat> quantize = {};  ///< matrices, while they are loaded; see formatWhenQuantized()
    std::function<void(double)> progress = {};  ///< of putting tensors together and quantising them, 0..1 for each
    std::stop_token stop = {};
};

/// Opens a GGUF file, any part of a split one, or a Hugging Face folder. NotFound, Io, Corrupt or Unsupported with a sentence that names
/// the file; Ambiguous when the caller must choose a family; Cancelled.
Result<std::shared_ptr<const ModelSource>> openModel(const std::filesystem::path& path, const OpenOptions& options = {});

/// A model that ships inside the program; `name` as listed by embeddedModels().
Result<std::shared_ptr<const ModelSource>> openEmbeddedModel(std::string_view name);
std::vector<std::string> embeddedModels();
/// `nameOrPath`: an embedded model if it is the name of one, else the path of a file or folder.
Result<std::shared_ptr<const ModelSource>> openModelNamed(std::string_view nameOrPath, const OpenOptions& options = {});
/// A prompt that shows what the embedded model `name` can do; empty for a name that is not listed.
std::string_view samplePromptOf(std::string_view name);
inline constexpr std::string_view kDefaultModel = "stories";

}  // namespace crystallite
