#include "engine/formats/model_source.h"
#include "engine/model/model_config.h"
#include "tests/support/shared_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

TEST(EmbeddedModels, OpenUnderEveryNameThatIsListed) {
    EXPECT_THAT(embeddedModels(), testing::Contains(std::string(kDefaultModel)));
    for (const std::string& name : embeddedModels()) {
        const auto source = openEmbeddedModel(name);

        ASSERT_TRUE(source) << source.error().message;
        EXPECT_EQ((*source)->displayName(), name + " (embedded)");
        EXPECT_TRUE(readModelConfig(**source));
    }
}

TEST(EmbeddedModels, AreTheFilesOfTheSourceTreeAndStaySmall) {
    uint64_t total = 0;
    for (const std::string& name : embeddedModels()) {
        const auto embedded = openEmbeddedModel(name);
        const auto file = openModel(sourceFile("resources/models/" + name + ".gguf"));

        ASSERT_TRUE(embedded && file) << name;
        EXPECT_EQ((*embedded)->fingerprint(), (*file)->fingerprint()) << name;
        EXPECT_FALSE(samplePromptOf(name).empty()) << name;
        total += (*embedded)->fileBytes();
    }
    EXPECT_LE(total, 40'000'000U);
    EXPECT_EQ(samplePromptOf("poems"), "");
}

TEST(EmbeddedModels, SayWhatThereIsWhenAnotherIsAskedFor) {
    const auto source = openEmbeddedModel("poems");

    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(source.error().message, testing::AllOf(testing::HasSubstr("poems"), testing::HasSubstr("stories")));
}

}  // namespace
}  // namespace crystallite
