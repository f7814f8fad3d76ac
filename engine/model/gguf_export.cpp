#include "engine/model/gguf_export.h"

#include "engine/base/in_quotes.h"
#include "engine/base/output_file.h"
#include "engine/formats/gguf_writer.h"
#include "engine/formats/tensor_encoder.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace crystallite {
namespace {

/// llama.cpp's name of the model's architecture where it runs the family, else the one it has.
std::string architectureFor(const ModelConfig& config) {
    return config.family == "dreamon" ? "dream" : config.architecture;
}

/// These architectures mean interleaved pairs to every reader.
bool turnsPairs(const ModelConfig& config) {
    const bool interleaves = config.architecture == "llada" || config.architecture == "llama";
    return interleaves && config.ropePairing == RopePairing::HalfSplit;
}

/// Keys that are about the file that was read or that are written from elsewhere.
bool isOwnBusiness(std::string_view key) {
    return key.starts_with("tokenizer.") || key.starts_with("crystallite.tokenizer.") || key.starts_with("split.") ||
           key == "general.architecture" || key == "general.alignment" || key == "general.file_type" ||
           key == "general.quantization_version";
}

std::optional<MetadataValue> valueOf(const ModelSource& source, std::string_view key) {
    if (auto text = source.findString(key)) {
        return *std::move(text);
    }
    if (const auto flag = source.findBool(key)) {
        return *flag;
    }
    if (const auto whole = source.findUnsigned(key)) {
        return *whole;
    }
    const auto real = source.findFloat(key);
    return real ? std::optional<MetadataValue>(*real) : std::nullopt;
}

/// The keys of the source under the architecture that is written.
void setMetadata(GgufHeader& header, const ModelSource& source, const ModelConfig& config) {
    const std::string architecture = architectureFor(config);
    const std::string prefix = config.architecture + ".";
    header.set("general.architecture", architecture);
    for (const std::string& key : source.keys()) {
        const std::optional<MetadataValue> value = isOwnBusiness(key) ? std::nullopt : valueOf(source, key);
        if (!value || (key == kRopePairingKey && turnsPairs(config))) {
            continue;
        }
        header.set(key.starts_with(prefix) ? architecture + key.substr(config.architecture.size()) : key, *value);
    }
    if (!source.findUnsigned(prefix + "vocab_size")) {
        header.set(architecture + ".vocab_size", uint64_t{config.vocabulary});
    }
    // Their absence means something else to some readers.
    if (!source.findBool("diffusion.shift_logits")) {
        header.set("diffusion.shift_logits", config.shiftLogits);
    }
    if (!source.findBool(prefix + "attention.causal")) {
        header.set(architecture + ".attention.causal", config.isAutoregressive());
    }
    if (config.blockLength > 0 && !source.findUnsigned("diffusion.block_length")) {
        header.set("diffusion.block_length", uint64_t{config.blockLength});
    }
}

constexpr uint64_t kQuantizationVersion = 2;  // of the block layouts, in every file since 2023

WeightFormat formatFor(const StoredTensor& tensor, std::optional<WeightFormat> quantize, const ModelConfig& config) {
    // llama.cpp keeps routers in F32, and its readers expect that.
    if (tensor.dimensions.size() < 2 || tensor.name.ends_with(".ffn_gate_inp.weight")) {
        return WeightFormat::F32;
    }
    return quantize ? formatWhenQuantized(tensor, *quantize, config.tiedHead, config.layers) : tensor.format;
}

/// Embedding tables are often padded beyond their tokenizer. llama.cpp takes the length of the token list for the number of their rows, and
/// its own converter fills the list with such names.
void padVocabulary(TokenizerData& data, uint32_t rows) {
    if (data.tokens.size() >= rows) {
        return;
    }
    if (data.kinds.empty()) {
        data.kinds.assign(data.tokens.size(), TokenKind::Normal);
    }
    data.kinds.resize(rows, TokenKind::Unused);
    if (!data.scores.empty()) {
        data.scores.resize(rows, 0.0F);
    }
    while (data.tokens.size() < rows) {
        data.tokens.push_back("[PAD" + std::to_string(data.tokens.size()) + "]");
    }
}

uint64_t tokenizerBytes(const TokenizerData& data) {
    uint64_t bytes = 0;
    for (const std::vector<std::string>* const list : {&data.tokens, &data.merges}) {
        for (const std::string& text : *list) {
            bytes += sizeof(std::string) + text.size();
        }
    }
    return bytes;
}

}  // namespace

