#pragma once

#include "engine/base/mapped_file.h"
#include "engine/base/result.h"
#include "engine/formats/safetensors_file.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crystallite {

/// All tensors of a checkpoint: one safetensors file, or several with an index that says which tensor lies in which. Keeps them mapped.
class SafetensorsFolder {
public:
    /// `path`: a folder with `model.safetensors`, with `model.safetensors.index.json` and what it names, or with one file of any name; or
    /// a safetensors file itself. NotFound, Io, Corrupt or Unsupported with a sentence that names the file.
    static Result<SafetensorsFolder> open(const std::filesystem::path& path);

    [[nodiscard]] const SafetensorsTensor* find(std::string_view name) const;
    /// By name.
    [[nodiscard]] const std::map<std::string, SafetensorsTensor, std::less<>>& tensors() const { return tensors_; }
    [[nodiscard]] const std::vector<MappedFile>& files() const { return files_; }

private:
    SafetensorsFolder() = default;
    Result<void> addFile(const std::filesystem::path& path);
    Result<void> addShards(const std::filesystem::path& index);

    std::vector<MappedFile> files_;
    std::map<std::string, SafetensorsTensor, std::less<>> tensors_;
};

}  // namespace crystallite
