#include "engine/text/byte_pair_encoder.h"

#include "engine/text/byte_alphabet.h"

#include <algorithm>
#include <string>
#include <utility>

namespace crystallite {

BytePairEncoder::BytePairEncoder(VocabularyIndex index) : index_(std::move(index)) {
    for (size_t byte = 0; byte < idOfByte_.size(); ++byte) {
        const char character = static_cast<char>(byte);
        idOfByte_[byte] = findWhole({&character, 1});
    }
}

Result<BytePairEncoder> BytePairEncoder::create(const TokenizerData& data) {
    Result<VocabularyIndex> index = VocabularyIndex::create(data);
    if (!index) {
        return index.error();
    }
    BytePairEncoder encoder(std::move(index).value());
    const auto* const absent = std::find(encoder.idOfByte_.begin(), encoder.idOfByte_.end(), SymbolMerger::kNoToken);
    if (absent != encoder.idOfByte_.end()) {
        return Error{ErrorKind::Corrupt, "the vocabulary has no token for the byte " + std::to_string(absent - encoder.idOfByte_.begin()) +
                                             "; a byte-level vocabulary needs one for each of the 256"};
    }
    return encoder;
}

TokenId BytePairEncoder::findWhole(std::string_view word) const {
    return index_.find(writtenBytes(word));
}

void BytePairEncoder::encode(std::string_view word, std::vector<TokenId>& ids) const {
    SymbolMerger merger;
    for (const char byte : word) {
        merger.append(idOfByte_[static_cast<uint8_t>(byte)], 1);
    }
    merger.mergeAll(
        [this](const SymbolMerger::Symbol& left, const SymbolMerger::Symbol& right) { return index_.findMerge(left.id, right.id); });
    merger.forEach([&ids](const SymbolMerger::Symbol& symbol) { ids.push_back(symbol.id); });
}

}  // namespace crystallite
