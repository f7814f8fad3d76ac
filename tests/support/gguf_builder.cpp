#include "tests/support/gguf_builder.h"

#include "engine/base/assert.h"
#include "engine/text/byte_alphabet.h"
#include "engine/text/tokenizer_data.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <random>

namespace crystallite {
namespace {

constexpr uint64_t kAlignment = 32;

std::string countedText(std::string_view text) {
    return littleEndian(uint64_t{text.size()}).append(text);
}

void padTo(std::string& bytes, uint64_t alignment) {
    bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
}

/// Uniform numbers in [-1, 1) from the top 24 bits of a generator whose output the standard fixes.
class UniformSource {
public:
    explicit UniformSource(uint64_t seed) : engine_(seed) {}
    float next() { return static_cast<float>(engine_() >> 40U) * 0x1p-23F - 1.0F; }

private:
    std::mt19937_64 engine_;
};

std::string packedElement(WeightFormat format, float value) {
    if (format == WeightFormat::F16) {
        return littleEndian(halfFromFloat(value));
    }
    if (format == WeightFormat::BF16) {
        return littleEndian(bfloatFromFloat(value));
    }
    ENGINE_ASSERT(format == WeightFormat::F32);
    return littleEndian(value);
}

/// Adds tensors with random contents.
class RandomTensors {
public:
    RandomTensors(GgufBuilder& builder, uint64_t seed, WeightFormat format) : builder_(builder), source_(seed), format_(format) {}

    /// Variance 1 / inputs, which keeps the variance of what goes through: a uniform number in [-1, 1) has variance 1/3.
    void matrix(const std::string& name, uint32_t inputs, uint32_t outputs) {
        fill(name, {inputs, outputs}, format_, 0.0F, std::sqrt(3.0F / static_cast<float>(inputs)));
    }
    void norm(const std::string& name, uint32_t width) { fill(name, {width}, WeightFormat::F32, 1.0F, 0.1F); }

private:
    void fill(const std::string& name, const std::vector<uint64_t>& dimensions, WeightFormat format, float mean, float spread) {
        uint64_t elements = 1;
        for (const uint64_t dimension : dimensions) {
            elements *= dimension;
        }
        std::string bytes;
        for (uint64_t i = 0; i < elements; ++i) {
            bytes += packedElement(format, mean + spread * source_.next());
        }
        builder_.tensor(name, dimensions, static_cast<uint32_t>(format), bytes);
    }

