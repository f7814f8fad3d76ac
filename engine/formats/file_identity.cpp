#include "engine/formats/file_identity.h"

#include "engine/base/mapped_file.h"
#include "engine/formats/fingerprint.h"
#include "engine/formats/hugging_face_model.h"
#include "engine/formats/safetensors_folder.h"
#include "engine/formats/split_name.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace crystallite {
namespace {

constexpr uint64_t kHeadBytes = uint64_t{1} << 20;
constexpr uint64_t kPlaces = 64;
constexpr uint64_t kPlaceBytes = 4096;

using Bytes = std::span<const std::byte>;

void addSample(Bytes file, std::vector<Bytes>& slices) {
    if (file.size() <= kHeadBytes + kPlaces * kPlaceBytes) {
        slices.push_back(file);
        return;
    }
    slices.push_back(file.first(kHeadBytes));
    const Bytes rest = file.subspan(kHeadBytes);
    const uint64_t last = rest.size() - kPlaceBytes;
    for (uint64_t place = 0; place < kPlaces; ++place) {
        // Multiplied in halves, so that no size overflows.
        const uint64_t offset = last / (kPlaces - 1) * place + last % (kPlaces - 1) * place / (kPlaces - 1);
        slices.push_back(rest.subspan(offset, kPlaceBytes));
    }
}

std::string identityOfMapped(const std::vector<MappedFile>& files, std::string_view note) {
    std::vector<Bytes> bytes;
    bytes.reserve(files.size());
    for (const MappedFile& file : files) {
        bytes.push_back(file.bytes());
    }
    return sampledIdentity(bytes, note);
}

/// What config.json says belongs to the weights: it decides what there is to ask.
Result<std::string> identityOfFolder(const std::filesystem::path& path) {
    const Result<SafetensorsFolder> checkpoint = SafetensorsFolder::open(path);
    if (!checkpoint) {
        return checkpoint.error();
    }
    const bool isFile = path.extension() == ".safetensors";
    const Result<MappedFile> config = MappedFile::open((isFile ? path.parent_path() : path) / "config.json");
    const Bytes text = config ? config->bytes() : Bytes();
    return identityOfMapped(checkpoint->files(), {reinterpret_cast<const char*>(text.data()), text.size()});
}

Result<std::string> identityOfParts(const SplitName& split) {
    std::vector<MappedFile> files;
    for (uint64_t number = 1; number <= split.count; ++number) {
        Result<MappedFile> file = MappedFile::open(split.part(number));
        if (!file) {
            return file.error();
        }
        files.push_back(std::move(file).value());
    }
    return identityOfMapped(files, "");
}

}  // namespace

std::string sampledIdentity(std::span<const std::span<const std::byte>> files, std::string_view note) {
    std::vector<Bytes> slices;
    std::string sizes;
    for (const Bytes file : files) {
        addSample(file, slices);
        sizes.append(std::to_string(file.size())).append(" ");
    }
    return fingerprintOf(slices, sizes.append(note));
}

Result<std::string> identityOf(const std::filesystem::path& path) {
    if (looksLikeHuggingFace(path)) {
        return identityOfFolder(path);
    }
    if (const std::optional<SplitName> split = parseSplitName(path)) {
        return identityOfParts(*split);
    }
    Result<MappedFile> file = MappedFile::open(path);
    if (!file) {
        return file.error();
    }
    const Bytes bytes = file->bytes();
    return sampledIdentity(std::span(&bytes, 1), "");
}

}  // namespace crystallite
