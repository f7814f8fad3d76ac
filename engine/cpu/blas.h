#pragma once

#include <cstdint>
#include <string>

namespace crystallite {

/// "OpenBLAS 0.3.21 (SkylakeX)"; "CBLAS" for a library that does not tell.
std::string blasName();

/// Makes every call run on its caller's thread only: the operations divide the work over their own threads. Other libraries than OpenBLAS
/// keep their own way of threading.
void keepBlasOnCallingThread();

enum class RightOperand { AsIs, Transposed };
enum class ProductResult { Replace, Add };

/// A row-major matrix of floats in memory, `stride` elements from row to row.
struct FloatsIn {
    const float* first = nullptr;
    uint32_t stride = 0;
};
struct FloatsOut {
    float* first = nullptr;
    uint32_t stride = 0;
};

/// out[rows, columns] (+)= factor * left[rows, depth] * right, which is [depth, columns], or [columns, depth] when transposed.
struct Product {
    uint32_t rows = 0;
    uint32_t columns = 0;
    uint32_t depth = 0;
    FloatsIn left;
    FloatsIn right;
    RightOperand rightIs = RightOperand::AsIs;
    FloatsOut out;
    ProductResult result = ProductResult::Replace;
    float factor = 1.0F;
};
void multiply(const Product& product);

}  // namespace crystallite
