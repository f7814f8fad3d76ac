#include "tests/trace/trace_file_support.h"

#include "engine/trace/run_id.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <iterator>

namespace crystallite {

void expectSameRun(const Trace& actual, const Trace& expected, uint32_t steps, bool hasId) {
    TraceHeader header = actual.header();
    if (!hasId) {
        EXPECT_TRUE(isRunId(header.id));
        header.id = expected.header().id;
    }
    EXPECT_EQ(header, expected.header());
    EXPECT_EQ(actual.canvas(0), expected.canvas(0));
    ASSERT_EQ(actual.steps(), steps);
    for (uint32_t step = 1; step <= steps; ++step) {
        EXPECT_TRUE(sameDecision(actual.record(step), expected.record(step))) << "step " << step;
        EXPECT_EQ(actual.record(step).milliseconds, expected.record(step).milliseconds);
        EXPECT_EQ(actual.canvas(step), expected.canvas(step));
    }
}

void tamper(const std::filesystem::path& path, const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << sql << ": " << message;
    sqlite3_close(database);
}

std::string contentsOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeFile(const std::filesystem::path& path, const std::string& contents) {
    std::ofstream(path, std::ios::binary) << contents;
}

}  // namespace crystallite
