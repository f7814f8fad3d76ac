#pragma once

#include "engine/trace/trace.h"

#include <filesystem>
#include <string>
#include <vector>

namespace crystallite {

/// One committed token of a recorded run.
struct GoldenCommit {
    uint32_t step = 0;
    uint32_t position = 0;
    TokenId id = 0;
    friend bool operator==(const GoldenCommit&, const GoldenCommit&) = default;
};
void PrintTo(const GoldenCommit& commit, std::ostream* out);

/// What a run decided: its commits by step, inside a step by position. Slots that commit together have no order that a reader could see,
/// and nearly equal confidences may change places between devices.
struct GoldenRun {
    std::string name;
    std::string prompt;
    DecodeSettings settings;
    std::vector<GoldenCommit> commits;
};

struct GoldenFile {
    std::string modelFingerprint;
    std::vector<GoldenRun> runs;
};

std::vector<GoldenCommit> commitsOf(const Trace& trace);

/// How close the closest decision was: the least difference, over all steps, between the score of the last slot that was committed and the
/// first that was not, and (at temperature 0) between the two best tokens of a committed slot.
double closestDecision(const Trace& trace);

GoldenFile readGolden(const std::filesystem::path& path);
void writeGolden(const std::filesystem::path& path, const GoldenFile& golden);

}  // namespace crystallite