    GgufBuilder& builder_;
    UniformSource source_;
    WeightFormat format_;
};

void addTokenizer(GgufBuilder& builder, uint32_t vocabulary) {
    const std::vector<std::string> merges = {"Ġ t", "h e", "Ġt he", "i n", "a n"};
    std::vector<std::string> tokens = {"<|mask|>", "<|pad|>", "<|eot|>"};
    std::vector<int32_t> kinds(tokens.size(), static_cast<int32_t>(TokenKind::Control));
    for (uint32_t byte = 0; byte < 256; ++byte) {
        const char character = static_cast<char>(byte);
        tokens.push_back(writtenBytes({&character, 1}));
    }
    for (const std::string& merge : merges) {
        const size_t gap = merge.find(' ');
        tokens.push_back(merge.substr(0, gap) + merge.substr(gap + 1));
    }
    kinds.resize(tokens.size(), static_cast<int32_t>(TokenKind::Normal));
    ENGINE_ASSERT(vocabulary >= tokens.size());
    while (tokens.size() < vocabulary) {
        tokens.push_back("[PAD" + std::to_string(tokens.size()) + "]");
    }
    kinds.resize(tokens.size(), static_cast<int32_t>(TokenKind::Unused));
    builder.text("tokenizer.ggml.model", "gpt2")
        .text("tokenizer.ggml.pre", "gpt-2")
        .texts("tokenizer.ggml.tokens", tokens)
        .numbers("tokenizer.ggml.token_type", kinds)
        .texts("tokenizer.ggml.merges", merges)
        .number("tokenizer.ggml.eos_token_id", 2)
        .number("tokenizer.ggml.padding_token_id", 1)
        .number("tokenizer.ggml.mask_token_id", 0);
}

}  // namespace

GgufBuilder& GgufBuilder::raw(std::string_view key, uint32_t typeTag, std::string_view value) {
    entries_.push_back({std::string(key), littleEndian(typeTag).append(value)});
    return *this;
}

GgufBuilder& GgufBuilder::number(std::string_view key, uint32_t value) {
    return raw(key, 4, littleEndian(value));
}

GgufBuilder& GgufBuilder::signedNumber(std::string_view key, int32_t value) {
    return raw(key, 5, littleEndian(value));
}

GgufBuilder& GgufBuilder::real(std::string_view key, float value) {
    return raw(key, 6, littleEndian(value));
}

GgufBuilder& GgufBuilder::flag(std::string_view key, bool value) {
    return raw(key, 7, littleEndian(uint8_t{value}));
}

GgufBuilder& GgufBuilder::text(std::string_view key, std::string_view value) {
    return raw(key, 8, countedText(value));
}

GgufBuilder& GgufBuilder::numbers(std::string_view key, const std::vector<int32_t>& values) {
    std::string array = littleEndian(uint32_t{5}) + littleEndian(uint64_t{values.size()});
    for (const int32_t value : values) {
        array += littleEndian(value);
    }
    return raw(key, 9, array);
}

GgufBuilder& GgufBuilder::texts(std::string_view key, const std::vector<std::string>& values) {
    std::string array = littleEndian(uint32_t{8}) + littleEndian(uint64_t{values.size()});
    for (const std::string& value : values) {
        array += countedText(value);
    }
    return raw(key, 9, array);
}

GgufBuilder& GgufBuilder::without(std::string_view key) {
    std::erase_if(entries_, [key](const Entry& entry) { return entry.key == key; });
    return *this;
}

GgufBuilder& GgufBuilder::tensorAt(std::string_view name, const std::vector<uint64_t>& dimensions, uint32_t typeTag, uint64_t offset) {
    ++tensors_;
    table_ += countedText(name) + littleEndian(static_cast<uint32_t>(dimensions.size()));
    for (const uint64_t dimension : dimensions) {
        table_ += littleEndian(dimension);
    }
    table_ += littleEndian(typeTag) + littleEndian(offset);
    return *this;
}

GgufBuilder& GgufBuilder::tensor(std::string_view name, const std::vector<uint64_t>& dimensions, uint32_t typeTag, std::string_view bytes) {
    padTo(data_, kAlignment);
    tensorAt(name, dimensions, typeTag, data_.size());
    data_.append(bytes);
    return *this;
}

std::vector<std::byte> GgufBuilder::build(uint32_t version) const {
    std::string file = "GGUF" + littleEndian(version) + littleEndian(tensors_) + littleEndian(uint64_t{entries_.size()});
    for (const Entry& entry : entries_) {
        file += countedText(entry.key) + entry.bytes;
    }
    file += table_;
    padTo(file, kAlignment);
    file += data_;
    std::vector<std::byte> bytes(file.size());
    std::memcpy(bytes.data(), file.data(), file.size());
    return bytes;
}

GgufBuilder randomLladaBuilder(const LladaSizes& sizes, uint64_t seed, WeightFormat format) {
    GgufBuilder builder;
    const std::string prefix = sizes.architecture + ".";
    builder.text("general.architecture", sizes.architecture)
        .text("general.name", "random " + sizes.architecture)
        .number(prefix + "block_count", sizes.layers)
        .number(prefix + "context_length", sizes.contextLength)
        .number(prefix + "embedding_length", sizes.width)
        .number(prefix + "feed_forward_length", sizes.feedForward)
        .number(prefix + "attention.head_count", sizes.heads)
        .number(prefix + "attention.head_count_kv", sizes.kvHeads)
        .real(prefix + "attention.layer_norm_rms_epsilon", 1e-5F)
        .flag(prefix + "attention.causal", sizes.causal)
        .real(prefix + "rope.freq_base", 10000.0F)
        .flag("diffusion.shift_logits", sizes.shiftLogits);
    if (!sizes.rope) {
        builder.number(prefix + "rope.dimension_count", 0);
    }
    addTokenizer(builder, sizes.vocabulary);

    const uint32_t keyWidth = sizes.width / sizes.heads * sizes.kvHeads;
    RandomTensors tensors(builder, seed, format);
    tensors.matrix("token_embd.weight", sizes.width, sizes.vocabulary);
    if (sizes.learnedPositions) {
        tensors.matrix("position_embd.weight", sizes.width, sizes.contextLength);
    }
    tensors.norm("output_norm.weight", sizes.width);
    if (!sizes.tiedHead) {
        tensors.matrix("output.weight", sizes.width, sizes.vocabulary);
    }
    for (uint32_t layer = 0; layer < sizes.layers; ++layer) {
        const std::string block = "blk." + std::to_string(layer) + ".";
        tensors.norm(block + "attn_norm.weight", sizes.width);
        tensors.matrix(block + "attn_q.weight", sizes.width, sizes.width);
        tensors.matrix(block + "attn_k.weight", sizes.width, keyWidth);
        tensors.matrix(block + "attn_v.weight", sizes.width, keyWidth);
        tensors.matrix(block + "attn_output.weight", sizes.width, sizes.width);
        tensors.norm(block + "ffn_norm.weight", sizes.width);
        tensors.matrix(block + "ffn_gate.weight", sizes.width, sizes.feedForward);
        tensors.matrix(block + "ffn_up.weight", sizes.width, sizes.feedForward);
        tensors.matrix(block + "ffn_down.weight", sizes.feedForward, sizes.width);
    }
    return builder;
}

std::vector<std::byte> randomLlada(const LladaSizes& sizes, uint64_t seed, WeightFormat format) {
    return randomLladaBuilder(sizes, seed, format).build();
}

void writeFile(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    ENGINE_ASSERT(file.good());
}

}  // namespace crystallite
