#include "engine/evaluation/ngram.h"

#include <cmath>

namespace crystallite {

void NgramBaseline::learn(std::span<const TokenId> document) {
    for (size_t i = 1; i < document.size(); ++i) {
        ++unigrams_[document[i]];
        ++contexts_[document[i - 1]];
        ++total_;
        if (++bigrams_[{document[i - 1], document[i]}] == 1) {
            ++followers_[document[i - 1]];
        }
    }
}

double NgramBaseline::unigram(TokenId token) const {
    return static_cast<double>(unigrams_[token] + 1) / static_cast<double>(total_ + unigrams_.size());
}

double NgramBaseline::unigramNll(std::span<const TokenId> document) const {
    double nll = 0.0;
    for (const TokenId token : document.subspan(document.empty() ? 0 : 1)) {
        nll -= std::log(unigram(token));
    }
    return nll;
}

double NgramBaseline::bigramNll(std::span<const TokenId> document) const {
    double nll = 0.0;
    for (size_t i = 1; i < document.size(); ++i) {
        const TokenId before = document[i - 1];
        const auto found = bigrams_.find({before, document[i]});
        const double seen = found == bigrams_.end() ? 0.0 : static_cast<double>(found->second);
        const auto kinds = static_cast<double>(followers_[before]);
        const auto times = static_cast<double>(contexts_[before]);
        nll -= std::log(times == 0.0 ? unigram(document[i]) : (seen + kinds * unigram(document[i])) / (times + kinds));
    }
    return nll;
}

}  // namespace crystallite
