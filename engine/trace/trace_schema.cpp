#include "engine/trace/trace_schema.h"

#include <fstream>
#include <string>
#include <system_error>

namespace crystallite {

FileClaim inspectTraceFile(const std::filesystem::path& path) {
    // sqlite.org/fileformat.html, section 1.3: magic at 0, application id big-endian at 68.
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    constexpr size_t kApplicationIdOffset = 68;

    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        return FileClaim::Missing;
    }
    std::string head(kApplicationIdOffset + sizeof(uint32_t), '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    if (file.is_open() && file.gcount() == 0 && file.eof()) {
        return FileClaim::Empty;
    }
    if (!file || !head.starts_with(kMagic)) {
        return FileClaim::Other;
    }
    uint32_t applicationId = 0;
    for (size_t byte = 0; byte < sizeof(uint32_t); ++byte) {
        applicationId = applicationId << 8 | static_cast<uint8_t>(head[kApplicationIdOffset + byte]);
    }
    return applicationId == kTraceApplicationId ? FileClaim::Trace : FileClaim::Other;
}

}  // namespace crystallite
