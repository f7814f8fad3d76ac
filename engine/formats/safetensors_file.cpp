#include "engine/formats/safetensors_file.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/byte_reader.h"
#include "engine/formats/json_document.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace crystallite {
namespace {

/// The format's own limit for its header.
constexpr uint64_t kMostHeaderBytes = 100'000'000;
constexpr size_t kMostDimensions = 8;

/// Bytes of one element. The 4- and 6-bit types of newer files are absent: no weight of ours is stored in them.
constexpr std::array<std::pair<std::string_view, uint64_t>, 15> kTypes = {{{"BOOL", 1},
                                                                           {"U8", 1},
                                                                           {"I8", 1},
                                                                           {"F8_E4M3", 1},
                                                                           {"F8_E5M2", 1},
                                                                           {"F8_E8M0", 1},
                                                                           {"I16", 2},
                                                                           {"U16", 2},
                                                                           {"F16", 2},
                                                                           {"BF16", 2},
                                                                           {"I32", 4},
                                                                           {"U32", 4},
                                                                           {"F32", 4},
                                                                           {"F64", 8},
                                                                           {"I64", 8}}};

std::optional<uint64_t> elementBytes(std::string_view type) {
    const auto* const found = std::find_if(kTypes.begin(), kTypes.end(), [type](const auto& known) { return known.first == type; });
    return found == kTypes.end() ? std::nullopt : std::optional(found->second);
}

/// Whole numbers that JSON wrote as such; nothing for anything else.
std::optional<std::vector<uint64_t>> unsignedList(const nlohmann::json& entry, const char* key) {
    const auto found = entry.find(key);
    if (found == entry.end() || !found->is_array()) {
        return std::nullopt;
    }
    std::vector<uint64_t> numbers;
    for (const nlohmann::json& number : *found) {
        if (!number.is_number_unsigned()) {
            return std::nullopt;
        }
        numbers.push_back(number.get<uint64_t>());
    }
    return numbers;
}

class Parser {
public:
    Parser(std::span<const std::byte> bytes, std::string_view name) : file_(bytes), name_(name) {}

    Result<std::vector<SafetensorsTensor>> parse();

private:
    [[nodiscard]] Error corrupt(const std::string& what) const {
        return {ErrorKind::Corrupt, inQuotes(name_) + " is damaged: " + what + "; copy or download the file again"};
    }

    Result<nlohmann::json> header();
    Result<SafetensorsTensor> tensor(const std::string& name, const nlohmann::json& entry) const;
    Result<void> checkSize(const SafetensorsTensor& tensor) const;
    [[nodiscard]] Result<void> refuseGapsAndOverlaps(const std::vector<SafetensorsTensor>& tensors) const;

