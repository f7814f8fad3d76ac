#include "engine/exchange/run_csv.h"
#include "tests/exchange/csv_reader.h"
#include "tests/exchange/hostile_trace.h"
#include "tests/support/synthetic_trace.h"
#include "tests/trace/sample_trace.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <map>

namespace crystallite {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> rowsOf(const Trace& trace, CsvTable table) {
    std::string text;
    const ExportSink sink = [&text](std::string_view more) {
        text += more;
        return Result<void>();
    };
    EXPECT_TRUE(writeCsv(trace, table, sink, {}));
    const auto lines = readCsv(text);
    std::vector<Row> rows;
    for (size_t line = 1; line < lines.size(); ++line) {
        EXPECT_EQ(lines[line].size(), lines[0].size()) << "line " << line;
        Row row;
        for (size_t cell = 0; cell < lines[line].size(); ++cell) {
            row[lines[0][cell]] = lines[line][cell];
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

bool isSame(const std::string& cell, float value) {
    return std::isnan(value) ? cell.empty() : std::bit_cast<uint32_t>(std::strtof(cell.c_str(), nullptr)) == std::bit_cast<uint32_t>(value);
}

void expectBelief(const Row& row, const SlotBelief* belief) {
    if (belief == nullptr) {
        EXPECT_EQ(row.at("entropy_nats"), "");
        EXPECT_EQ(row.at("id_1"), "");
        return;
    }
    EXPECT_TRUE(isSame(row.at("log_sum_exp"), belief->logSumExp));
    EXPECT_TRUE(isSame(row.at("entropy_nats"), belief->entropy));
    EXPECT_TRUE(isSame(row.at("margin"), belief->margin));
    EXPECT_TRUE(isSame(row.at("score"), belief->score));
    EXPECT_EQ(row.at("drawn_id"), std::to_string(belief->sampledId));
    EXPECT_TRUE(isSame(row.at("drawn_p"), belief->sampledProbability));
    for (size_t rank = 0; rank < belief->candidates.size(); ++rank) {
        EXPECT_EQ(row.at("id_" + std::to_string(rank + 1)), std::to_string(belief->candidates[rank].id));
        EXPECT_TRUE(isSame(row.at("p_" + std::to_string(rank + 1)), belief->candidates[rank].probability));
    }
}

TEST(RunCsv, EverySlotOfEveryFrameEqualsTheTrace) {
    for (const Trace& trace : {sampleTrace(5, 4), hostileTrace(), changingTrace(), sampleBoardTrace(3)}) {
        const std::vector<Row> rows = rowsOf(trace, CsvTable::Slots);
        ASSERT_EQ(rows.size(), size_t{trace.slots()} * (trace.steps() + 1));
        for (uint32_t frame = 0; frame <= trace.steps(); ++frame) {
            for (uint32_t position = 0; position < trace.slots(); ++position) {
                SCOPED_TRACE(trace.header().modelName + " frame " + std::to_string(frame) + " slot " + std::to_string(position));
                const Row& row = rows[size_t{frame} * trace.slots() + position];
                const Canvas& canvas = trace.canvas(frame);
                EXPECT_EQ(row.at("step"), std::to_string(frame));
                EXPECT_EQ(row.at("position"), std::to_string(position + 1));
                EXPECT_EQ(row.at("slot"), std::to_string(canvas.key(position) + 1));
                EXPECT_EQ(row.at("masked"), canvas.isMasked(position) ? "1" : "0");
                const bool isShown = !canvas.isMasked(position) && canvas.region(position) != SlotRegion::Room;
                EXPECT_EQ(row.at("token_id"), isShown ? std::to_string(canvas.token(position)) : "");
                const auto change = trace.lastChange(position, frame);
                EXPECT_EQ(row.at("changed_by"), change ? nameOf(change->event.kind) : "");
                EXPECT_EQ(row.at("changed_at_step"), change ? std::to_string(change->step) : "");
                EXPECT_TRUE(!change || isSame(row.at("change_p"), change->event.probability));
                expectBelief(row, frame == 0 ? nullptr : trace.belief(frame, position, frame));
            }
        }
    }
}

TEST(RunCsv, StepsEqualTheTrace) {
    const Trace trace = changingTrace();
    const std::vector<Row> rows = rowsOf(trace, CsvTable::Steps);
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[2].at("remask"), "1");
    EXPECT_EQ(rows[2].at("delete"), "1");
    EXPECT_EQ(rows[2].at("commit"), "0");
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        const StepRecord& record = trace.record(step);
        EXPECT_EQ(rows[step - 1].at("masked_after"), std::to_string(record.maskedAfter));
        EXPECT_EQ(std::strtod(rows[step - 1].at("mean_entropy_nats").c_str(), nullptr), meanEntropy(record));
        EXPECT_EQ(std::strtod(rows[step - 1].at("milliseconds").c_str(), nullptr), record.milliseconds);
    }
}

TEST(RunCsv, TokensGiveTheirBytesBack) {
    const Trace trace = hostileTrace();
    for (const Row& row : rowsOf(trace, CsvTable::Tokens)) {
        const auto id = static_cast<TokenId>(std::stoul(row.at("token_id")));
        std::string bytes;
        for (size_t at = 0; at < row.at("bytes").size(); at += 2) {
            bytes += static_cast<char>(std::stoi(row.at("bytes").substr(at, 2), nullptr, 16));
        }
        EXPECT_EQ(bytes, trace.piece(id));
        EXPECT_EQ(row.at("token").find_first_of("=+@\r\n"), row.at("token").find_first_of("=+@\r\n", 1)) << "a cell that computes";
    }
}

TEST(RunCsv, StopsWhenAsked) {
    std::stop_source stop;
    const ExportWatch watch{.stop = stop.get_token(), .progress = [&stop](double) { stop.request_stop(); }};
    const auto written = writeCsv(
        sampleTrace(5, 4), CsvTable::Slots, [](std::string_view) { return Result<void>(); }, watch);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Cancelled);
}

TEST(RunCsv, RefusesATableThatThereIsNot) {
    const auto table = parseCsvTable("rows");
    ASSERT_FALSE(table);
    EXPECT_NE(table.error().message.find("slots, steps, tokens"), std::string::npos) << table.error().message;
}

}  // namespace
}  // namespace crystallite
