#include "tests/support/hugging_face_files.h"

#include "engine/text/byte_alphabet.h"

#include <array>
#include <cstdio>
#include <cstring>

namespace crystallite {
namespace {

using nlohmann::json;

constexpr const char* kLlama3Expression =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* kSpaceMark = "\xe2\x96\x81";

std::string byteName(int byte) {
    std::array<char, 8> name{};
    std::snprintf(name.data(), name.size(), "<0x%02X>", static_cast<unsigned>(byte));
    return name.data();
}

void addMerges(json& model, const std::vector<std::string>& merges) {
    model["merges"] = merges;
    for (const std::string& merge : merges) {
        const size_t gap = merge.find(' ');
        model["vocab"][merge.substr(0, gap) + merge.substr(gap + 1)] = model["vocab"].size();
    }
}

json addedToken(size_t id, const std::string& content, bool special) {
    return {{"id", id},        {"content", content},  {"single_word", false}, {"lstrip", false},
            {"rstrip", false}, {"normalized", false}, {"special", special}};
}

std::string varint(uint64_t value) {
    std::string bytes;
    for (; value > 0x7f; value >>= 7U) {
        bytes.push_back(static_cast<char>(0x80U | (value & 0x7fU)));
    }
    bytes.push_back(static_cast<char>(value));
    return bytes;
}

std::string bytesField(uint32_t number, std::string_view bytes) {
    return varint(uint64_t{number} << 3U | 2U) + varint(bytes.size()) + std::string(bytes);
}
std::string numberField(uint32_t number, uint64_t value) {
    return varint(uint64_t{number} << 3U) + varint(value);
}

}  // namespace

json byteLevelTokenizerJson(const std::vector<std::string>& merges) {
    json model = {{"type", "BPE"}, {"byte_fallback", false}, {"ignore_merges", true}, {"vocab", json::object()}};
    for (int byte = 0; byte < 256; ++byte) {
        model["vocab"][writtenBytes(std::string(1, static_cast<char>(byte)))] = byte;
    }
    addMerges(model, merges);
    const size_t next = model["vocab"].size();
    const json split = {{"type", "Split"}, {"pattern", {{"Regex", kLlama3Expression}}}, {"behavior", "Isolated"}, {"invert", false}};
    const json byteLevel = {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", false}};
    return {{"version", "1.0"},
            {"added_tokens", json::array({addedToken(next, "<|mask|>", true), addedToken(next + 1, "<tool>", false)})},
            {"normalizer", {{"type", "NFC"}}},
            {"pre_tokenizer", {{"type", "Sequence"}, {"pretokenizers", json::array({split, byteLevel})}}},
            {"post_processor", nullptr},
            {"model", model}};
}

json characterTokenizerJson(const std::vector<std::string>& merges) {
    json model = {{"type", "BPE"}, {"byte_fallback", true}, {"vocab", {{"<unk>", 0}, {"<s>", 1}, {"</s>", 2}}}};
    for (int byte = 0; byte < 256; ++byte) {
        model["vocab"][byteName(byte)] = 3 + byte;
    }
    for (const char* character : {kSpaceMark, "a", "b"}) {
        model["vocab"][character] = model["vocab"].size();
    }
    addMerges(model, merges);
    const json prepend = {{"type", "Prepend"}, {"prepend", kSpaceMark}};
    const json replace = {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", kSpaceMark}};
    const json single = json::array({{{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}}, {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}});
    return {{"added_tokens", json::array({addedToken(0, "<unk>", true), addedToken(1, "<s>", true), addedToken(2, "</s>", true)})},
            {"normalizer", {{"type", "Sequence"}, {"normalizers", json::array({prepend, replace})}}},
            {"pre_tokenizer", nullptr},
            {"post_processor", {{"type", "TemplateProcessing"}, {"single", single}}},
            {"model", model}};
}

SentencePieceBuilder& SentencePieceBuilder::piece(std::string_view text, float score, uint32_t type) {
    std::string fields = bytesField(1, text);
    uint32_t bits = 0;
    std::memcpy(&bits, &score, sizeof(bits));
    fields += varint(uint64_t{2} << 3U | 5U);
    for (uint32_t shift = 0; shift < 32; shift += 8) {
        fields.push_back(static_cast<char>(bits >> shift & 0xffU));
    }
    pieces_ += bytesField(1, fields + numberField(3, type));
    return *this;
}

SentencePieceBuilder& SentencePieceBuilder::trainer(uint32_t field, uint64_t value) {
    trainer_ += numberField(field, value);
    return *this;
}

SentencePieceBuilder& SentencePieceBuilder::normalizer(uint32_t field, uint64_t value) {
    normalizer_ += numberField(field, value);
    return *this;
}

std::string SentencePieceBuilder::build() const {
    return pieces_ + bytesField(2, trainer_) + bytesField(3, normalizer_);
}

SentencePieceBuilder smallSentencePieceModel() {
    SentencePieceBuilder builder;
    builder.piece("<unk>", 0, 2).piece("<s>", 0, 3).piece("</s>", 0, 3);
    for (int byte = 0; byte < 256; ++byte) {
        builder.piece(byteName(byte), 0, 6);
    }
    builder.piece(kSpaceMark, -2).piece("a", -3).piece("b", -4).piece("ab", -1);
    constexpr uint64_t kNoId = ~uint64_t{0};  // -1
    builder.trainer(3, 2).trainer(35, 1).trainer(41, 1).trainer(42, 2).trainer(43, kNoId);
    return builder.normalizer(3, 1).normalizer(4, 0).normalizer(5, 1);
}

}  // namespace crystallite
