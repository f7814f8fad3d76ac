#include "engine/formats/gguf_file.h"

#include "engine/base/in_quotes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <set>
#include <string>
#include <utility>

namespace crystallite {
namespace {

constexpr uint64_t kDefaultAlignment = 32;
constexpr uint64_t kLargestAlignment = 1U << 20U;
constexpr uint32_t kMostDimensions = 4;

/// Smallest encodings: a one-byte key with a one-byte value, and a one-byte name with one dimension, a type and an offset.
constexpr uint64_t kLeastMetadataBytes = 8 + 1 + 4 + 1;
constexpr uint64_t kLeastTensorBytes = 8 + 1 + 4 + 8 + 4 + 8;

std::optional<uint64_t> product(uint64_t a, uint64_t b) {
    if (b != 0 && a > std::numeric_limits<uint64_t>::max() / b) {
        return std::nullopt;
    }
    return a * b;
}

/// ggml's name of a type tag, for messages about types that are not supported.
std::string typeName(uint32_t tag) {
    constexpr std::array<std::pair<uint32_t, std::string_view>, 16> kNames = {{{9, "Q8_1"},
                                                                               {15, "Q8_K"},
                                                                               {16, "IQ2_XXS"},
                                                                               {17, "IQ2_XS"},
                                                                               {18, "IQ3_XXS"},
                                                                               {19, "IQ1_S"},
                                                                               {21, "IQ3_S"},
                                                                               {22, "IQ2_S"},
                                                                               {24, "I8"},
                                                                               {25, "I16"},
                                                                               {26, "I32"},
                                                                               {27, "I64"},
                                                                               {28, "F64"},
                                                                               {29, "IQ1_M"},
                                                                               {34, "TQ1_0"},
                                                                               {35, "TQ2_0"}}};
    for (const auto& [known, name] : kNames) {
        if (known == tag) {
            return std::string(name);
        }
    }
    return "of unknown type " + std::to_string(tag);
}

std::string supportedFormatNames() {
    std::string names;
    for (const WeightFormat format : kWeightFormats) {
        names.append(names.empty() ? "" : ", ").append(layoutOf(format).name);
    }
    return names;
}

/// Offset of a tensor's bytes from the start of the data section, before it is known whether they lie inside the file.
struct TensorPlace {
    uint64_t offset = 0;
    uint64_t bytes = 0;
};

class Parser {
public:
    Parser(std::span<const std::byte> bytes, std::string_view name) : file_(bytes), reader_(bytes), name_(name) {}

    Result<void> header();
    Result<void> metadata(std::map<std::string_view, GgufValue>& values);
    Result<void> tensorTable(std::vector<StoredTensor>& tensors);
    Result<void> placeTensors(const std::map<std::string_view, GgufValue>& values, std::vector<StoredTensor>& tensors);

private:
    [[nodiscard]] Error corrupt(const std::string& what) const {
        return {ErrorKind::Corrupt, inQuotes(name_) + " is damaged: " + what + "; copy or download the file again"};
    }
    [[nodiscard]] Error unsupported(const std::string& what) const { return {ErrorKind::Unsupported, inQuotes(name_) + " " + what}; }
    [[nodiscard]] Error cutShort(const std::string& where) const {
        return corrupt("it ends inside " + where + " (it has " + std::to_string(file_.size()) + " bytes)");
    }

    Result<GgufValue> value(std::string_view key, GgufType type);
    Result<GgufValue> array(std::string_view key);
    Result<TensorPlace> tensor(StoredTensor& tensor);
    Result<uint64_t> alignment(const std::map<std::string_view, GgufValue>& values) const;
    Result<void> refuseOverlaps(const std::vector<StoredTensor>& tensors) const;

