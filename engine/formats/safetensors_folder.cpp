#include "engine/formats/safetensors_folder.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/json_document.h"

#include <set>
#include <system_error>
#include <utility>

namespace crystallite {
namespace {

constexpr uint64_t kMostIndexBytes = 64'000'000;
constexpr size_t kMostShards = 10'000;

/// A name in the index must not lead out of the folder.
bool isPlainFileName(const std::string& name) {
    const std::filesystem::path path(name);
    return path.has_filename() && path == path.filename() && name != "." && name != "..";
}

/// The tensors and the shards that the index says they lie in.
Result<std::map<std::string, std::string>> readWeightMap(const std::filesystem::path& index) {
    const Result<nlohmann::json> document = readJsonDocument(index, kMostIndexBytes);
    if (!document) {
        return document.error();
    }
    const std::string name = inQuotes(index.filename().string());
    const auto table = document->is_object() ? document->find("weight_map") : document->end();
    if (table == document->end() || !table->is_object() || table->empty()) {
        return Error{ErrorKind::Corrupt, name + " has no weight_map; download the file again"};
    }
    std::map<std::string, std::string> shardOf;
    for (const auto& [tensor, shard] : table->items()) {
        if (!shard.is_string() || !isPlainFileName(shard.get_ref<const std::string&>())) {
            return Error{ErrorKind::Corrupt, name + " places tensor " + inQuotes(tensor) +
                                                 " in something that is not the name of a file beside it; download the file again"};
        }
        shardOf.emplace(tensor, shard.get<std::string>());
    }
    return shardOf;
}

/// The only safetensors file of a folder that has none of the usual names.
Result<std::filesystem::path> findOnlyFile(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    bool pickles = false;
    std::error_code code;
    for (std::filesystem::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
        const std::string extension = entry->path().extension().string();
        if (extension == ".safetensors") {
            found.push_back(entry->path());
        }
        pickles = pickles || extension == ".bin" || extension == ".pt" || extension == ".pth";
    }
    const std::string name = inQuotes(folder.filename().string());
    if (code) {
        return Error{ErrorKind::Io, "cannot read the folder " + name + ": " + code.message()};
    }
    if (found.size() == 1) {
        return found.front();
    }
    if (found.size() > 1) {
        return Error{ErrorKind::NotFound, name + " has " + std::to_string(found.size()) +
                                              " safetensors files and no model.safetensors.index.json that says how they belong "
                                              "together; download the index too, or choose one of the files"};
    }
    if (pickles) {
        return Error{ErrorKind::Unsupported, name +
                                                 " holds its weights as PyTorch pickles, which can run programs when they are read; "
                                                 "download the safetensors files of the model"};
    }
    return Error{ErrorKind::NotFound, name + " holds no weights: there is no safetensors file in it"};
}

}  // namespace

Result<void> SafetensorsFolder::addFile(const std::filesystem::path& path) {
    Result<MappedFile> mapping = MappedFile::open(path);
    if (!mapping) {
        return mapping.error();
    }
    Result<SafetensorsFile> file = SafetensorsFile::parse(mapping->bytes(), path.filename().string());
    if (!file) {
        return file.error();
    }
    for (const SafetensorsTensor& tensor : file->tensors()) {
        if (!tensors_.emplace(tensor.name, tensor).second) {
            return Error{ErrorKind::Corrupt, "tensor " + inQuotes(tensor.name) + " lies in " + inQuotes(path.filename().string()) +
                                                 " and in another file of its folder; download the files again"};
        }
    }
    files_.push_back(std::move(mapping).value());
    return {};
}

Result<void> SafetensorsFolder::addShards(const std::filesystem::path& index) {
    const Result<std::map<std::string, std::string>> shardOf = readWeightMap(index);
    if (!shardOf) {
        return shardOf.error();
    }
    std::map<std::string, std::set<std::string>> wanted;
    for (const auto& [tensor, shard] : *shardOf) {
        wanted[shard].insert(tensor);
    }
    if (wanted.size() > kMostShards) {
        return Error{ErrorKind::Unsupported, inQuotes(index.filename().string()) + " names " + std::to_string(wanted.size()) +
                                                 " files, more than any known model has"};
    }
    for (const auto& [shard, names] : wanted) {
        const size_t before = tensors_.size();
        const Result<void> added = addFile(index.parent_path() / shard);
        if (!added) {
            return added;
        }
        for (const std::string& name : names) {
            if (!tensors_.contains(name)) {
                return Error{ErrorKind::Corrupt, inQuotes(shard) + " does not hold tensor " + inQuotes(name) + " that " +
                                                     inQuotes(index.filename().string()) + " places there; download both again"};
            }
        }
        if (tensors_.size() - before != names.size()) {
            return Error{ErrorKind::Corrupt, inQuotes(shard) + " holds " + std::to_string(tensors_.size() - before) + " tensors, but " +
                                                 inQuotes(index.filename().string()) + " places " + std::to_string(names.size()) +
                                                 " there; download both again"};
        }
    }
    return {};
}

Result<SafetensorsFolder> SafetensorsFolder::open(const std::filesystem::path& path) {
    SafetensorsFolder folder;
    const auto exists = [](const std::filesystem::path& file) {
        std::error_code code;
        return std::filesystem::exists(file, code);
    };
    std::error_code code;
    Result<void> added;
    if (!std::filesystem::is_directory(path, code)) {
        added = folder.addFile(path);
    } else if (exists(path / "model.safetensors")) {
        added = folder.addFile(path / "model.safetensors");
    } else if (exists(path / "model.safetensors.index.json")) {
        added = folder.addShards(path / "model.safetensors.index.json");
    } else {
        const Result<std::filesystem::path> only = findOnlyFile(path);
        added = only ? folder.addFile(*only) : Result<void>(only.error());
    }
    if (!added) {
        return added.error();
    }
    return folder;
}

const SafetensorsTensor* SafetensorsFolder::find(std::string_view name) const {
    const auto found = tensors_.find(name);
    return found == tensors_.end() ? nullptr : &found->second;
}

}  // namespace crystallite
