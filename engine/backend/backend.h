#pragma once

#include "engine/backend/device_info.h"
#include "engine/backend/tensor.h"
#include "engine/base/result.h"
#include "engine/formats/stored_bytes.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace crystallite {

/// Largest number of candidates that one row can report.
inline constexpr uint32_t kMaxCandidates = 64;

enum class MatmulResult { Store, AddToOut };
enum class EmbedResult { Store, AddToOut };
enum class RopePairing {
    HalfSplit,    ///< dimension j turns with j + rotaryDims/2 (Hugging Face checkpoints, most GGUF archs)
    Interleaved,  ///< dimension 2j turns with 2j + 1 (GGUF archs `llada` and `llama`)
};
/// Which keys a query sees, both counted from the start of the key tensor. Those before a query are always among them.
enum class Visibility {
    Full,
    Causal,        ///< key <= query
    BlockCausal,   ///< (key + blockOffset) / blockLength <= (query + blockOffset) / blockLength
    CausalCanvas,  ///< key <= query, but for the queries of the canvas, from canvasBegin on: those see every key
    Shadow,        ///< behind the text stands a second, masked copy of some of its slots, see AttentionArgs::shadow
};

/// Rows at the end of the keys that repeat slots [begin, begin + rows) of the text before them, masked. No row of the text sees one; a
/// shadow row sees all rows but the one that it repeats, so that it says what the text around a slot makes of it. Feng-Hong/WINO-DLLM.
struct ShadowRows {
    uint32_t rows = 0;
    uint32_t begin = 0;
};

/// out[i, :] (+)= table[tokens[i], :]      adding puts a learned position table on top of the token table
struct EmbedArgs {
    Tensor table;  ///< [vocabulary, width] any weight format
    IndexView tokens;
    Tensor out;  ///< [tokens, width]
    EmbedResult result = EmbedResult::Store;
};

/// out[i, :] = x[rows[i], :]
struct GatherRowsArgs {
    Tensor x;  ///< [n, width]
    IndexView rows;
    Tensor out;  ///< [rows, width]
};

/// Each group of `weight.columns` consecutive columns g of a row:  out[g] = x[g] / sqrt(mean(x[g]^2) + epsilon) * weight
/// One group per row is the usual norm, one group per head the q/k norm. Zhang & Sennrich, arXiv 1910.07467. `out` may be `x`.
struct RmsNormArgs {
    Tensor x;       ///< [rows, groups * weight.columns]
    Tensor weight;  ///< [1, group] F32
    float epsilon = 0.0F;
    Tensor out;  ///< shape of x
};

/// Each row:  out = (x - mean(x)) / sqrt(mean((x - mean(x))^2) + epsilon) * weight + bias
/// Ba, Kiros & Hinton, arXiv 1607.06450. `out` may be `x`.
struct LayerNormArgs {
    Tensor x;       ///< [rows, width]
    Tensor weight;  ///< [1, width] F32
    Tensor bias;    ///< [1, width] F32
    float epsilon = 0.0F;
    Tensor out;  ///< [rows, width]
};

/// out[i, f] (+)= sum_d x[i, d] * weights[f, d] (+ bias[f])      f32 accumulation
struct MatmulArgs {
    Tensor x;                    ///< [rows, depth]
    Tensor weights;              ///< [features, depth] any weight format
    std::optional<Tensor> bias;  ///< [1, features] F32
    Tensor out;                  ///< [rows, features]; must not overlap x
    MatmulResult result = MatmulResult::Store;
};

/// Turns the pairs (a, b) of the first `table.columns` dimensions of every head, in place:
///   a' = a cos - b sin,  b' = a sin + b cos,   cos and sin from table row firstPosition + i.   Su et al., arXiv 2104.09864.
/// The table is computed by the model in double precision, so that both backends turn by the same angles.
struct RopeArgs {
    Tensor x;      ///< [rows, heads * headDim], changed in place
    Tensor table;  ///< [positions, rotaryDims] F32: cos of every pair, then sin of every pair
    uint32_t headDim = 0;
    uint32_t firstPosition = 0;  ///< position of row 0
    RopePairing pairing = RopePairing::HalfSplit;
};