uint64_t rowOfInterleavedPairs(uint64_t row, uint64_t headDim, uint64_t rotaryDims) {
    const uint64_t inHead = row % headDim;
    if (inHead >= rotaryDims) {
        return row;
    }
    return row - inHead + inHead / 2 + inHead % 2 * (rotaryDims / 2);
}

Result<GgufExport> GgufExport::plan(const ModelSource& source, const ModelConfig& config, std::optional<WeightFormat> quantize) {
    Result<TokenizerData> tokenizer = source.tokenizer();
    if (!tokenizer) {
        return tokenizer.error();
    }
    tokenizer->mask = config.hasMask ? std::optional(config.maskId) : std::nullopt;
    padVocabulary(*tokenizer, config.vocabulary);
    GgufExport result(config);
    GgufHeader header;
    setMetadata(header, source, config);
    header.setTokenizer(*tokenizer);
    bool anyQuantized = false;
    uint64_t largestRow = 0;
    for (const StoredTensor& tensor : source.tensors()) {
        const WeightFormat format = formatFor(tensor, quantize, config);
        const bool isQueryOrKey = tensor.name.ends_with(".attn_q.weight") || tensor.name.ends_with(".attn_k.weight");
        result.items_.push_back({&tensor, format, turnsPairs(config) && isQueryOrKey});
        anyQuantized = anyQuantized || isQuantized(format);
        largestRow = std::max(largestRow, tensor.dimensions.front());
    }
    if (anyQuantized) {
        header.set("general.quantization_version", kQuantizationVersion);
    }
    for (const Item& item : result.items_) {
        header.addTensor(item.tensor->name, item.tensor->dimensions, item.format, TensorEncoder(*item.tensor, item.format).bytes());
    }
    result.header_ = header.bytes();
    const uint64_t scratch = kEncodedBytesAtATime + largestRow * sizeof(float) * std::thread::hardware_concurrency();
    result.sizes_ = {.fileBytes = header.fileBytes(),
                     .peakBytes = source.ownedBytes() + 2 * tokenizerBytes(*tokenizer) + 2 * result.header_.size() + scratch};
    return result;
}

Result<void> GgufExport::write(const std::filesystem::path& path, const std::function<void(double)>& progress, std::stop_token stop) const {
    Result<OutputFile> file = OutputFile::create(path, sizes_.fileBytes);
    if (!file) {
        return file.error();
    }
    Result<void> written = file->write(std::as_bytes(std::span(header_)));
    ThreadPool pool(std::max(std::thread::hardware_concurrency(), 1U));
    std::vector<std::byte> rows;
    uint64_t done = header_.size();
    for (size_t i = 0; i < items_.size() && written; ++i) {
        const Item& item = items_[i];
        const auto sourceRow = [this](uint64_t row) { return rowOfInterleavedPairs(row, config_.headDim, config_.rotaryDims); };
        const TensorEncoder encoder(*item.tensor, item.format, item.turnsPairs ? TensorEncoder::RowOrder(sourceRow) : nullptr);
        for (uint64_t first = 0; first < encoder.rows() && written; first += encoder.rowsAtATime()) {
            const uint64_t count = std::min(encoder.rowsAtATime(), encoder.rows() - first);
            rows.resize(count * encoder.bytesPerRow());
            written = encoder.encode(pool, first, count, rows);
            done += rows.size();
            const bool isLast = first + count == encoder.rows();
            rows.resize(rows.size() + (isLast ? ggufPadding(encoder.bytes()) : 0));
            written = written ? file->write(rows) : written;
            if (progress) {
                progress(static_cast<double>(done) / static_cast<double>(sizes_.fileBytes));
            }
            if (stop.stop_requested()) {
                return Error{ErrorKind::Cancelled,
                             "writing " + inQuotes(path.filename().string()) + " was stopped; nothing was left behind"};
            }
        }
    }
    return written ? file->finish() : written;
}

}  // namespace crystallite
