#include "tests/support/operation_test.h"

#include <bit>

namespace crystallite {
namespace {

struct ReadTensorCase {
    uint32_t rows = 0;
    uint32_t columns = 0;

    [[nodiscard]] std::string name() const { return std::to_string(rows) + "x" + std::to_string(columns); }
};

class ReadTensor : public OperationTest<ReadTensorCase> {};

TEST_P(ReadTensor, CopiesToItsPlaceInTheHostBufferAndNowhereElse) {
    const ReadTensorCase& c = parameters();
    const FloatMatrix x = randomMatrix(c.rows, c.columns, 1);
    const Tensor tensor = device().place(x, Placement::Dense);
    constexpr size_t kWordsAround = 5;
    Buffer& host = device().readback((x.values.size() + 2 * kWordsAround) * sizeof(float));

    runPass(backend(), [&](Pass& pass) { pass.readTensor(tensor, host, kWordsAround * sizeof(float)); });

    std::vector<uint32_t> expected(kWordsAround, 0);  // buffers start zero-filled
    for (const float value : x.values) {
        expected.push_back(std::bit_cast<uint32_t>(value));
    }
    expected.resize(expected.size() + kWordsAround, 0);
    EXPECT_EQ(wordsOf(host, 0, expected.size()), expected);
}

INSTANTIATE_OPERATION_TEST(ReadTensor, ReadTensorCase,
                           (std::vector<ReadTensorCase>{
                               {.rows = 1, .columns = 1}, {.rows = 17, .columns = 33}, {.rows = 290, .columns = 515}}));

}  // namespace
}  // namespace crystallite