    std::span<const std::byte> file_;
    ByteReader reader_;
    std::string_view name_;
    uint64_t metadataCount_ = 0;
    uint64_t tensorCount_ = 0;
    std::vector<TensorPlace> places_;  // [tensors]
};

Result<void> Parser::header() {
    const std::span<const std::byte> magic = reader_.take(4);
    const std::string_view text(reinterpret_cast<const char*>(magic.data()), magic.size());
    if (text != "GGUF") {
        const std::string_view start(reinterpret_cast<const char*>(file_.data()), std::min<size_t>(file_.size(), 4));
        return unsupported("is not a GGUF file: it starts with " + inQuotes(start) +
                           "; choose a GGUF file, or the folder of a Hugging Face model");
    }
    const auto version = reader_.number<uint32_t>();
    if (version != 0 && (version & 0xffffU) == 0) {
        return unsupported("is a big-endian GGUF file; this build reads little-endian files");
    }
    if (!reader_.failed() && version != 2 && version != 3) {
        return unsupported("is GGUF version " + std::to_string(version) + "; this build reads versions 2 and 3");
    }
    tensorCount_ = reader_.number<uint64_t>();
    metadataCount_ = reader_.number<uint64_t>();
    if (reader_.failed()) {
        return cutShort("the header");
    }
    if (metadataCount_ > reader_.remaining() / kLeastMetadataBytes || tensorCount_ > reader_.remaining() / kLeastTensorBytes) {
        return corrupt("it announces " + std::to_string(metadataCount_) + " metadata values and " + std::to_string(tensorCount_) +
                       " tensors, more than " + std::to_string(file_.size()) + " bytes can hold");
    }
    return {};
}

Result<GgufValue> Parser::array(std::string_view key) {
    const auto elementType = static_cast<GgufType>(reader_.number<uint32_t>());
    const auto count = reader_.number<uint64_t>();
    if (elementType == GgufType::Array) {
        return unsupported("holds an array of arrays under " + inQuotes(key) + "; no known model needs one");
    }
    if (elementType != GgufType::String && scalarBytes(elementType) == 0) {
        return corrupt("the array " + inQuotes(key) + " has elements of unknown type " +
                       std::to_string(static_cast<uint32_t>(elementType)));
    }
    const uint64_t begin = reader_.position();
    if (elementType == GgufType::String) {
        for (uint64_t i = 0; i < count && !reader_.failed(); ++i) {
            static_cast<void>(reader_.text());
        }
    } else {
        // A product that overflows is longer than any file, and so is what stands for it.
        reader_.take(product(count, scalarBytes(elementType)).value_or(std::numeric_limits<uint64_t>::max()));
    }
    if (reader_.failed()) {
        return cutShort("the array " + inQuotes(key));
    }
    return GgufValue(GgufArray{elementType, count, file_.subspan(begin, reader_.position() - begin)});
}

Result<GgufValue> Parser::value(std::string_view key, GgufType type) {
    if (type == GgufType::Array) {
        return array(key);
    }
    if (type != GgufType::String && scalarBytes(type) == 0) {
        return corrupt("metadata " + inQuotes(key) + " has unknown type " + std::to_string(static_cast<uint32_t>(type)));
    }
    const GgufValue value = type == GgufType::String ? GgufValue(reader_.text()) : readScalar(reader_, type);
    if (reader_.failed()) {
        return cutShort("metadata " + inQuotes(key));
    }
    return value;
}

Result<void> Parser::metadata(std::map<std::string_view, GgufValue>& values) {
    for (uint64_t i = 0; i < metadataCount_; ++i) {
        const std::string_view key = reader_.text();
        const auto type = static_cast<GgufType>(reader_.number<uint32_t>());
        if (reader_.failed()) {
            return cutShort("the metadata");
        }
        const Result<GgufValue> parsed = value(key, type);
        if (!parsed) {
            return parsed.error();
        }
        if (!values.emplace(key, *parsed).second) {
            return corrupt("metadata " + inQuotes(key) + " appears twice");
        }
    }
    return {};
}

Result<TensorPlace> Parser::tensor(StoredTensor& tensor) {
    tensor.name = reader_.text();
    const auto dimensions = reader_.number<uint32_t>();
    if (!reader_.failed() && (dimensions == 0 || dimensions > kMostDimensions)) {
        return corrupt("tensor " + inQuotes(tensor.name) + " has " + std::to_string(dimensions) + " dimensions; 1 to 4 are possible");
    }
    std::optional<uint64_t> elements = 1;
    for (uint32_t i = 0; i < dimensions && !reader_.failed(); ++i) {
        tensor.dimensions.push_back(reader_.number<uint64_t>());
        elements = elements ? product(*elements, tensor.dimensions.back()) : std::nullopt;
    }
    const auto tag = reader_.number<uint32_t>();
    const auto offset = reader_.number<uint64_t>();
    if (reader_.failed()) {
        return cutShort("the table of tensors");
    }
    const std::optional<WeightFormat> format = findWeightFormat(tag);
    if (!format) {
        return unsupported("stores tensor " + inQuotes(tensor.name) + " as " + typeName(tag) + "; this build computes with " +
                           supportedFormatNames() + ": choose a file in one of these");
    }
    tensor.format = *format;
    const WeightLayout layout = layoutOf(*format);
    const std::optional<uint64_t> bytes = elements ? product(*elements / layout.elementsPerBlock, layout.bytesPerBlock) : std::nullopt;
    if (!bytes || *bytes == 0) {
        return corrupt("the dimensions of tensor " + inQuotes(tensor.name) + " are impossible");
    }
    if (tensor.dimensions.front() % layout.elementsPerBlock != 0) {
        return corrupt("tensor " + inQuotes(tensor.name) + " has rows of " + std::to_string(tensor.dimensions.front()) + " weights, and " +
                       std::string(layout.name) + " stores them in blocks of " + std::to_string(layout.elementsPerBlock));
    }
    return TensorPlace{offset, *bytes};
}

Result<void> Parser::tensorTable(std::vector<StoredTensor>& tensors) {
    std::set<std::string> names;
    for (uint64_t i = 0; i < tensorCount_; ++i) {
        StoredTensor next;
        const Result<TensorPlace> place = tensor(next);
        if (!place) {
            return place.error();
        }
        if (!names.insert(next.name).second) {
            return corrupt("tensor " + inQuotes(next.name) + " appears twice");
        }
        places_.push_back(*place);
        tensors.push_back(std::move(next));
    }
    return {};
}

Result<uint64_t> Parser::alignment(const std::map<std::string_view, GgufValue>& values) const {
    const auto found = values.find("general.alignment");
    if (found == values.end()) {
        return kDefaultAlignment;
    }
    const uint64_t* const alignment = std::get_if<uint64_t>(&found->second);
    if (alignment == nullptr || *alignment < 8 || *alignment > kLargestAlignment || !std::has_single_bit(*alignment)) {
        return corrupt("general.alignment must be a power of two of at least 8");
    }
    return *alignment;
}

Result<void> Parser::refuseOverlaps(const std::vector<StoredTensor>& tensors) const {
    std::vector<size_t> order(tensors.size());
    for (size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::sort(order.begin(), order.end(), [this](size_t a, size_t b) { return places_[a].offset < places_[b].offset; });
    for (size_t i = 1; i < order.size(); ++i) {
        const TensorPlace& before = places_[order[i - 1]];
        if (before.offset + before.bytes > places_[order[i]].offset) {
            return corrupt("tensors " + inQuotes(tensors[order[i - 1]].name) + " and " + inQuotes(tensors[order[i]].name) +
                           " lie on the same bytes");
        }
    }
    return {};
}

Result<void> Parser::placeTensors(const std::map<std::string_view, GgufValue>& values, std::vector<StoredTensor>& tensors) {
    const Result<uint64_t> aligned = alignment(values);
    if (!aligned) {
        return aligned.error();
    }
    const uint64_t dataBegin = (reader_.position() + *aligned - 1) / *aligned * *aligned;
    const uint64_t dataBytes = dataBegin < file_.size() ? file_.size() - dataBegin : 0;
    for (size_t i = 0; i < tensors.size(); ++i) {
        const TensorPlace& place = places_[i];
        if (place.offset % *aligned != 0) {
            return corrupt("tensor " + inQuotes(tensors[i].name) + " starts at " + std::to_string(place.offset) +
                           ", which is no multiple of the alignment " + std::to_string(*aligned));
        }
        if (place.offset > dataBytes || place.bytes > dataBytes - place.offset) {
            return cutShort("tensor " + inQuotes(tensors[i].name));
        }
        tensors[i].bytes = file_.subspan(dataBegin + place.offset, place.bytes);
    }
    return refuseOverlaps(tensors);
}

}  // namespace

Result<GgufFile> GgufFile::parse(std::span<const std::byte> bytes, std::string_view name) {
    GgufFile file;
    Parser parser(bytes, name);
    Result<void> parsed = parser.header();
    if (parsed) {
        parsed = parser.metadata(file.metadata_);
    }
    if (parsed) {
        parsed = parser.tensorTable(file.tensors_);
    }
    if (parsed) {
        parsed = parser.placeTensors(file.metadata_, file.tensors_);
    }
    if (!parsed) {
        return parsed.error();
    }
    return file;
}

const GgufValue* GgufFile::find(std::string_view key) const {
    const auto found = metadata_.find(key);
    return found == metadata_.end() ? nullptr : &found->second;
}

}  // namespace crystallite
