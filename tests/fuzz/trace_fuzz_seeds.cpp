// Writes the inputs that the fuzzer starts from into a folder: trace_fuzz_seeds FOLDER
#include "engine/base/assert.h"
#include "engine/trace/sqlite.h"
#include "engine/trace/trace_file.h"
#include "tests/exchange/hostile_trace.h"
#include "tests/trace/sample_trace.h"

#include <cstdio>

namespace {

using namespace crystallite;

/// With pages of 512 bytes in place of 4096: a dozen tables in a file as small as the fuzzer's longest input.
void writeTrace(const std::filesystem::path& path, const Trace& trace) {
    ENGINE_ASSERT(saveTrace(path, trace));
    Result<Database> database = Database::open(path, Database::Access::Existing);
    ENGINE_ASSERT(database && database->execute("PRAGMA page_size = 512; VACUUM"));
}

}  // namespace

int main(int argumentCount, char** arguments) {
    if (argumentCount != 2) {
        std::fputs("usage: trace_fuzz_seeds FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder);
    writeTrace(folder / "text.crystal", sampleTrace(4, 3));
    writeTrace(folder / "board.crystal", sampleBoardTrace(2));
    writeTrace(folder / "changing.crystal", changingTrace());
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        constexpr uintmax_t kLongestInput = 16384;  // -max_len of the targets: a longer seed would be cut and read as damaged
        ENGINE_ASSERT(entry.file_size() <= kLongestInput && readTrace(entry.path()));
    }
    return 0;
}
