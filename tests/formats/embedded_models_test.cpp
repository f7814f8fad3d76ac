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

TEST(EmbeddedModels, AreTheFilesOfTheSourceTree) {
    const auto embedded = openEmbeddedModel(kDefaultModel);
    const auto file = openModel(sourceFile("resources/models/stories.gguf"));

    ASSERT_TRUE(embedded && file);
    EXPECT_EQ((*embedded)->fingerprint(), (*file)->fingerprint());
    EXPECT_EQ((*embedded)->fileBytes(), (*file)->fileBytes());
}

TEST(EmbeddedModels, SayWhatThereIsWhenAnotherIsAskedFor) {
    const auto source = openEmbeddedModel("poems");

    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().kind, ErrorKind::NotFound);
    EXPECT_THAT(source.error().message, testing::AllOf(testing::HasSubstr("poems"), testing::HasSubstr("stories")));
}

}  // namespace
}  // namespace crystallite
