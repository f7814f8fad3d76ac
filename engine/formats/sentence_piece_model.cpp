#include "engine/formats/sentence_piece_model.h"

#include "engine/base/in_quotes.h"
#include "engine/formats/protobuf_reader.h"
#include "engine/text/sentence_piece_encoder.h"

#include <string>
#include <utility>

namespace crystallite {
namespace {

Error corrupt(const std::string& what) {
    return {ErrorKind::Corrupt, "tokenizer.model: " + what};
}
Error unsupported(const std::string& what) {
    return {ErrorKind::Unsupported, "tokenizer.model: " + what};
}

/// The settings that matter here, with SentencePiece's defaults. Field numbers are those of its sentencepiece_model.proto.
struct Settings {
    int64_t modelType = 1;  // unigram
    bool byteFallback = false;
    bool whiteSpaceIsSuffix = false;
    int64_t bos = 1, eos = 2, pad = -1;
    bool hasCharacterMap = false;
    bool addsSpacePrefix = true;
    bool removesExtraSpaces = true;
    bool writesSpaces = true;
};

void readTrainerField(const ProtobufReader::Field& field, Settings& settings) {
    switch (field.number) {
        case 3: settings.modelType = field.whole(); break;
        case 24: settings.whiteSpaceIsSuffix = field.value != 0; break;
        case 35: settings.byteFallback = field.value != 0; break;
        case 41: settings.bos = field.whole(); break;
        case 42: settings.eos = field.whole(); break;
        case 43: settings.pad = field.whole(); break;
        default: break;
    }
}

void readNormalizerField(const ProtobufReader::Field& field, Settings& settings) {
    switch (field.number) {
        case 2: settings.hasCharacterMap = !field.bytes.empty(); break;
        case 3: settings.addsSpacePrefix = field.value != 0; break;
        case 4: settings.removesExtraSpaces = field.value != 0; break;
        case 5: settings.writesSpaces = field.value != 0; break;
        default: break;
    }
}

template <typename Read>
Result<void> readMessage(std::span<const std::byte> bytes, Settings& settings, const Read& read) {
    ProtobufReader reader(bytes);
    while (const auto field = reader.next()) {
        read(*field, settings);
    }
    return reader.failed() ? Result<void>(corrupt("its settings are damaged")) : Result<void>();
}

/// User-defined pieces are looked for in the text as it is typed.
std::string typed(std::string_view piece) {
    std::string text;
    while (!piece.empty()) {
        const bool isSpace = piece.starts_with(kWrittenSpace);
        text.append(isSpace ? " " : piece.substr(0, 1));
        piece.remove_prefix(isSpace ? kWrittenSpace.size() : 1);
    }
    return text;
}

Result<void> readPiece(std::span<const std::byte> bytes, SentencePieceModel& model) {
    ProtobufReader reader(bytes);
    std::string_view piece;
    float score = 0.0F;
    uint64_t type = static_cast<uint64_t>(TokenKind::Normal);
    while (const auto field = reader.next()) {
        switch (field->number) {
            case 1: piece = field->text(); break;
            case 2: score = field->real(); break;
            case 3: type = field->value; break;
            default: break;
        }
    }
    const size_t id = model.data.scores.size();
    if (reader.failed() || type < static_cast<uint64_t>(TokenKind::Normal) || type > static_cast<uint64_t>(TokenKind::Byte)) {
        return corrupt("piece " + std::to_string(id) + " is damaged or of unknown type");
    }
    const auto kind = static_cast<TokenKind>(type);
    model.data.scores.push_back(score);
    return model.vocabulary.add(id, kind == TokenKind::UserDefined ? typed(piece) : std::string(piece), kind);
}

Result<void> checkSettings(const Settings& settings) {
    constexpr int64_t kBpe = 2;
    if (settings.modelType != kBpe) {
        return unsupported("the model is of type " + std::to_string(settings.modelType) + "; this build knows 2 (byte-pair encoding)");
    }
    if (!settings.byteFallback) {
        return unsupported("the vocabulary does not fall back to bytes (byte_fallback), so that it cannot write every text");
    }
    if (settings.hasCharacterMap || settings.removesExtraSpaces || !settings.writesSpaces || settings.whiteSpaceIsSuffix) {
        return unsupported(
            "the text is changed before it is split (a character map, fewer spaces, or spaces as suffixes); this build "
            "knows models that take it as it is");
    }
    return {};
}

std::optional<TokenId> roleOf(int64_t id, size_t tokens) {
    return id >= 0 && id < static_cast<int64_t>(tokens) ? std::optional(static_cast<TokenId>(id)) : std::nullopt;
}

}  // namespace

Result<SentencePieceModel> readSentencePieceModel(std::span<const std::byte> bytes) {
    SentencePieceModel model;
    Settings settings;
    ProtobufReader reader(bytes);
    while (const auto field = reader.next()) {
        Result<void> read;
        switch (field->number) {
            case 1: read = readPiece(field->bytes, model); break;
            case 2: read = readMessage(field->bytes, settings, readTrainerField); break;
            case 3: read = readMessage(field->bytes, settings, readNormalizerField); break;
            default: break;
        }
        if (!read) {
            return read.error();
        }
    }
    if (reader.failed()) {
        return corrupt("the message is damaged or cut short");
    }
    if (Result<void> checked = checkSettings(settings); !checked) {
        return checked.error();
    }
    TokenizerData& data = model.data;
    data.model = "llama";
    data.spacePrefix = settings.addsSpacePrefix ? SpacePrefix::Each : SpacePrefix::None;
    data.bos = roleOf(settings.bos, data.scores.size());
    data.eos = roleOf(settings.eos, data.scores.size());
    data.pad = roleOf(settings.pad, data.scores.size());
    return model;
}

}  // namespace crystallite
