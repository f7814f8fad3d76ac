// Writes the inputs that the fuzzer starts from into a folder: gguf_fuzz_seeds FOLDER
#include "tests/support/mixture_files.h"

#include <cstdio>

int main(int argumentCount, char** arguments) {
    using namespace crystallite;
    if (argumentCount != 2) {
        std::fputs("usage: gguf_fuzz_seeds FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder);
    const LladaSizes smallest{.layers = 1, .width = 4, .heads = 1, .kvHeads = 1, .feedForward = 4, .vocabulary = 264};
    writeFile(folder / "whole_model.gguf", randomLlada(smallest, 1, WeightFormat::F16));
    writeFile(folder / "mixture.gguf", smallMixture());
    writeFile(folder / "all_types.gguf", GgufBuilder()
                                             .raw("u8", 0, littleEndian(uint8_t{1}))
                                             .raw("u16", 2, littleEndian(uint16_t{1}))
                                             .raw("u64", 10, littleEndian(uint64_t{1}))
                                             .raw("f64", 12, littleEndian(1.0))
                                             .number("general.alignment", 64)
                                             .signedNumber("i32", -1)
                                             .real("f32", 1.0F)
                                             .flag("bool", true)
                                             .text("text", "abc")
                                             .numbers("numbers", {1, 2})
                                             .texts("texts", {"a", "b"})
                                             .build());
    writeFile(folder / "two_tensors.gguf", GgufBuilder().tensor("a", {2, 2}, 0, "0123456789abcdef").tensor("b", {3}, 1, "012345").build(2));
    writeFile(folder / "blocks.gguf", GgufBuilder()
                                          .tensor("a", {256, 1}, static_cast<uint32_t>(WeightFormat::Q4_K), std::string(144, 'x'))
                                          .tensor("b", {64, 2}, static_cast<uint32_t>(WeightFormat::MXFP4), std::string(68, 'x'))
                                          .build());
    return 0;
}