    std::span<const std::byte> file_;
    std::span<const std::byte> data_;
    std::string_view name_;
};

Result<nlohmann::json> Parser::header() {
    ByteReader reader(file_);
    const auto length = reader.number<uint64_t>();
    const bool startsLikeOne = file_.size() > 8 && file_[8] == std::byte{'{'};
    if (reader.failed() || (length > reader.remaining() && !startsLikeOne)) {
        return Error{ErrorKind::Unsupported, inQuotes(name_) + " is not a safetensors file: it does not start with the length of a header"};
    }
    if (length > kMostHeaderBytes) {
        return corrupt("it announces a header of " + std::to_string(length) + " bytes; at most " + std::to_string(kMostHeaderBytes) +
                       " are possible");
    }
    if (length > reader.remaining()) {
        return corrupt("it ends inside its header (it has " + std::to_string(file_.size()) + " bytes)");
    }
    const std::span<const std::byte> text = reader.take(length);
    data_ = reader.take(reader.remaining());
    Result<nlohmann::json> document = parseJsonDocument({reinterpret_cast<const char*>(text.data()), text.size()}, name_);
    if (document && !document->is_object()) {
        return corrupt("its header is not a table of tensors");
    }
    return document;
}

/// The bytes that the shape and type need against those that the offsets give.
Result<void> Parser::checkSize(const SafetensorsTensor& tensor) const {
    std::optional<uint64_t> bytes = elementBytes(tensor.type);
    if (!bytes) {
        return Error{ErrorKind::Unsupported, inQuotes(name_) + " stores tensor " + inQuotes(tensor.name) + " as " + inQuotes(tensor.type) +
                                                 ", which this build does not know; choose a file in F32, F16 or BF16"};
    }
    for (const uint64_t dimension : tensor.shape) {
        const bool overflows = dimension != 0 && *bytes > std::numeric_limits<uint64_t>::max() / dimension;
        if (overflows) {
            return corrupt("the shape of tensor " + inQuotes(tensor.name) + " is impossible");
        }
        *bytes *= dimension;
    }
    if (*bytes != tensor.bytes.size()) {
        return corrupt("tensor " + inQuotes(tensor.name) + " needs " + std::to_string(*bytes) + " bytes and has " +
                       std::to_string(tensor.bytes.size()));
    }
    return {};
}

Result<SafetensorsTensor> Parser::tensor(const std::string& name, const nlohmann::json& entry) const {
    const std::optional<std::vector<uint64_t>> shape = entry.is_object() ? unsignedList(entry, "shape") : std::nullopt;
    const std::optional<std::vector<uint64_t>> offsets = entry.is_object() ? unsignedList(entry, "data_offsets") : std::nullopt;
    const auto type = entry.is_object() ? entry.find("dtype") : entry.end();
    if (!shape || !offsets || offsets->size() != 2 || type == entry.end() || !type->is_string() || shape->size() > kMostDimensions) {
        return corrupt("the entry of tensor " + inQuotes(name) + " is not a type, a shape and two offsets");
    }
    const uint64_t begin = (*offsets)[0];
    const uint64_t end = (*offsets)[1];
    if (begin > end || end > data_.size()) {
        return corrupt("tensor " + inQuotes(name) + " lies at " + std::to_string(begin) + " to " + std::to_string(end) + " of " +
                       std::to_string(data_.size()) + " bytes");
    }
    SafetensorsTensor result{.name = name, .type = type->get<std::string>(), .shape = *shape, .bytes = data_.subspan(begin, end - begin)};
    const Result<void> sized = checkSize(result);
    if (!sized) {
        return sized.error();
    }
    return result;
}

/// The format allows neither: every byte behind the header belongs to exactly one tensor.
Result<void> Parser::refuseGapsAndOverlaps(const std::vector<SafetensorsTensor>& tensors) const {
    std::vector<const SafetensorsTensor*> order;
    for (const SafetensorsTensor& each : tensors) {
        order.push_back(&each);
    }
    // Empty tensors first where several start at the same byte.
    std::sort(order.begin(), order.end(), [](const SafetensorsTensor* a, const SafetensorsTensor* b) {
        return std::pair(a->bytes.data(), a->bytes.size()) < std::pair(b->bytes.data(), b->bytes.size());
    });
    const std::byte* next = data_.data();
    for (const SafetensorsTensor* each : order) {
        if (each->bytes.data() != next) {
            return corrupt("tensor " + inQuotes(each->name) +
                           (each->bytes.data() < next ? " lies on the bytes of another" : " does not follow the tensor before it"));
        }
        next += each->bytes.size();
    }
    if (next != data_.data() + data_.size()) {
        return corrupt("its last " + std::to_string(data_.data() + data_.size() - next) + " bytes belong to no tensor");
    }
    return {};
}

Result<std::vector<SafetensorsTensor>> Parser::parse() {
    const Result<nlohmann::json> table = header();
    if (!table) {
        return table.error();
    }
    std::vector<SafetensorsTensor> tensors;
    for (const auto& [name, entry] : table->items()) {
        if (name == "__metadata__") {
            continue;
        }
        Result<SafetensorsTensor> next = tensor(name, entry);
        if (!next) {
            return next.error();
        }
        tensors.push_back(std::move(next).value());
    }
    const Result<void> dense = refuseGapsAndOverlaps(tensors);
    if (!dense) {
        return dense.error();
    }
    return tensors;
}

}  // namespace

std::optional<WeightFormat> SafetensorsTensor::weightFormat() const {
    if (type == "F32") {
        return WeightFormat::F32;
    }
    if (type == "F16") {
        return WeightFormat::F16;
    }
    return type == "BF16" ? std::optional(WeightFormat::BF16) : std::nullopt;
}

Result<SafetensorsFile> SafetensorsFile::parse(std::span<const std::byte> bytes, std::string_view name) {
    Result<std::vector<SafetensorsTensor>> tensors = Parser(bytes, name).parse();
    if (!tensors) {
        return tensors.error();
    }
    SafetensorsFile file;
    file.tensors_ = std::move(tensors).value();
    return file;
}

}  // namespace crystallite
