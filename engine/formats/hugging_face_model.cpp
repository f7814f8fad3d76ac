#include "engine/formats/hugging_face_model.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/checkpoint_tensors.h"
#include "engine/formats/fingerprint.h"
#include "engine/formats/hugging_face_config.h"
#include "engine/formats/hugging_face_family.h"
#include "engine/formats/hugging_face_tokenizer.h"
#include "engine/formats/json_document.h"
#include "engine/formats/owned_tensors.h"
#include "engine/formats/smdm_sizes.h"
#include "engine/formats/tokenizer_choice.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace crystallite {
namespace {

constexpr uint64_t kMostConfigBytes = 4'000'000;

/// Bytes that are put together before the caller is told of it and may stop.
constexpr uint64_t kBytesAtATime = uint64_t{8} << 20;

bool isThere(const std::filesystem::path& path) {
    std::error_code code;
    return std::filesystem::exists(path, code);
}

bool isFolder(const std::filesystem::path& path) {
    std::error_code code;
    return std::filesystem::is_directory(path, code);
}

/// Without following links: the cache of Hugging Face's own programs links files to a folder that says nothing.
std::filesystem::path wholePath(const std::filesystem::path& path) {
    std::error_code code;
    const std::filesystem::path whole = std::filesystem::absolute(path, code).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

/// The folder's name; for the cache of Hugging Face's own programs (`models--org--name/snapshots/<hash>`) the name of the model.
std::string nameOf(const std::filesystem::path& path) {
    const std::filesystem::path whole = wholePath(path);
    if (whole.parent_path().filename() == "snapshots") {
        std::string name = whole.parent_path().parent_path().filename().string();
        if (name.starts_with("models--")) {
            name.erase(0, std::string_view("models--").size());
            const size_t gap = name.find("--");
            return gap == std::string::npos ? name : name.replace(gap, 2, "/");
        }
    }
    return whole.filename().string();
}

/// The names of the folder and of those above it that may be named after the model.
std::string pathNames(const std::filesystem::path& path) {
    std::string names;
    std::filesystem::path at = wholePath(path);
    for (int i = 0; i < 4 && at.has_filename(); ++i) {
        names.append(at.filename().string()).append(" ");
        at = at.parent_path();
    }
    return names;
}

/// True when one of the tokenizer's files holds the token's text. A text that is longer than the token would be found too: the tokens
/// that are asked for are too odd for that.
bool tokenizerFilesHold(const std::filesystem::path& folder, std::string_view token) {
    const std::string quoted = "\"" + std::string(token) + "\"";
    constexpr std::array kFiles = {"added_tokens.json", "tokenizer_config.json", "special_tokens_map.json", "tokenizer.json"};
    return std::any_of(kFiles.begin(), kFiles.end(), [&](const char* file) {
        const Result<MappedFile> mapping = MappedFile::open(folder / file);
        if (!mapping) {
            return false;
        }
        const std::string_view text(reinterpret_cast<const char*>(mapping->bytes().data()), mapping->bytes().size());
        return text.find(quoted) != std::string_view::npos;
    });
}

/// What a source is made of, before its tensors are put together.
struct Parts {
    std::filesystem::path tokenizer;
    std::string displayName;
    std::string config;  ///< for the fingerprint
    const HuggingFaceFamily* family = nullptr;
    CheckpointSizes sizes;
    SafetensorsFolder checkpoint;
    std::vector<TensorRecipe> recipes;
};

class HuggingFaceModel final : public ModelSource {
public:
    explicit HuggingFaceModel(std::shared_ptr<const Parts> parts)
        : parts_(std::move(parts)), metadata_(metadataFor(*parts_->family, parts_->sizes, parts_->displayName)) {}

    Result<void> makeTensors(const OpenOptions& options);

    [[nodiscard]] const std::string& displayName() const override { return parts_->displayName; }
    [[nodiscard]] uint64_t fileBytes() const override {
        uint64_t bytes = 0;
        for (const MappedFile& file : parts_->checkpoint.files()) {
            bytes += file.bytes().size();
        }
        return bytes;
    }
    [[nodiscard]] uint64_t ownedBytes() const override { return owned_.bytes(); }
    [[nodiscard]] const std::string& fingerprint() const override { return fingerprint_.of(fileParts(), fingerprintNote()); }
    [[nodiscard]] Result<void> prepareFingerprint(const std::function<void(double)>& progress, const std::stop_token& stop) const override {
        return fingerprint_.prepare(fileParts(), fingerprintNote(), progress, stop);
    }
    [[nodiscard]] std::optional<std::string> findString(std::string_view key) const override { return metadata_.find<std::string>(key); }
    [[nodiscard]] std::optional<uint64_t> findUnsigned(std::string_view key) const override { return metadata_.find<uint64_t>(key); }
    [[nodiscard]] std::optional<double> findFloat(std::string_view key) const override { return metadata_.find<double>(key); }
    [[nodiscard]] std::optional<bool> findBool(std::string_view key) const override { return metadata_.find<bool>(key); }
    [[nodiscard]] std::vector<std::string> keys() const override { return metadata_.keys(); }
    [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
    [[nodiscard]] Result<TokenizerData> tokenizer() const override;
    [[nodiscard]] std::shared_ptr<const ModelSource> withoutBytesOf(const TensorFilter& isDone) const override;

private:
    [[nodiscard]] std::vector<std::span<const std::byte>> fileParts() const;
    [[nodiscard]] std::string fingerprintNote() const { return parts_->config + std::string(parts_->family->architecture); }
    std::span<const std::byte> copy(const TensorRecipe& recipe, WeightFormat format, const std::function<bool(uint64_t)>& goOn);

    std::shared_ptr<const Parts> parts_;
    Metadata metadata_;
    std::vector<StoredTensor> tensors_;
    OwnedTensors owned_;
    LazyFingerprint fingerprint_;
};

WeightFormat formatOf(const TensorRecipe& recipe) {
    return recipe.isVector ? WeightFormat::F32 : *recipe.source->weightFormat();
}

/// Nothing to copy: the checkpoint holds the tensor as it is wanted.
bool isInPlace(const TensorRecipe& recipe) {
    return formatOf(recipe) == *recipe.source->weightFormat() && !recipe.findInPlace().empty();
}

/// Empty when `goOn(bytes that were made)` said no, or there is not that much memory.
std::span<const std::byte> HuggingFaceModel::copy(const TensorRecipe& recipe, WeightFormat format,
                                                  const std::function<bool(uint64_t)>& goOn) {
    const uint64_t rows = recipe.rowCount();
    const uint64_t size = rowBytes(format, recipe.columns);
    const WeightFormat stored = *recipe.source->weightFormat();
    const uint64_t atATime = std::max<uint64_t>(kBytesAtATime / size, 1);
    std::vector<std::byte> asStored(format == stored ? 0 : std::min(rows, atATime) * rowBytes(stored, recipe.columns));
    std::byte* const out = owned_.add(rows * size);
    if (out == nullptr) {
        return {};
    }
    for (uint64_t first = 0; first < rows; first += atATime) {
        const uint64_t count = std::min(atATime, rows - first);
        if (format == stored) {
            copyStoredRows(recipe, first, count, out + first * size);
        } else {
            copyStoredRows(recipe, first, count, asStored.data());
            unpackRow(stored, asStored.data(), reinterpret_cast<float*>(out + first * size), count * recipe.columns);
        }
        if (!goOn(count * size)) {
            return {};
        }
    }
    return {out, rows * size};
}

Result<void> HuggingFaceModel::makeTensors(const OpenOptions& options) {
    uint64_t copied = 0;
    for (const TensorRecipe& recipe : parts_->recipes) {
        copied += isInPlace(recipe) ? 0 : recipe.rowCount() * rowBytes(formatOf(recipe), recipe.columns);
    }
    uint64_t done = 0;
    const auto goOn = [&](uint64_t bytes) {
        done += bytes;
        if (options.progress) {
            options.progress(static_cast<double>(done) / static_cast<double>(copied));
        }
        return !options.stop.stop_requested();
    };
    for (const TensorRecipe& recipe : parts_->recipes) {
        const WeightFormat format = formatOf(recipe);
        const bool inPlace = isInPlace(recipe);
        const StoredBytes bytes = inPlace ? recipe.findInPlace() : StoredBytes(copy(recipe, format, goOn));
        if (bytes.empty() && options.stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, "opening " + inQuotes(parts_->displayName) + " was stopped"};
        }
        if (bytes.empty()) {
            return Error{ErrorKind::OutOfMemory, inQuotes(parts_->displayName) + " needs " + std::to_string(copied / 1'000'000) +
                                                     " MB of memory for tensors that must be put together; convert it to a file instead"};
        }
        if (inPlace) {
            owned_.addMapped();
        }
        tensors_.push_back({.name = recipe.name, .format = format, .dimensions = recipe.shape, .bytes = bytes});
    }
    return {};
}

std::shared_ptr<const ModelSource> HuggingFaceModel::withoutBytesOf(const TensorFilter& isDone) const {
    auto model = std::make_shared<HuggingFaceModel>(parts_);
    model->tensors_ = tensors_;
    model->owned_ = owned_;
    model->owned_.release(model->tensors_, isDone);
    return model;
}

std::vector<std::span<const std::byte>> HuggingFaceModel::fileParts() const {
    std::vector<std::span<const std::byte>> parts;
    for (const MappedFile& file : parts_->checkpoint.files()) {
        parts.push_back(file.bytes());
    }
    return parts;
}

std::optional<TokenId> findToken(const TokenizerData& data, std::string_view text) {
    const auto found = text.empty() ? data.tokens.end() : std::find(data.tokens.begin(), data.tokens.end(), text);
    return found == data.tokens.end() ? std::nullopt : std::optional(static_cast<TokenId>(found - data.tokens.begin()));
}

/// The tokenizer's own ids first, except for the mask: base tokenizers give that number to something else. A mask that no file declares
/// is left to those who know the family.
Result<TokenizerData> HuggingFaceModel::tokenizer() const {
    Result<TokenizerData> data = readTokenizer(parts_->tokenizer);
    if (!data) {
        return data;
    }
    const CheckpointSizes& sizes = parts_->sizes;
    data->mask = sizes.mask ? sizes.mask : data->mask;
    data->bos = data->bos ? data->bos : sizes.bos;
    data->eos = data->eos ? data->eos : sizes.eos;
    data->pad = data->pad ? data->pad : sizes.pad;
    data->ends = sizes.ends;
    data->eot = data->eot ? data->eot : findToken(*data, parts_->family->endOfTurn);
    return data;
}

/// config.json, lit-gpt's lit_config.json, or for a checkpoint that has none what its shapes say.
Result<nlohmann::json> readConfig(const std::filesystem::path& folder, const SafetensorsFolder& checkpoint,
                                  const std::string& displayName) {
    for (const char* const name : {"config.json", "lit_config.json"}) {
        if (isThere(folder / name)) {
            Result<nlohmann::json> config = readJsonDocument(folder / name, kMostConfigBytes);
            if (config && !config->is_object()) {
                return Error{ErrorKind::Corrupt, inQuotes(name) + " of " + inQuotes(displayName) + " is not a table of fields"};
            }
            return config;
        }
    }
    if (std::optional<nlohmann::json> config = smdmConfigOf(checkpoint)) {
        return *std::move(config);
    }
    return Error{ErrorKind::NotFound,
                 inQuotes(displayName) + " has no config.json, which says what model its tensors are; download it too"};
}

/// Null when there is none.
Result<nlohmann::json> readGenerationConfig(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "generation_config.json";
    return isThere(path) ? readJsonDocument(path, kMostConfigBytes) : Result<nlohmann::json>(nlohmann::json());
}

Result<CheckpointSizes> readSizes(const nlohmann::json& config, const HuggingFaceFamily& family, const std::filesystem::path& folder,
                                  const std::string& displayName) {
    Result<CheckpointSizes> sizes = readCheckpointSizes(config, family, "config.json of " + displayName);
    if (!sizes) {
        return sizes;
    }
    const Result<nlohmann::json> generation = readGenerationConfig(folder);
    if (!generation) {
        return generation.error();
    }
    const Result<void> added = addGenerationConfig(*generation, "generation_config.json of " + displayName, *sizes);
    return added ? sizes : added.error();
}

}  // namespace

bool looksLikeHuggingFace(const std::filesystem::path& path) {
    return isFolder(path) || path.extension() == ".safetensors";
}

Result<std::shared_ptr<const ModelSource>> openHuggingFaceModel(const std::filesystem::path& path, const OpenOptions& options) {
    const std::filesystem::path folder = isFolder(path) ? path : wholePath(path).parent_path();
    const std::string displayName = nameOf(path);
    Result<SafetensorsFolder> checkpoint = SafetensorsFolder::open(path);
    if (!checkpoint) {
        return checkpoint.error();
    }
    const Result<nlohmann::json> config = readConfig(folder, *checkpoint, displayName);
    if (!config) {
        return config.error();
    }
    const FolderEvidence evidence{.displayName = displayName,
                                  .pathNames = pathNames(path),
                                  .hasTensor = [&](std::string_view name) { return checkpoint->find(name) != nullptr; },
                                  .vocabularyHolds = [&](std::string_view token) { return tokenizerFilesHold(folder, token); },
                                  .chosen = options.family};
    const Result<const HuggingFaceFamily*> family = recogniseFamily(*config, evidence);
    if (!family) {
        return family.error();
    }
    const Result<CheckpointSizes> sizes = readSizes(*config, **family, folder, displayName);
    if (!sizes) {
        return sizes.error();
    }
    Result<std::vector<TensorRecipe>> recipes = planTensors(*checkpoint, **family, *sizes, displayName);
    if (!recipes) {
        return recipes.error();
    }
    // The recipes point into the checkpoint's map, whose nodes stay where they are when it is moved.
    auto model = std::make_shared<HuggingFaceModel>(
        std::make_shared<const Parts>(Parts{.tokenizer = options.tokenizer.empty() ? folder : options.tokenizer,
                                            .displayName = displayName,
                                            .config = config->dump(-1, ' ', true),
                                            .family = *family,
                                            .sizes = *sizes,
                                            .checkpoint = std::move(checkpoint).value(),
                                            .recipes = std::move(recipes).value()}));
    const Result<void> made = model->makeTensors(options);
    if (!made) {
        return made.error();
    }
    return std::shared_ptr<const ModelSource>(std::move(model));
}

}  // namespace crystallite
