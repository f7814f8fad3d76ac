#include "engine/cpu/blas.h"

#include "engine/cpu/instruction_set.h"
#include "engine/cpu/tile_product.h"

#include <cblas.h>

#include <string_view>

namespace crystallite {

#ifdef CRYSTALLITE_HAVE_OPENBLAS
std::string blasName() {
    // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...": the build options mean nothing to a person.
    const std::string_view config = openblas_get_config();
    return std::string(config.substr(0, config.find(' ', config.find(' ') + 1))) + " (" + openblas_get_corename() + ")";
}

void keepBlasOnCallingThread() {
    openblas_set_num_threads(1);
}
#else
std::string blasName() {
    return "CBLAS";
}

void keepBlasOnCallingThread() {}
#endif

void multiply(const Product& p) {
    if (const InstructionSet set = instructionSet(); set != InstructionSet::Portable) {
        multiplyByTiles(set, p);
        return;
    }
    const auto size = [](uint32_t n) { return static_cast<int>(n); };
    cblas_sgemm(CblasRowMajor, CblasNoTrans, p.rightIs == RightOperand::Transposed ? CblasTrans : CblasNoTrans, size(p.rows),
                size(p.columns), size(p.depth), p.factor, p.left.first, size(p.left.stride), p.right.first, size(p.right.stride),
                p.result == ProductResult::Add ? 1.0F : 0.0F, p.out.first, size(p.out.stride));
}

}  // namespace crystallite
