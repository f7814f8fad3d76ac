// Feeds arbitrary bytes to the reader of safetensors files. A failure is a crash, a sanitizer report, memory far beyond the input's size,
// or a tensor that lies outside of the file or does not have the bytes that its shape needs.
#include "engine/base/assert.h"
#include "engine/formats/safetensors_file.h"

#include <cstdint>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace crystallite;
    const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
    const Result<SafetensorsFile> file = SafetensorsFile::parse(bytes, "input.safetensors");
    if (!file) {
        ENGINE_ASSERT(!file.error().message.empty());
        return 0;
    }
    for (const SafetensorsTensor& tensor : file->tensors()) {
        ENGINE_ASSERT(tensor.bytes.data() >= bytes.data() && tensor.bytes.data() + tensor.bytes.size() <= bytes.data() + bytes.size());
        uint64_t elements = 1;
        for (const uint64_t dimension : tensor.shape) {
            elements *= dimension;
        }
        const std::optional<WeightFormat> format = tensor.weightFormat();
        ENGINE_ASSERT(!format || tensor.bytes.size() == rowBytes(*format, elements));
    }
    return 0;
}
