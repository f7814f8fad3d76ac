#include "engine/exchange/json_writer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace crystallite {
namespace {

TEST(JsonWriter, WritesWhatAnotherReaderUnderstands) {
    std::string text;
    JsonWriter json([&text](std::string_view more) {
        text += more;
        return Result<void>();
    });
    const std::string hostile = "</script>\"\\\n\x01 & \xE2\x80\xA8 \xE2\x98\x83 " + std::string("\xFF\0", 2);

    json.openObject().key("a").openArray().whole(1U).number(0.1F).nothing().flag(true).openObject().closeObject().closeArray();
    json.key("b\"").text(hostile).key("c").number(std::numeric_limits<float>::infinity()).closeObject();
    ASSERT_TRUE(json.flush());

    const auto read = nlohmann::json::parse(text);
    EXPECT_EQ(read["a"].dump(), "[1,0.1,null,true,{}]");
    EXPECT_EQ(read["b\""], "</script>\"\\\n\x01 & \xE2\x80\xA8 \xE2\x98\x83 \xEF\xBF\xBD" + std::string(1, '\0'));
    EXPECT_TRUE(read["c"].is_null());
    EXPECT_EQ(text.find('<'), std::string::npos) << "an HTML parser must see no tag";
    EXPECT_EQ(text.find("\xE2\x80\xA8"), std::string::npos);
}

TEST(JsonWriter, HandsOnTheErrorOfTheSink) {
    JsonWriter json([](std::string_view) { return Result<void>(Error{.kind = ErrorKind::Io, .message = "full"}); });
    json.openArray().closeArray();
    EXPECT_EQ(json.flush().error().message, "full");
}

}  // namespace
}  // namespace crystallite
