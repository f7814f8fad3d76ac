#include "tests/golden/golden_run.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <ostream>
#include <tuple>

namespace crystallite {

namespace {

GoldenRun runFrom(const nlohmann::json& object) {
    GoldenRun run{.name = object.at("name"), .prompt = object.at("prompt")};
    run.settings = {.length = object.at("length"),
                    .steps = object.at("steps"),
                    .blockLength = object.at("block_length"),
                    .order = *parseUnmaskOrder(object.at("order").get<std::string>()),
                    .temperature = object.at("temperature"),
                    .seed = object.at("seed")};
    for (const nlohmann::json& commit : object.at("commits")) {
        run.commits.push_back({.step = commit.at(0), .position = commit.at(1), .id = commit.at(2)});
    }
    return run;
}

nlohmann::ordered_json toJson(const GoldenRun& run) {
    nlohmann::ordered_json object;
    object["name"] = run.name;
    object["prompt"] = run.prompt;
    object["length"] = run.settings.length;
    object["steps"] = run.settings.steps;
    object["block_length"] = run.settings.blockLength;
    object["order"] = nameOf(run.settings.order);
    object["temperature"] = run.settings.temperature;
    object["seed"] = run.settings.seed;
    object["commits"] = nlohmann::ordered_json::array();
    for (const GoldenCommit& commit : run.commits) {
        object["commits"].push_back({commit.step, commit.position, commit.id});
    }
    return object;
}

double closestDecision(const StepRecord& record, bool greedy) {
    double lastChosen = HUGE_VAL;
    double firstLeft = -HUGE_VAL;
    double closest = HUGE_VAL;
    for (const SlotBelief& belief : record.beliefs) {
        const bool chosen = std::any_of(record.events.begin(), record.events.end(),
                                        [&](const SlotEvent& event) { return event.position == belief.position; });
        const auto score = static_cast<double>(belief.score);
        if (chosen) {
            lastChosen = std::min(lastChosen, score);
            closest = greedy ? std::min(closest, static_cast<double>(belief.margin)) : closest;
        } else if (!std::isnan(score)) {
            firstLeft = std::max(firstLeft, score);
        }
    }
    return std::min(closest, lastChosen - firstLeft);
}

}  // namespace

void PrintTo(const GoldenCommit& commit, std::ostream* out) {
    *out << "step " << commit.step << " slot " << commit.position << " id " << commit.id;
}

std::vector<GoldenCommit> commitsOf(const Trace& trace) {
    std::vector<GoldenCommit> commits;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        for (const SlotEvent& event : trace.record(step).events) {
            commits.push_back({.step = step, .position = event.position, .id = event.after});
        }
    }
    std::sort(commits.begin(), commits.end(),
              [](const GoldenCommit& a, const GoldenCommit& b) { return std::tie(a.step, a.position) < std::tie(b.step, b.position); });
    return commits;
}

double closestDecision(const Trace& trace) {
    double closest = HUGE_VAL;
    for (uint32_t step = 1; step <= trace.steps(); ++step) {
        closest = std::min(closest, closestDecision(trace.record(step), trace.header().settings.temperature == 0.0F));
    }
    return closest;
}

GoldenFile readGolden(const std::filesystem::path& path) {
    std::ifstream file(path);
    const nlohmann::json object = nlohmann::json::parse(file);
    GoldenFile golden{.modelFingerprint = object.at("model_fingerprint")};
    for (const nlohmann::json& run : object.at("runs")) {
        golden.runs.push_back(runFrom(run));
    }
    return golden;
}

void writeGolden(const std::filesystem::path& path, const GoldenFile& golden) {
    // One run a line: a diff shows which run changed.
    std::ofstream file(path);
    file << R"({"model_fingerprint": ")" << golden.modelFingerprint << R"(", "runs": [)" << '\n';
    for (size_t index = 0; index < golden.runs.size(); ++index) {
        file << toJson(golden.runs[index]).dump() << (index + 1 < golden.runs.size() ? ",\n" : "\n");
    }
    file << "]}\n";
}

}  // namespace crystallite
