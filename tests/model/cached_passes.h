#pragma once

#include "engine/model/model.h"
#include "tests/model/logit_distance.h"
#include "tests/support/backends.h"
#include "tests/support/gguf_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace crystallite {

/// A small random model whose passes keep their keys and values.
struct CachedModel {
    LladaSizes sizes;
    uint32_t blockLength = 0;  ///< 0: none

    [[nodiscard]] std::shared_ptr<const ModelSource> source() const;
};

/// Blocks of `length`; three layers.
CachedModel blocksOf(uint32_t length, bool shift = false);
/// Writes left to right, with learned positions or rotary ones; three layers.
CachedModel causalModel(bool learned);
CachedModel fullCanvas(uint32_t layers);

/// Two passes over the same rows are within 1e-4 of the logits' standard deviation of the exact ones each, the bar that families_test holds
/// every pass to; so they are at most twice that apart.
inline constexpr double kTwoRoundings = 2e-4;

inline constexpr uint64_t kCacheOwner = 3;

/// begin, begin + 1, … end - 1
std::vector<uint32_t> rowsFrom(uint32_t begin, uint32_t end);
uint32_t draw(std::mt19937& random, uint32_t limit);
std::vector<TokenId> randomText(std::mt19937& random, uint32_t length);

/// Tests of such models on every backend.
class CachedPasses : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    static Backend& backend() { return backendNamed(GetParam()); }
    static std::unique_ptr<Model> load(const CachedModel& which, uint32_t gpuLayers = kAllLayers);
    /// Logits of rows [begin, end): by a pass over them alone, or one over everything that they see.
    static std::vector<float> cachedRows(Model& model, const std::vector<TokenId>& tokens, uint32_t begin, uint32_t end,
                                         uint32_t blockOffset = 0);
    static std::vector<float> plainRows(Model& model, const std::vector<TokenId>& tokens, uint32_t begin, uint32_t end,
                                        uint32_t blockOffset = 0);
};

}  // namespace crystallite
