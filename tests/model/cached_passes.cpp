#include "tests/model/cached_passes.h"

#include "engine/formats/gguf_model.h"

#include <algorithm>
#include <numeric>

namespace crystallite {
namespace {

LladaSizes sized(const std::string& architecture, uint32_t layers, bool shift) {
    return {.layers = layers,
            .width = 56,
            .heads = 4,
            .kvHeads = 2,
            .feedForward = 90,
            .contextLength = 64,
            .architecture = architecture,
            .shiftLogits = shift};
}

}  // namespace

std::shared_ptr<const ModelSource> CachedModel::source() const {
    GgufBuilder builder = randomLladaBuilder(sizes, 11, WeightFormat::F32);
    if (blockLength > 0) {
        builder.number("diffusion.block_length", blockLength);
    }
    const auto bytes = std::make_shared<std::vector<std::byte>>(builder.build());
    const auto source = openGgufBytes(*bytes, "random.gguf");
    EXPECT_TRUE(source) << source.error().message;
    return {source->get(), [bytes, held = *source](const ModelSource* /*it*/) {}};
}

CachedModel blocksOf(uint32_t length, bool shift) {
    return {.sizes = sized("stable-diffcoder", 3, shift), .blockLength = length};
}

CachedModel causalModel(bool learned) {
    LladaSizes sizes = sized("crystallite", 3, true);
    sizes.causal = true;
    sizes.learnedPositions = learned;
    sizes.rope = !learned;
    return {.sizes = sizes};
}

CachedModel fullCanvas(uint32_t layers) {
    return {.sizes = sized("llada", layers, false)};
}

std::vector<uint32_t> rowsFrom(uint32_t begin, uint32_t end) {
    std::vector<uint32_t> rows(end - begin);
    std::iota(rows.begin(), rows.end(), begin);
    return rows;
}

uint32_t draw(std::mt19937& random, uint32_t limit) {
    return static_cast<uint32_t>(random() % limit);
}

std::vector<TokenId> randomText(std::mt19937& random, uint32_t length) {
    std::vector<TokenId> tokens(length);
    std::generate(tokens.begin(), tokens.end(), [&random] { return 3 + draw(random, 260); });
    return tokens;
}

std::unique_ptr<Model> CachedPasses::load(const CachedModel& which, uint32_t gpuLayers) {
    auto model = Model::load({backend(), &backendNamed("Cpu")}, which.source(), {.gpuLayers = gpuLayers});
    EXPECT_TRUE(model) << model.error().message;
    return std::move(*model);
}

std::vector<float> CachedPasses::cachedRows(Model& model, const std::vector<TokenId>& tokens, uint32_t begin, uint32_t end,
                                            uint32_t blockOffset) {
    const auto logits = model.rowLogits(tokens, rowsFrom(begin, end), {},
                                        {.visibility = {.blockOffset = blockOffset}, .cached = CachedRows{begin, end, kCacheOwner}});
    EXPECT_TRUE(logits) << logits.error().message;
    return *logits;
}

std::vector<float> CachedPasses::plainRows(Model& model, const std::vector<TokenId>& tokens, uint32_t begin, uint32_t end,
                                           uint32_t blockOffset) {
    const auto logits = model.rowLogits(tokens, rowsFrom(begin, end), {}, {.visibility = {.blockOffset = blockOffset}, .cached = {}});
    EXPECT_TRUE(logits) << logits.error().message;
    return *logits;
}

}  // namespace crystallite
