#include "tests/support/operation_test.h"
#include "tests/support/quantized_blocks.h"

#include <cmath>

namespace crystallite {
namespace {

struct MatmulCase {
    WeightFormat format = WeightFormat::F32;
    uint32_t rows = 0;
    uint32_t features = 0;
    uint32_t depth = 0;

    [[nodiscard]] std::string name() const {
        return std::string(layoutOf(format).name) + "_" + std::to_string(rows) + "x" + std::to_string(features) + "x" +
               std::to_string(depth);
    }
};

std::vector<MatmulCase> matmulCases() {
    std::vector<MatmulCase> cases;
    for (const WeightFormat format : kWeightFormats) {
        if (isQuantized(format)) {
            const uint32_t block = layoutOf(format).elementsPerBlock;
            cases.push_back({.format = format, .rows = 1, .features = 5, .depth = block});
            cases.push_back({.format = format, .rows = 3, .features = 70, .depth = 3 * block});
            cases.push_back({.format = format, .rows = 17, .features = 33, .depth = 2 * block});
            // The CPU decodes 512 weights of twelve rows at a time, and multiplies up to 16 or 32 rows with them.
            cases.push_back({.format = format, .rows = 33, .features = 13, .depth = 512 + block});
            cases.push_back({.format = format, .rows = 64, .features = 11, .depth = 1024});
            continue;
        }
        cases.push_back({.format = format, .rows = 1, .features = 5, .depth = 7});
        cases.push_back({.format = format, .rows = 1, .features = 300, .depth = 130});
        cases.push_back({.format = format, .rows = 17, .features = 33, .depth = 96});
        cases.push_back({.format = format, .rows = 161, .features = 273, .depth = 515});
        for (uint32_t rows = 15; rows <= 64; rows += rows % 16 == 1 ? 14 : 1) {  // around every number of full vectors
            cases.push_back({.format = format, .rows = rows, .features = 12 + rows % 3, .depth = 511 + rows % 4});
        }
        cases.push_back({.format = format, .rows = 530, .features = 9, .depth = 13});  // more rows than the CPU multiplies at a time
    }
    return cases;
}

struct MatmulOperands {
    FloatMatrix x;
    FloatMatrix weights;
    FloatMatrix bias;     ///< zeros where there is none
    FloatMatrix initial;  ///< zeros where the result is stored
};

/// out[i, f] = initial[i, f] + bias[f] + sum_d x[i, d] * weights[f, d]
Expected matmulTwin(const MatmulOperands& operands) {
    const auto& [x, weights, bias, initial] = operands;
    Expected expected(x.rows, weights.rows);
    // Every product, every addition of the sum and the additions of bias and initial value round once, in whatever order.
    const double relative = (x.columns + 3) * kRounding;
    for (uint32_t row = 0; row < x.rows; ++row) {
        for (uint32_t feature = 0; feature < weights.rows; ++feature) {
            double sum = double{initial.at(row, feature)} + bias.at(0, feature);
            double magnitude = std::abs(double{initial.at(row, feature)}) + std::abs(bias.at(0, feature));
            for (uint32_t d = 0; d < x.columns; ++d) {
                const double product = double{x.at(row, d)} * weights.at(feature, d);
                sum += product;
                magnitude += std::abs(product);
            }
            expected.value.at(row, feature) = sum;
            expected.tolerance.at(row, feature) = relative * magnitude;
        }
    }
    return expected;
}

StoredMatrix storedWeights(const MatmulCase& c) {
    return isQuantized(c.format) ? randomBlocks(c.format, c.features, c.depth, 2) : store(randomMatrix(c.features, c.depth, 2), c.format);
}

class Matmul : public OperationTest<MatmulCase> {
protected:
    /// What the backend must make of them, which may round the factors first.
    Expected expected(MatmulOperands operands) {
        if (backend().device().roundsFactors) {
            operands.x = roundedToBf16(operands.x);
            operands.weights = roundedToBf16(operands.weights);
        }
        return matmulTwin(operands);
    }
    MatmulOperands operandsWithoutBias() {
        const MatmulCase& c = parameters();
        return {.x = randomMatrix(c.rows, c.depth, 1),
                .weights = unpack(weights_),
                .bias = FloatMatrix(1, c.features),
                .initial = FloatMatrix(c.rows, c.features)};
    }

    StoredMatrix weights_ = storedWeights(parameters());
    FloatMatrix bias_ = randomMatrix(1, parameters().features, 3);
    FloatMatrix initial_ = randomMatrix(parameters().rows, parameters().features, 4);
};

TEST_P(Matmul, StoresTheProduct) {
    const MatmulOperands operands = operandsWithoutBias();
    const MatmulArgs args{.x = device().place(operands.x, Placement::Dense),
                          .weights = device().placeWeights(weights_),
                          .bias = {},
                          .out = device().placeEmpty(operands.x.rows, operands.weights.rows, Placement::Dense)};

    runPass(backend(), [&](Pass& pass) { pass.matmul(args); });

    EXPECT_TRUE(near(device().read(args.out), expected(operands)));
}

TEST_P(Matmul, StoresTheProductAndBiasIntoAView) {
    MatmulOperands operands = operandsWithoutBias();
    operands.bias = bias_;
    const MatmulArgs args{.x = device().place(operands.x, Placement::Strided),
                          .weights = device().placeWeights(weights_),
                          .bias = device().placeVector(bias_),
                          .out = device().placeEmpty(operands.x.rows, operands.weights.rows, Placement::Strided)};

    runPass(backend(), [&](Pass& pass) { pass.matmul(args); });

    EXPECT_TRUE(near(device().read(args.out), expected(operands)));
}

TEST_P(Matmul, AddsTheProductToWhatIsThere) {
    MatmulOperands operands = operandsWithoutBias();
    operands.initial = initial_;
    // F32 weights may be a view too.
    const bool isF32 = parameters().format == WeightFormat::F32;
    const MatmulArgs args{.x = device().place(operands.x, Placement::Strided),
                          .weights = isF32 ? device().place(operands.weights, Placement::Strided) : device().placeWeights(weights_),
                          .bias = {},
                          .out = device().place(initial_, Placement::Dense),
                          .result = MatmulResult::AddToOut};

    runPass(backend(), [&](Pass& pass) { pass.matmul(args); });

    EXPECT_TRUE(near(device().read(args.out), expected(operands)));
}

TEST_P(Matmul, AddsProductAndBiasToAView) {
    MatmulOperands operands = operandsWithoutBias();
    operands.bias = bias_;
    operands.initial = initial_;
    const MatmulArgs args{.x = device().place(operands.x, Placement::Dense),
                          .weights = device().placeWeights(weights_),
                          .bias = device().placeVector(bias_),
                          .out = device().place(initial_, Placement::Strided),
                          .result = MatmulResult::AddToOut};

    runPass(backend(), [&](Pass& pass) { pass.matmul(args); });

    EXPECT_TRUE(near(device().read(args.out), expected(operands)));
}

INSTANTIATE_OPERATION_TEST(Matmul, MatmulCase, matmulCases());
INSTANTIATE_ROUNDED_OPERATION_TEST(Matmul, MatmulCase, matmulCases());

}  // namespace
}  // namespace crystallite