/// out[i, h] = sum_j softmax_j(scale * q[i, h] . k[j, h / (heads / kvHeads)]) v[j, …], j over the visible keys.
struct AttentionArgs {
    Tensor queries;  ///< [queries, heads * headDim]
    Tensor keys;     ///< [keys, kvHeads * headDim]
    Tensor values;   ///< [keys, kvHeads * headDim]
    Tensor out;      ///< [queries, heads * headDim]; must not overlap the inputs
    uint32_t headDim = 0;
    float scale = 0.0F;
    uint32_t firstQuery = 0;  ///< key index of query row 0: queries may be a sub-range of the keys
    Visibility visibility = Visibility::Full;
    uint32_t blockLength = 1;  ///< used by BlockCausal, as is the offset: the first block is the shorter by it
    uint32_t blockOffset = 0;
    uint32_t canvasBegin = 0;  ///< used by CausalCanvas
    ShadowRows shadow;         ///< used by Shadow
};

/// out[i * heads + h, j] = softmax_j(scale * q[i, h] . k[j, h / (heads / kvHeads)]) over the visible keys j, 0 for all others: the weights
/// with which the attention operation adds up values. A measurement of few queries; no pass needs it.
struct AttentionWeightsArgs {
    AttentionArgs attention;  ///< whose weights: its values and its out are not looked at
    Tensor out;               ///< [queries * heads, keys]
};

/// out = gate * sigmoid(gate) * up, element by element. `out` may be `gate`.
struct SiluGateArgs {
    Tensor gate;  ///< [rows, features]
    Tensor up;    ///< [rows, features]
    Tensor out;   ///< [rows, features]
};

/// out = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))), element by element: GPT-2's form of GELU (Hendrycks & Gimpel, arXiv
/// 1606.08415, the tanh approximation). `out` may be `x`.
struct GeluArgs {
    Tensor x;    ///< [rows, features]
    Tensor out;  ///< [rows, features]
};

/// How a token is drawn at each row: argmax_v(logit_v - temperature * ln(E_v)), E_v exponential noise from
/// randomWords(seed, step, position, Gumbel, v / 4)[v % 4]; temperature 0 is plain argmax.
/// ML-GSAI/LLaDA `generate.py`, add_gumbel_noise.
struct SamplingNoise {
    float temperature = 0.0F;
    uint64_t seed = 0;
    uint32_t step = 0;
};

/// Per row, over the ids that are not forbidden: the k most probable ids in falling order (ties: lower id first) with their
/// softmax probabilities, ln(sum exp(logit)), the entropy in nats, p1 - p2, and the drawn id with its probability (without
/// temperature or noise). Written as CandidateRow words, see candidateRowWords().
struct CandidatesArgs {
    Tensor logits;        ///< [rows, vocabulary]
    IndexView forbidden;  ///< ids that may never be emitted, sorted; may be empty
    IndexView positions;  ///< canvas position of each row, the counter of its noise
    uint32_t count = 0;   ///< k, 1..kMaxCandidates, at most vocabulary - forbidden.count
    SamplingNoise noise;
    const Buffer* out = nullptr;  ///< Readback buffer of rows * candidateRowWords(count) 32-bit words
    uint64_t outOffsetBytes = 0;
};

/// Row layout of the `candidates` result, in 32-bit words: k ids (u32), k probabilities (f32), log-sum-exp, entropy, margin (f32),
/// sampled id (u32), sampled probability (f32).
constexpr uint32_t candidateRowWords(uint32_t count) {
    return 2 * count + 5;
}

/// What truncate() makes of a logit that is cut: finite, so that differences and products stay numbers, and without any weight.
inline constexpr float kCutLogit = -1e30F;

/// In place, per row: the logits are divided by the temperature (not at 0); then forbidden ids and those outside the nucleus become
/// kCutLogit. In falling order an id is kept while the ids before it have a probability of at most `topP` together, and while fewer than
/// topK come before it; ids as probable as the last that is kept are kept too. Holtzman et al., arXiv 1904.09751; Fan et al., arXiv
/// 1805.04833.
struct TruncateArgs {
    Tensor logits;        ///< [rows, vocabulary], changed in place; finite
    IndexView forbidden;  ///< as in CandidatesArgs; not every id
    float temperature = 0.0F;
    float topP = 1.0F;  ///< 1: no limit
    uint32_t topK = 0;  ///< 0: no limit
};

/// out = without + (scale + 1)(with - without), element by element. Ho & Salimans, arXiv 2207.12598, in LLaDA's notation, in which a scale
/// of 0 guides nothing. `out` may be either input.
struct GuideArgs {
    Tensor with;     ///< [rows, columns]
    Tensor without;  ///< [rows, columns]
    float scale = 0.0F;
    Tensor out;  ///< [rows, columns]
};

enum class RouterScore {
    Softmax,  ///< p = softmax over all experts of a row
    Sigmoid,  ///< p = 1 / (1 + exp(-score)), each expert for itself
};

