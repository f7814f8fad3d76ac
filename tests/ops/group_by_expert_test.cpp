#include "tests/support/operation_test.h"

#include <algorithm>
#include <numeric>

namespace crystallite {
namespace {

struct GroupCase {
    uint32_t pairs = 0;
    uint32_t experts = 0;
    uint32_t asked = 0;  ///< only the first so many are

    [[nodiscard]] std::string name() const {
        return std::to_string(pairs) + "_of" + std::to_string(asked) + "in" + std::to_string(experts);
    }
};

class GroupByExpert : public OperationTest<GroupCase> {};

TEST_P(GroupByExpert, SortsThePairsAndKeepsTheirOrder) {
    const GroupCase& c = parameters();
    const std::vector<uint32_t> experts = randomIndices(c.pairs, c.asked, 1);
    Buffer& out = device().readback((c.pairs + c.experts + 3) * sizeof(uint32_t));
    const ExpertGroups groups{.pairs = {.buffer = &out, .offsetBytes = sizeof(uint32_t), .count = c.pairs},
                              .begins = {.buffer = &out, .offsetBytes = (c.pairs + 2) * sizeof(uint32_t), .count = c.experts + 1}};
    const IndexView asked = device().placeIndices(experts);

    runPass(backend(), [&](Pass& pass) { pass.groupByExpert({.experts = asked, .groups = groups}); });

    std::vector<uint32_t> order(c.pairs);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return experts[a] < experts[b]; });
    EXPECT_EQ(wordsOf(out, groups.pairs.offsetBytes, c.pairs), order);
    const std::vector<uint32_t> begins = wordsOf(out, groups.begins.offsetBytes, c.experts + 1);
    for (uint32_t expert = 0; expert <= c.experts; ++expert) {
        const auto before = std::count_if(experts.begin(), experts.end(), [&](uint32_t each) { return each < expert; });
        ASSERT_EQ(begins[expert], static_cast<uint32_t>(before)) << "expert " << expert;
    }
}

INSTANTIATE_OPERATION_TEST(GroupByExpert, GroupCase,
                           (std::vector<GroupCase>{{.pairs = 1, .experts = 1, .asked = 1},
                                                   {.pairs = 3, .experts = 8, .asked = 8},
                                                   {.pairs = 64, .experts = 5, .asked = 2},
                                                   {.pairs = 1000, .experts = 256, .asked = 256},
                                                   {.pairs = 4099, .experts = 7, .asked = 1}}));

}  // namespace
}  // namespace crystallite
