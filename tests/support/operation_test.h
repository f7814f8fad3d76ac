#pragma once

#include "engine/backend/backend.h"
#include "tests/support/backends.h"
#include "tests/support/matrix.h"
#include "tests/support/near.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace crystallite {

/// How a matrix lies in its buffer. Everything around the matrix is NaN: an operation that reads there poisons its result, one that
/// writes anything there, be it another NaN, is caught by DeviceMatrices::read().
enum class Placement {
    Dense,    ///< rows follow each other, as readTensor wants it
    Strided,  ///< a view in a wider matrix: columns before and after, odd offsets
};

/// Puts host matrices on a backend and fetches them back. Owns the device memory until the end of the test.
class DeviceMatrices {
public:
    explicit DeviceMatrices(Backend& backend) : backend_(backend) {}

    /// An activation that holds `values`.
    Tensor place(const FloatMatrix& values, Placement placement);
    /// An activation to be written by an operation: all NaN, so that an element that is not written is found.
    Tensor placeEmpty(uint32_t rows, uint32_t columns, Placement placement);
    /// A weight, resident for the rest of the test.
    Tensor placeWeights(const StoredMatrix& weights);
    /// An F32 weight of one row.
    Tensor placeVector(const FloatMatrix& row);
    IndexView placeIndices(const std::vector<uint32_t>& indices);
    /// A Readback buffer.
    Buffer& readback(uint64_t bytes);

    /// The current values of what place() or placeEmpty() returned. Fails the test when something around the matrix has changed.
    FloatMatrix read(const Tensor& tensor);

private:
    Buffer& allocate(uint64_t bytes, MemoryUse use);
    FloatMatrix readWholeBuffer(const Tensor& tensor);

    Backend& backend_;
    std::vector<std::unique_ptr<Buffer>> buffers_;
    std::map<const Buffer*, uint32_t> guards_;                // bits around the matrix of a buffer
    std::vector<std::unique_ptr<StoredMatrix>> weightBytes_;  // the stores borrow from them
    std::vector<std::unique_ptr<WeightStore>> weights_;
};

/// Runs one pass to its end; fails the test when it fails.
void runPass(Backend& backend, const std::function<void(Pass&)>& record);

/// The 32-bit words that `buffer` holds from `offsetBytes` on.
std::vector<uint32_t> wordsOf(Buffer& buffer, uint64_t offsetBytes, size_t count);

/// Test of one operation over backend x case. `Case` has name(), which stands in the name of the test.
template <typename Case>
class OperationTest : public testing::TestWithParam<std::tuple<std::string, Case>> {
protected:
    Backend& backend() { return backend_; }
    DeviceMatrices& device() { return device_; }
    const Case& parameters() const { return std::get<1>(this->GetParam()); }

    void TearDown() override {
        for (const std::string& message : takeValidationMessages()) {
            ADD_FAILURE() << "Vulkan validation: " << message;
        }
    }

private:
    Backend& backend_ = backendNamed(std::get<0>(this->GetParam()));
    DeviceMatrices device_{backend_};
};

/// "Cpu_F16_17x33x96"
template <typename Case>
std::string nameOfTest(const testing::TestParamInfo<std::tuple<std::string, Case>>& test) {
    return std::get<0>(test.param) + "_" + std::get<1>(test.param).name();
}

inline std::string nameOf(Placement placement) {
    return placement == Placement::Dense ? "Dense" : "Strided";
}

}  // namespace crystallite

/// Instantiates Suite (an OperationTest<Case>) for every backend and every element of the container `cases`.
#define INSTANTIATE_OPERATION_TEST(Suite, Case, cases)                                                                                   \
    INSTANTIATE_TEST_SUITE_P(, Suite, testing::Combine(testing::ValuesIn(::crystallite::availableBackends()), testing::ValuesIn(cases)), \
                             ::crystallite::nameOfTest<Case>);                                                                           \
    GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Suite)

/// The same on backends that round the factors of products, for a suite whose twin does, too.
#define INSTANTIATE_ROUNDED_OPERATION_TEST(Suite, Case, cases)                                                                 \
    INSTANTIATE_TEST_SUITE_P(Rounded, Suite,                                                                                   \
                             testing::Combine(testing::ValuesIn(::crystallite::roundingBackends()), testing::ValuesIn(cases)), \
                             ::crystallite::nameOfTest<Case>)