/// How a router's scores become experts and weights; the published variants are values of these.
struct RoutingRule {
    RouterScore score = RouterScore::Softmax;
    bool renormalise = true;  ///< the weights of the chosen add up to 1 (before the scale)
    float scale = 1.0F;       ///< of every weight
    uint32_t groups = 1;      ///< experts / groups neighbours are a group; only the best groupsUsed of them are chosen from
    uint32_t groupsUsed = 1;  ///< at most `groups`
};

inline constexpr uint32_t kMostExperts = 1024;
inline constexpr uint32_t kMostExpertGroups = 64;

/// Per row, with p as the rule says and s = p + bias (s = p without one), which selects and does nothing else:
///   a group's score is the sum of its two largest s; the groupsUsed best groups stay;
///   experts[i] = the `used` experts with the largest s in them, the best first; the lowest index first among equals, groups too;
///   weights[i, k] = scale * p of experts[i][k] (/ (1e-20 + sum over k of p), when renormalised).
/// A single expert has weight scale * 1 when renormalised softmax, scale * p with sigmoid.
/// Top-k of a softmax: Shazeer et al., arXiv 1701.06538; bias that only selects: Wang et al., arXiv 2408.15664; groups: DeepSeek-V3, arXiv
/// 2412.19437. LLaDA-MoE, Qwen3-MoE (RND1, SDAR) and LLaDA2 are values of RoutingRule.
struct RouteArgs {
    Tensor scores;               ///< [rows, experts] the router's products; finite, at most kMostExperts
    std::optional<Tensor> bias;  ///< [1, experts] F32
    RoutingRule rule;
    IndexView experts;  ///< [rows * used] written
    Tensor weights;     ///< [rows, used] written; used <= the experts of groupsUsed groups
};

/// Pairs p = row * used + place of a routing, expert by expert.
struct ExpertGroups {
    IndexView pairs;    ///< [rows * used] the pairs of expert 0, then those of expert 1, …; rising within an expert
    IndexView begins;   ///< [experts + 1] where in `pairs` those of each expert begin
    uint32_t used = 1;  ///< pairs of a row, all of different experts: an expert has at most pairs / used
};

/// Sorts the pairs of a routing by their expert: a counting sort.
struct GroupByExpertArgs {
    IndexView experts;    ///< [rows * used] of each pair; all below the number of experts
    ExpertGroups groups;  ///< written
};

/// out[p, f] = sum_d x[p / share, d] * weights[e(p) * perExpert + firstFeature + f, d]      f32 accumulation
/// e(p) the expert of pair p, share = out.rows / x.rows: `used` where the rows of x are those that were routed, 1 where each pair has its
/// own. Every expert multiplies its pairs at once, and the weights of an expert that has none are not read: on the CPU their pages of a
/// mapped file are never touched. Gale et al., MegaBlocks, arXiv 2211.15841.
struct ExpertMatmulArgs {
    Tensor x;        ///< [pairs / share, depth]
    Tensor weights;  ///< [experts * perExpert, depth] any weight format: a 3-D tensor [experts, perExpert, depth]
    uint32_t perExpert = 0;
    uint32_t firstFeature = 0;  ///< of each expert: gate and up may lie in one tensor
    ExpertGroups groups;
    Tensor out;  ///< [pairs, features]; must not overlap x
};

/// out[i, :] += sum_k weights[i, k] * x[i * used + k, :]      k rising, f32
struct CombineExpertsArgs {
    Tensor x;        ///< [rows * used, width] what the experts answer, pair by pair
    Tensor weights;  ///< [rows, used]
    Tensor out;      ///< [rows, width]
};

/// out[i] = logits[i, ids[i]]
struct PickArgs {
    Tensor logits;  ///< [rows, vocabulary]
    IndexView ids;
    const Buffer* out = nullptr;  ///< Readback buffer of `rows` f32
    uint64_t outOffsetBytes = 0;
};

/// Per row i, with p = softmax(logits[i]) and q = softmax(kept[i]) over the ids that are not forbidden:
///   out[i] = KL(p || q) = sum_v p_v ln(p_v / q_v) in nats;      then kept[i] = logits[i].
struct DriftArgs {
    Tensor logits;                ///< [rows, vocabulary]
    Tensor kept;                  ///< [rows, vocabulary]; must not overlap the logits
    IndexView forbidden;          ///< as in CandidatesArgs
    const Buffer* out = nullptr;  ///< Readback buffer of `rows` f32
    uint64_t outOffsetBytes = 0;
};

