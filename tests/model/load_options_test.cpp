#include "engine/model/load_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crystallite {
namespace {

TEST(LoadOptionsText, SaysHowManyLayersGoToTheGpu) {
    EXPECT_EQ(*parseGpuLayers("auto"), std::nullopt);
    EXPECT_EQ(*parseGpuLayers("all"), kAllLayers);
    EXPECT_EQ(*parseGpuLayers("0"), 0U);
    EXPECT_EQ(*parseGpuLayers("33"), 33U);
    for (const std::string text : {"auto", "all", "0", "33"}) {
        EXPECT_EQ(textOfGpuLayers(*parseGpuLayers(text)), text);
    }
}

TEST(LoadOptionsText, RefusesWhatIsNoNumber) {
    for (const std::string text : {"", "-1", "3.5", "12 layers", "Auto", "99999999999", "0x10"}) {
        const auto parsed = parseGpuLayers(text);

        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().kind, ErrorKind::InvalidArgument);
        EXPECT_THAT(parsed.error().message, ::testing::HasSubstr("give auto, all or a number"));
    }
}

}  // namespace
}  // namespace crystallite
