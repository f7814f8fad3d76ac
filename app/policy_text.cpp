#include "app/policy_text.h"

#include "app/conversions.h"

#include <algorithm>
#include <array>

namespace crystallite {
namespace {

struct OptionWords {
    std::string_view option;
    const char* label;
    const char* text;
};

// Here, and not taken from the engine, so that they can be translated.
constexpr std::array kOptions = {
    OptionWords{"top_p", QT_TRANSLATE_NOOP("crystallite", "Top-p"),
                QT_TRANSLATE_NOOP("crystallite", "Tokens are drawn from the fewest that have this probability together; 1: from all")},
    OptionWords{"top_k", QT_TRANSLATE_NOOP("crystallite", "Top-k"),
                QT_TRANSLATE_NOOP("crystallite", "Tokens are drawn from so many of the most probable; 0: from all")},
    OptionWords{"alg_temp", QT_TRANSLATE_NOOP("crystallite", "Order noise"),
                QT_TRANSLATE_NOOP("crystallite", "Lets chance speak in the order of the slots; 0: never")},
    OptionWords{"eps", QT_TRANSLATE_NOOP("crystallite", "Last time"),
                QT_TRANSLATE_NOOP("crystallite", "The time at which the last step ends")},
    OptionWords{"threshold", QT_TRANSLATE_NOOP("crystallite", "Threshold"),
                QT_TRANSLATE_NOOP("crystallite", "The probability from which a token is sure")},
    OptionWords{"factor", QT_TRANSLATE_NOOP("crystallite", "Factor"),
                QT_TRANSLATE_NOOP("crystallite", "How bold it is to commit several slots at once; 1 is as safe as one by one")},
    OptionWords{"entropy_bound", QT_TRANSLATE_NOOP("crystallite", "Entropy bound"),
                QT_TRANSLATE_NOOP("crystallite", "The entropy in nats that the slots of a step may have together")},
    OptionWords{"kl_bound", QT_TRANSLATE_NOOP("crystallite", "KL bound"),
                QT_TRANSLATE_NOOP("crystallite", "The change in nats per step up to which a slot counts as settled")},
    OptionWords{"kl_history", QT_TRANSLATE_NOOP("crystallite", "KL steps"),
                QT_TRANSLATE_NOOP("crystallite", "For so many steps a slot must have been settled")},
    OptionWords{"eta", QT_TRANSLATE_NOOP("crystallite", "Eta"), QT_TRANSLATE_NOOP("crystallite", "How often tokens are withdrawn")},
    OptionWords{"t_on", QT_TRANSLATE_NOOP("crystallite", "Loop from"),
                QT_TRANSLATE_NOOP("crystallite", "The time at which the loop begins; it falls from 1 to 0")},
    OptionWords{"t_off", QT_TRANSLATE_NOOP("crystallite", "Loop to"), QT_TRANSLATE_NOOP("crystallite", "The time at which the loop ends")},
    OptionWords{"alpha_on", QT_TRANSLATE_NOOP("crystallite", "Alpha in loop"),
                QT_TRANSLATE_NOOP("crystallite", "The share of tokens that is held during the loop")},
    OptionWords{"threshold_back", QT_TRANSLATE_NOOP("crystallite", "Withdraw at"),
                QT_TRANSLATE_NOOP("crystallite", "The probability below which a token is withdrawn")},
    OptionWords{"block_steps", QT_TRANSLATE_NOOP("crystallite", "Steps per block"),
                QT_TRANSLATE_NOOP("crystallite", "In so many steps a block is filled; 0: one per slot")},
    OptionWords{"sub_block", QT_TRANSLATE_NOOP("crystallite", "Sub-block"),
                QT_TRANSLATE_NOOP("crystallite", "The slots of the parts in which a block is denoised")},
    OptionWords{"edit_threshold", QT_TRANSLATE_NOOP("crystallite", "Exchange at"),
                QT_TRANSLATE_NOOP("crystallite", "The probability above which a token takes another one's place; 0: always")},
    OptionWords{"max_post_steps", QT_TRANSLATE_NOOP("crystallite", "Last exchanges"),
                QT_TRANSLATE_NOOP("crystallite", "The steps over a full block until its tokens are left alone")},
    OptionWords{"max_length", QT_TRANSLATE_NOOP("crystallite", "Grows to"),
                QT_TRANSLATE_NOOP("crystallite", "The slots to which the answer may grow")},
    OptionWords{"expand_budget", QT_TRANSLATE_NOOP("crystallite", "Expansions"),
                QT_TRANSLATE_NOOP("crystallite", "How often slots may be added")},
    OptionWords{"cfg_scale", QT_TRANSLATE_NOOP("crystallite", "Guidance"),
                QT_TRANSLATE_NOOP("crystallite", "How much more the prompt counts; 0: no more, and one pass per step instead of two")},
    OptionWords{"logits_eos_inf", QT_TRANSLATE_NOOP("crystallite", "Never end the text"),
                QT_TRANSLATE_NOOP("crystallite", "The text may not end")},
    OptionWords{"confidence_eos_eot_inf", QT_TRANSLATE_NOOP("crystallite", "Commit the end last"),
                QT_TRANSLATE_NOOP("crystallite", "The end of the text or of the turn commits last")},
    OptionWords{"strict_reference", QT_TRANSLATE_NOOP("crystallite", "Strict reference"),
                QT_TRANSLATE_NOOP("crystallite", "Does what the published code does, its quirks included")},
};

const OptionWords* find(std::string_view option) {
    const auto* const found =
        std::find_if(kOptions.begin(), kOptions.end(), [option](const OptionWords& words) { return words.option == option; });
    return found == kOptions.end() ? nullptr : found;
}

}  // namespace

QString policyText(DecodePolicy policy) {
    switch (policy) {
        case DecodePolicy::Llada: return translate("A fixed number of slots per step, the best first, block after block");
        case DecodePolicy::Dream: return translate("A share of the open slots per step, as the time falls");
        case DecodePolicy::Threshold: return translate("Every slot that is sure enough, the best one at least");
        case DecodePolicy::Factor: return translate("As many slots as are sure enough together");
        case DecodePolicy::EntropyBound: return translate("As many slots as have little entropy together");
        case DecodePolicy::Klass: return translate("Every slot that is sure and has stopped changing");
        case DecodePolicy::Remdm: return translate("Slots commit and are withdrawn by chance");
        case DecodePolicy::DreamOn: return translate("One slot per step; the model adds and removes slots");
        case DecodePolicy::Wino: return translate("Commits boldly and withdraws what the rest of the text does not confirm");
        case DecodePolicy::Dynamic: return translate("Every slot of the block that is sure enough, at least as many as its schedule has");
        case DecodePolicy::Llada2: return translate("As dynamic, with the threshold of LLaDA2.0");
        case DecodePolicy::Llada21: return translate("Every slot that is sure enough; tokens of the block are exchanged, too");
        case DecodePolicy::Bd3lm: return translate("A share of the block's open slots per step; the first block begins behind the prompt");
        case DecodePolicy::FastDllmV2: return translate("Every slot that is sure enough, in one part of the block after the other");
        case DecodePolicy::LeftToRight: return translate("One slot per step, the next one");
    }
    return {};
}

QString optionLabel(std::string_view option) {
    const OptionWords* const words = find(option);
    return words == nullptr ? toQString(option) : translate(words->label);
}

QString optionText(std::string_view option) {
    const OptionWords* const words = find(option);
    return words == nullptr ? QString() : translate(words->text);
}

}  // namespace crystallite