/// One forward pass in the making. Operations take effect in the order of the calls; calls cannot fail and, on a device, return
/// before the work is done. Operations that read what an earlier one wrote need no barrier from the caller.
class Pass {
public:
    Pass() = default;
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;
    virtual ~Pass() = default;

    virtual void embed(const EmbedArgs& args) = 0;
    virtual void gatherRows(const GatherRowsArgs& args) = 0;
    virtual void rmsNorm(const RmsNormArgs& args) = 0;
    virtual void layerNorm(const LayerNormArgs& args) = 0;
    virtual void matmul(const MatmulArgs& args) = 0;
    virtual void rope(const RopeArgs& args) = 0;
    virtual void attention(const AttentionArgs& args) = 0;
    virtual void attentionWeights(const AttentionWeightsArgs& args) = 0;
    virtual void siluGate(const SiluGateArgs& args) = 0;
    virtual void gelu(const GeluArgs& args) = 0;
    virtual void route(const RouteArgs& args) = 0;
    virtual void groupByExpert(const GroupByExpertArgs& args) = 0;
    virtual void expertMatmul(const ExpertMatmulArgs& args) = 0;
    virtual void combineExperts(const CombineExpertsArgs& args) = 0;
    virtual void candidates(const CandidatesArgs& args) = 0;
    virtual void truncate(const TruncateArgs& args) = 0;
    virtual void guide(const GuideArgs& args) = 0;
    virtual void drift(const DriftArgs& args) = 0;
    virtual void pick(const PickArgs& args) = 0;
    /// Copies a dense F32 tensor into a Readback buffer: for logits on request, for tests, and for what another device goes on with.
    virtual void readTensor(const Tensor& x, const Buffer& out, uint64_t outOffsetBytes) = 0;
};

/// A weight as it lies in mapped files.
struct WeightSource {
    StoredBytes bytes;  ///< rows * rowBytes(format, columns); pieces hold whole rows
    WeightFormat format = WeightFormat::F32;
    uint32_t rows = 0;
    uint32_t columns = 0;
};

/// Weights resident on a device, in the order of their sources. The CPU backend refers to the mapped bytes instead of copying.
class WeightStore {
public:
    WeightStore() = default;
    WeightStore(const WeightStore&) = delete;
    WeightStore& operator=(const WeightStore&) = delete;
    virtual ~WeightStore() = default;

    [[nodiscard]] virtual const Tensor& at(size_t index) const = 0;
    [[nodiscard]] virtual uint64_t deviceBytes() const = 0;
    /// Whether it reads the bytes of its sources; else they may go.
    [[nodiscard]] virtual bool readsSources() const = 0;
};

/// Called with the share done, 0..1, from the thread that works.
using Progress = std::function<void(double)>;

/// Time of one operation inside a profiled pass.
struct OperationTiming {
    const char* operation = "";  ///< "matmul", "rms_norm", …
    double milliseconds = 0.0;
    double flops = 0.0;
    double bytes = 0.0;  ///< least traffic: every operand once
};

/// What the device reached on work that can hardly go faster; the yardstick of `bench`.
struct DeviceLimits {
    double matmulGflops = 0.0;
    double copyGigabytesPerSecond = 0.0;
};

/// A device that runs the operations. All calls from one thread (the inference thread).
class Backend {
public:
    Backend() = default;
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
    virtual ~Backend() = default;

    [[nodiscard]] virtual const DeviceInfo& device() const = 0;
    /// Zero-filled.
    virtual Result<std::unique_ptr<Buffer>> allocate(uint64_t bytes, MemoryUse use) = 0;
    /// `sources` must stay mapped for the life of the store, if it readsSources().
    virtual Result<std::unique_ptr<WeightStore>> loadWeights(std::span<const WeightSource> sources, const Progress& progress,
                                                             std::stop_token stop) = 0;

    /// Runs what `record` records as one unit of work and waits for it. Cancelled when `stop` is requested before the end: then
    /// the contents of every written buffer are undefined. Work longer than a fraction of a second is cut into several submissions, so
    /// that stop answers at once and no operating system's GPU watchdog fires.
    virtual Result<void> run(const std::function<void(Pass&)>& record, std::stop_token stop) = 0;

    /// While on, run() times every operation; takeTimings() returns and clears what was collected, in order of execution.
    virtual void setProfiling(bool on) = 0;
    virtual std::vector<OperationTiming> takeTimings() = 0;
    /// Measured now; takes up to a few seconds.
    virtual Result<DeviceLimits> measureLimits() = 0;
};

}  // namespace crystallite
