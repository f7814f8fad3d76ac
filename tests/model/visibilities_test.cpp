#include "engine/model/families/family.h"
#include "engine/model/model.h"
#include "tests/model/edited_source.h"
#include "tests/model/npy.h"
#include "tests/model/reference_checkpoints.h"
#include "tests/support/backends.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace crystallite {
namespace {

/// The entries of forwards.json that are about families that this build runs. The variant whose shaders see little of a tensor at a time
/// has no room for the activations of long texts, which cannot be split as weights can.
std::vector<nlohmann::json> runnableForwards(const std::string& backend) {
    constexpr size_t kLongText = 1000;
    std::vector<nlohmann::json> all;
    for (const nlohmann::json& entry : referenceList("forwards.json")) {
        const bool fits = entry.at("tokens").size() < kLongText || !backend.ends_with("SplittingTensors");
        if (fits && findFamily(entry.at("family").get<std::string>()) != nullptr) {
            all.push_back(entry);
        }
    }
    return all;
}

class VisibilityOn : public ::testing::TestWithParam<std::string> {
protected:
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    static std::unique_ptr<Model> load(const nlohmann::json& entry) {
        auto source = openModel(referenceFolder() / entry.at("model").get<std::string>());
        EXPECT_TRUE(source) << source.error().message;
        const std::string visibility = entry.at("visibility");
        const bool hasBlocks = findFamily(entry.at("family").get<std::string>())->visibility == Visibility::BlockCausal;
        if (hasBlocks && (visibility == "block-causal" || visibility == "full")) {
            // A block that is as long as the text sees all of it.
            const auto tokens = static_cast<uint32_t>(entry.at("tokens").size());
            const uint32_t length = visibility == "full" ? tokens : entry.at("block").get<uint32_t>();
            Metadata blocks;
            blocks.set("diffusion.block_length", uint64_t{length});
            source = std::shared_ptr<const ModelSource>(std::make_shared<EditedSource>(*source, std::move(blocks)));
        }
        auto model = Model::load(backendNamed(GetParam()), *source);
        EXPECT_TRUE(model) << model.error().message;
        return std::move(*model);
    }
    static TextVisibility visibilityOf(const nlohmann::json& entry) {
        TextVisibility visibility{.blockOffset = entry.at("offset").get<uint32_t>()};
        if (entry.at("visibility") == "causal-prefix-and-canvas") {
            visibility.canvasBegin = entry.at("prefix").get<uint32_t>();
        }
        return visibility;
    }
};

INSTANTIATE_TEST_SUITE_P(Backends, VisibilityOn, ::testing::ValuesIn(availableBackends()),
                         [](const auto& instance) { return instance.param; });

TEST_P(VisibilityOn, GivesTheLogitsOfTheReference) {
    const std::vector<nlohmann::json> entries = runnableForwards(GetParam());
    EXPECT_GE(entries.size(), 8U);
    for (const nlohmann::json& entry : entries) {
        SCOPED_TRACE(entry.at("name").get<std::string>());
        const auto tokens = entry.at("tokens").get<std::vector<TokenId>>();
        std::vector<uint32_t> rows(tokens.size());
        std::iota(rows.begin(), rows.end(), 0U);
        const std::unique_ptr<Model> model = load(entry);

        const auto logits = model->rowLogits(tokens, rows, {}, {.visibility = visibilityOf(entry), .cached = {}});

        ASSERT_TRUE(logits) << logits.error().message;
        const NpyMatrix expected = readNpy(referenceFolder() / entry.at("logits").get<std::string>());
        EXPECT_LE(largestError(*logits, expected.values), 1e-4);
    }
}

/// A prefix and then the rest, as far as the prefix's rows see nothing behind it: the same logits, by way of the store.
TEST_P(VisibilityOn, GivesThemFromAStoreToo) {
    constexpr uint64_t kOwner = 1;
    for (const nlohmann::json& entry : runnableForwards(GetParam())) {
        SCOPED_TRACE(entry.at("name").get<std::string>());
        const auto tokens = entry.at("tokens").get<std::vector<TokenId>>();
        const auto slots = static_cast<uint32_t>(tokens.size());
        const TextVisibility visibility = visibilityOf(entry);
        const std::unique_ptr<Model> model = load(entry);
        std::vector<float> logits;
        // The first row that looks behind its own ends the prefix.
        uint32_t begin = 0;
        while (begin < slots) {
            uint32_t end = begin + 1;
            while (end < rowsSeen(model->config(), visibility, slots, end - 1)) {
                ++end;
            }
            std::vector<uint32_t> rows(end - begin);
            std::iota(rows.begin(), rows.end(), begin);
            const auto part = model->rowLogits(tokens, rows, {}, {.visibility = visibility, .cached = CachedRows{begin, end, kOwner}});
            ASSERT_TRUE(part) << part.error().message;
            logits.insert(logits.end(), part->begin(), part->end());
            begin = end;
        }
        const NpyMatrix expected = readNpy(referenceFolder() / entry.at("logits").get<std::string>());
        EXPECT_LE(largestError(logits, expected.values), 1e-4);
    }
}

}  // namespace
}  // namespace crystallite
