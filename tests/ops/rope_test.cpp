#include "tests/support/operation_test.h"

#include <cmath>

namespace crystallite {
namespace {

struct RopeCase {
    RopePairing pairing = RopePairing::HalfSplit;
    uint32_t rows = 0;
    uint32_t heads = 0;
    uint32_t headDim = 0;
    uint32_t rotaryDims = 0;
    uint32_t firstPosition = 0;
    Placement placement = Placement::Dense;

    [[nodiscard]] std::string name() const {
        return std::string(pairing == RopePairing::HalfSplit ? "HalfSplit" : "Interleaved") + "_" + std::to_string(rows) + "x" +
               std::to_string(heads) + "x" + std::to_string(headDim) + "_rotary" + std::to_string(rotaryDims) + "_from" +
               std::to_string(firstPosition) + "_" + nameOf(placement);
    }
};

std::vector<RopeCase> ropeCases() {
    std::vector<RopeCase> cases;
    for (const RopePairing pairing : {RopePairing::HalfSplit, RopePairing::Interleaved}) {
        for (const Placement placement : {Placement::Dense, Placement::Strided}) {
            const auto add = [&](uint32_t rows, uint32_t heads, uint32_t headDim, uint32_t rotaryDims, uint32_t firstPosition) {
                cases.push_back({pairing, rows, heads, headDim, rotaryDims, firstPosition, placement});
            };
            add(1, 1, 6, 6, 0);
            add(1, 3, 10, 4, 11);
            add(17, 5, 32, 32, 3);
            add(17, 5, 48, 18, 3);
            add(150, 6, 130, 130, 40);
        }
    }
    return cases;
}

/// [positions, rotaryDims]: cos of every pair, then sin of every pair.
FloatMatrix angleTable(uint32_t positions, uint32_t rotaryDims) {
    FloatMatrix table(positions, rotaryDims);
    const uint32_t pairs = rotaryDims / 2;
    for (uint32_t position = 0; position < positions; ++position) {
        for (uint32_t pair = 0; pair < pairs; ++pair) {
            const double angle = position * std::pow(10000.0, -2.0 * pair / rotaryDims);
            table.at(position, pair) = static_cast<float>(std::cos(angle));
            table.at(position, pairs + pair) = static_cast<float>(std::sin(angle));
        }
    }
    return table;
}

/// a' = a cos - b sin,  b' = a sin + b cos   for every pair (a, b) of every head; the other dimensions stay.
Expected ropeTwin(const FloatMatrix& x, const FloatMatrix& table, const RopeCase& c) {
    Expected expected(x);
    const uint32_t pairs = c.rotaryDims / 2;
    for (uint32_t row = 0; row < x.rows; ++row) {
        for (uint32_t head = 0; head < c.heads; ++head) {
            for (uint32_t pair = 0; pair < pairs; ++pair) {
                const bool halfSplit = c.pairing == RopePairing::HalfSplit;
                const uint32_t columnA = head * c.headDim + (halfSplit ? pair : 2 * pair);
                const uint32_t columnB = head * c.headDim + (halfSplit ? pair + pairs : 2 * pair + 1);
                const double a = x.at(row, columnA);
                const double b = x.at(row, columnB);
                const double cosine = table.at(c.firstPosition + row, pair);
                const double sine = table.at(c.firstPosition + row, pairs + pair);
                expected.value.at(row, columnA) = a * cosine - b * sine;
                expected.value.at(row, columnB) = a * sine + b * cosine;
                // Two products and one addition, each rounded once.
                expected.tolerance.at(row, columnA) = 2 * kRounding * (std::abs(a * cosine) + std::abs(b * sine)) + kSmallestNormal;
                expected.tolerance.at(row, columnB) = 2 * kRounding * (std::abs(a * sine) + std::abs(b * cosine)) + kSmallestNormal;
            }
        }
    }
    return expected;
}

class Rope : public OperationTest<RopeCase> {};

TEST_P(Rope, EqualsItsTwin) {
    const RopeCase& c = parameters();
    const FloatMatrix x = randomMatrix(c.rows, c.heads * c.headDim, 1);
    const FloatMatrix table = angleTable(c.firstPosition + c.rows, c.rotaryDims);
    const RopeArgs args{.x = device().place(x, c.placement),
                        .table = device().placeWeights(store(table, WeightFormat::F32)),
                        .headDim = c.headDim,
                        .firstPosition = c.firstPosition,
                        .pairing = c.pairing};

    runPass(backend(), [&](Pass& pass) { pass.rope(args); });

    EXPECT_TRUE(near(device().read(args.x), ropeTwin(x, table, c)));
}

INSTANTIATE_OPERATION_TEST(Rope, RopeCase, ropeCases());

}  // namespace
}  // namespace crystallite
