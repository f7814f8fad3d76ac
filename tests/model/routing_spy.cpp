#include "tests/model/routing_spy.h"

#include <cstring>
#include <utility>

namespace crystallite {
namespace {

/// Where the words of one route() come back.
struct Copy {
    RoutingSpy::Seen seen;
    std::unique_ptr<Buffer> experts, weights;
};

/// Hands every operation on. The words of the experts travel as if they were floats: readTensor() copies bits.
class SpyingPass final : public Pass {
public:
    SpyingPass(Pass& pass, Backend& backend, std::vector<Copy>& copies) : pass_(pass), backend_(backend), copies_(copies) {}

    void embed(const EmbedArgs& args) override { pass_.embed(args); }
    void gatherRows(const GatherRowsArgs& args) override { pass_.gatherRows(args); }
    void rmsNorm(const RmsNormArgs& args) override { pass_.rmsNorm(args); }
    void layerNorm(const LayerNormArgs& args) override { pass_.layerNorm(args); }
    void matmul(const MatmulArgs& args) override { pass_.matmul(args); }
    void rope(const RopeArgs& args) override { pass_.rope(args); }
    void attention(const AttentionArgs& args) override { pass_.attention(args); }
    void attentionWeights(const AttentionWeightsArgs& args) override { pass_.attentionWeights(args); }
    void siluGate(const SiluGateArgs& args) override { pass_.siluGate(args); }
    void gelu(const GeluArgs& args) override { pass_.gelu(args); }
    void route(const RouteArgs& args) override {
        pass_.route(args);
        Copy& copy = copies_.emplace_back();
        copy.seen = {.rows = args.weights.rows, .used = args.weights.columns, .experts = {}, .weights = {}};
        const uint32_t pairs = args.experts.count;
        copy.experts = readback(denseTensor(*args.experts.buffer, 1, pairs, args.experts.offsetBytes));
        copy.weights = readback(args.weights);
    }
    void groupByExpert(const GroupByExpertArgs& args) override { pass_.groupByExpert(args); }
    void expertMatmul(const ExpertMatmulArgs& args) override { pass_.expertMatmul(args); }
    void combineExperts(const CombineExpertsArgs& args) override { pass_.combineExperts(args); }
    void candidates(const CandidatesArgs& args) override { pass_.candidates(args); }
    void truncate(const TruncateArgs& args) override { pass_.truncate(args); }
    void guide(const GuideArgs& args) override { pass_.guide(args); }
    void drift(const DriftArgs& args) override { pass_.drift(args); }
    void pick(const PickArgs& args) override { pass_.pick(args); }
    void readTensor(const Tensor& x, const Buffer& out, uint64_t outOffsetBytes) override { pass_.readTensor(x, out, outOffsetBytes); }

private:
    std::unique_ptr<Buffer> readback(const Tensor& x) {
        auto buffer = backend_.allocate(uint64_t{x.rows} * x.columns * sizeof(float), MemoryUse::Readback).value();
        pass_.readTensor(x, *buffer, 0);
        return buffer;
    }

    Pass& pass_;
    Backend& backend_;
    std::vector<Copy>& copies_;
};

template <typename Word>
std::vector<Word> wordsOf(Buffer& buffer, size_t count) {
    std::vector<Word> words(count);
    std::memcpy(words.data(), buffer.hostBytes().data(), count * sizeof(Word));
    return words;
}

}  // namespace

Result<void> RoutingSpy::run(const std::function<void(Pass&)>& record, std::stop_token stop) {
    std::vector<Copy> copies;
    const auto spied = [&](Pass& pass) {
        SpyingPass spying(pass, backend_, copies);
        record(spying);
    };
    Result<void> ran = backend_.run(spied, std::move(stop));
    seen_.clear();
    for (Copy& copy : copies) {
        const size_t pairs = size_t{copy.seen.rows} * copy.seen.used;
        copy.seen.experts = wordsOf<uint32_t>(*copy.experts, pairs);
        copy.seen.weights = wordsOf<float>(*copy.weights, pairs);
        seen_.push_back(std::move(copy.seen));
    }
    return ran;
}

}  // namespace crystallite
