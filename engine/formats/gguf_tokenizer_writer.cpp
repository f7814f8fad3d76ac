#include "engine/formats/gguf_writer.h"
#include "engine/formats/tokenizer_keys.h"

#include <algorithm>
#include <array>
#include <utility>

namespace crystallite {

void GgufHeader::setTokenizer(const TokenizerData& data) {
    set("tokenizer.ggml.model", data.model);
    if (!data.preTokenizer.empty()) {
        set("tokenizer.ggml.pre", data.preTokenizer);
    }
    setTexts("tokenizer.ggml.tokens", data.tokens);
    if (!data.kinds.empty()) {
        std::vector<int32_t> kinds(data.kinds.size());
        std::transform(data.kinds.begin(), data.kinds.end(), kinds.begin(), [](TokenKind kind) { return static_cast<int32_t>(kind); });
        setIntegers("tokenizer.ggml.token_type", kinds);
    }
    if (!data.scores.empty()) {
        setFloats("tokenizer.ggml.scores", data.scores);
    }
    if (!data.merges.empty()) {
        setTexts("tokenizer.ggml.merges", data.merges);
    }
    const std::array<std::pair<std::string_view, std::optional<TokenId>>, 5> ids = {{{"tokenizer.ggml.bos_token_id", data.bos},
                                                                                     {"tokenizer.ggml.eos_token_id", data.eos},
                                                                                     {"tokenizer.ggml.eot_token_id", data.eot},
                                                                                     {"tokenizer.ggml.padding_token_id", data.pad},
                                                                                     {"tokenizer.ggml.mask_token_id", data.mask}}};
    for (const auto& [key, id] : ids) {
        if (id) {
            set(key, uint64_t{*id});
        }
    }
    std::vector<int32_t> ends;
    for (const TokenId id : data.ends) {
        if (id < data.tokens.size()) {
            ends.push_back(static_cast<int32_t>(id));
        }
    }
    if (!ends.empty()) {
        setIntegers(kEndIdsKey, ends);
    }
    set("tokenizer.ggml.add_bos_token", data.addBos);
    set("tokenizer.ggml.add_eos_token", data.addEos);
    if (data.model == "llama") {
        set("tokenizer.ggml.add_space_prefix", data.spacePrefix != SpacePrefix::None);
    }
    if (data.spacePrefix == SpacePrefix::First) {
        set(kFirstSpacePrefixKey, true);
    }
    if (!data.splitExpressions.empty()) {
        setTexts(kSplitExpressionsKey, data.splitExpressions);
    }
    if (data.takesWholeWords) {
        set(kTakesWholeWordsKey, *data.takesWholeWords);
    }
    if (!data.addedRules.empty()) {
        std::vector<int32_t> rules;
        for (const AddedTokenRule& rule : data.addedRules) {
            rules.insert(rules.end(), {static_cast<int32_t>(rule.id), static_cast<int32_t>(packRule(rule))});
        }
        setIntegers(kAddedRulesKey, rules);
    }
    if (!data.chatTemplate.empty()) {
        set("tokenizer.chat_template", data.chatTemplate);
    }
}

}  // namespace crystallite
