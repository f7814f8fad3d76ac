#include "engine/engine.h"
#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

namespace crystallite {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

json benchOf(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "bench");
    arguments.insert(arguments.end(), {"--device", "cpu", "--json"});
    const Outcome outcome = runCli(arguments);
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    return json::parse(outcome.out, nullptr, false);
}

/// Every entry says the same thing three times: time, rates and share.
void expectConsistent(const json& entry, const json& limits) {
    const double milliseconds = entry.at("ms");
    ASSERT_GT(milliseconds, 0.0);
    const double gflops = entry.at("flops").get<double>() / milliseconds * 1e-6;
    const double gigabytes = entry.at("bytes").get<double>() / milliseconds * 1e-6;
    EXPECT_NEAR(entry.at("gflops").get<double>(), gflops, 1e-9 * gflops);
    EXPECT_NEAR(entry.at("gb_per_s").get<double>(), gigabytes, 1e-9 * gigabytes);
    const double share = std::max(gflops / limits.at("matmul_gflops").get<double>(), gigabytes / limits.at("copy_gb_per_s").get<double>());
    EXPECT_NEAR(entry.at("least_ms").get<double>() / milliseconds, entry.at("share_of_limit").get<double>(), 1e-9);
    EXPECT_GT(share, 0.0);
}

/// Of one operation, or of several of one kind on one device, the share is that of the limit that binds.
void expectShareOfLimit(const json& entry, const json& limits) {
    expectConsistent(entry, limits);
    const double share = std::max(entry.at("gflops").get<double>() / limits.at("matmul_gflops").get<double>(),
                                  entry.at("gb_per_s").get<double>() / limits.at("copy_gb_per_s").get<double>());
    EXPECT_NEAR(entry.at("share_of_limit").get<double>(), share, 1e-9 * share);
}

TEST(CliBench, AStepOfRandomWeightsIsTimeRateAndShare) {
    const json document = benchOf({"step", "--shape", "tiny", "--format", "f16", "--slots", "48", "--repeats", "2"});

    EXPECT_EQ(document["command"], "step");
    EXPECT_EQ(document["model"], "random llada of 9 layers");
    ASSERT_THAT(document["devices"], SizeIs(1));
    const json& device = document["devices"][0];
    for (const json& entry : device["operations"]) {
        expectShareOfLimit(entry, device["limits"]);
    }
    EXPECT_EQ(device["operations"]["attention"]["calls"], 9);
    // q, k, v, output, gate, up and down of 9 layers, and the head.
    EXPECT_EQ(device["operations"]["matmul"]["calls"], 64);
    // 2 operations for each of 48 rows and each weight of a matrix, and the additions to the residual stream of two matrices a layer.
    const double weights = 9.0 * (4.0 * 256 * 256 + 3.0 * 256 * 512) + 320.0 * 256;
    EXPECT_EQ(device["operations"]["matmul"]["flops"].get<double>(), 48.0 * (2.0 * weights + 9.0 * 2.0 * 256));
    const json& step = document["step"];
    expectShareOfLimit(step, device["limits"]);
    EXPECT_EQ(step["rows"], 48);
    EXPECT_EQ(step["open"], 48);
    EXPECT_LE(step["best_ms"], step["ms"]);
    // F16 matrices and the embedding, F32 norms.
    EXPECT_EQ(step["memory"][0]["weights_bytes"].get<uint64_t>(), static_cast<uint64_t>(2 * (weights + 320.0 * 256) + 4.0 * 256 * 19));
}

TEST(CliBench, CachesAndOpenSlotsLeaveRowsOut) {
    const auto stepOf = [](std::vector<std::string> more) {
        std::vector<std::string> arguments = {"step", "--slots", "96", "--repeats", "1"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return benchOf(arguments)["step"];
    };
    const json full = stepOf({"--shape", "dream-5m"});
    const json few = stepOf({"--shape", "dream-5m", "--open", "8"});
    const json prefix = stepOf({"--shape", "dream-5m", "--cache", "prefix"});
    const json dual = stepOf({"--shape", "dream-5m", "--cache", "dual"});
    const json exact = stepOf({"--shape", "tiny-mixture", "--cache", "exact"});

    EXPECT_EQ(full["rows"], 96);
    EXPECT_EQ(few["rows"], 96);
    EXPECT_LT(few["flops"], full["flops"]);
    // The block in the middle, what stands behind it, and the row before it: dream predicts a slot in the row before.
    EXPECT_EQ(prefix["rows"], 1 + 32 + 32);
    EXPECT_EQ(dual["rows"], 1 + 32);
    EXPECT_LT(dual["flops"], prefix["flops"]);
    EXPECT_LT(prefix["flops"], full["flops"]);
    EXPECT_GT(dual["memory"][0]["store_bytes"], 0);
    EXPECT_EQ(exact["rows"], 32);
}

TEST(CliBench, EveryProductStandsAlone) {
    const json document = benchOf({"ops", "--shape", "tiny", "--slots", "40", "--repeats", "1"});

    const json& limits = document["devices"][0]["limits"];
    const auto count = [&](const std::string& name, uint32_t rows) {
        return std::count_if(document["ops"].begin(), document["ops"].end(),
                             [&](const json& entry) { return entry["operation"] == name && entry["rows"] == rows; });
    };
    for (const json& entry : document["ops"]) {
        expectShareOfLimit(entry, limits);
    }
    for (const uint32_t rows : {1U, 8U, 32U, 64U, 40U}) {
        for (const char* name : {"attn_q", "attn_k", "attn_output", "ffn_gate", "ffn_up", "output"}) {
            EXPECT_EQ(count(name, rows), 1) << name << " over " << rows;
        }
        // Layers of the mix have it in Q4_K and in Q6_K.
        EXPECT_EQ(count("ffn_down", rows), 2);
    }
    EXPECT_EQ(count("attention", 32), 1);
    EXPECT_EQ(count("attention", 40), 1);
    const auto one =
        std::find_if(document["ops"].begin(), document["ops"].end(), [](const json& entry) { return entry["operation"] == "ffn_up"; });
    EXPECT_EQ((*one)["detail"], "512 x 256 Q4_K");
    EXPECT_EQ((*one)["flops"].get<double>(), 2.0 * 512 * 256 * (*one)["rows"].get<double>());
}

TEST(CliBench, ARunIsWhatGenerateDoes) {
    const json none = benchOf({"run", "--shape", "tiny", "--slots", "96", "--steps", "16", "--repeats", "1"});
    const json dual = benchOf({"run", "--shape", "tiny", "--slots", "96", "--steps", "16", "--cache", "dual", "--repeats", "1"});

    const json& run = none["run"];
    EXPECT_EQ(run["steps"], 16);
    EXPECT_EQ(run["answer_tokens"], 64);
    EXPECT_EQ(run["rows"], 16 * 96);
    // Two blocks: the whole text once in each, then a block.
    EXPECT_EQ(dual["run"]["rows"], 2 * 96 + 14 * 32);
    EXPECT_DOUBLE_EQ(run["ms_per_step"].get<double>(), run["ms"].get<double>() / 16);
    EXPECT_DOUBLE_EQ(run["tokens_per_s"].get<double>(), 64e3 / run["ms"].get<double>());
}

/// The rule of a cliff, once more.
void expectCliffsMarked(const json& points) {
    double bestShare = 0.0;
    double leastMemory = 1e300;
    for (const json& point : points) {
        const double share = point["least_ms"].get<double>() / point["best_ms"].get<double>();
        const double memory = point["work_bytes"].get<double>() / point["slots"].get<double>();
        std::vector<std::string> cliffs;
        if (share * 1.25 < bestShare) {
            cliffs.emplace_back("time");
        }
        if (memory > 1.25 * leastMemory) {
            cliffs.emplace_back("memory");
        }
        EXPECT_EQ(point["cliffs"].get<std::vector<std::string>>(), cliffs);
        bestShare = std::max(bestShare, share);
        leastMemory = std::min(leastMemory, memory);
    }
}

TEST(CliBench, ScalesAlongSlotsOpenSlotsAndLayers) {
    const json document =
        benchOf({"scaling", "--shape", "tiny", "--slots", "16,64,32", "--open", "1,32", "--layers", "1,4", "--repeats", "2"});

    const json& scaling = document["scaling"];
    ASSERT_THAT(scaling["slots"], SizeIs(3));
    ASSERT_THAT(scaling["open"], SizeIs(2));
    ASSERT_THAT(scaling["layers"], SizeIs(2));
    for (const json& curve : scaling) {
        expectCliffsMarked(curve);
        for (const json& point : curve) {
            expectShareOfLimit(point, document["devices"][0]["limits"]);
        }
    }
    for (const auto& [index, slots] : {std::pair(0, 16), {1, 32}, {2, 64}}) {
        EXPECT_EQ(scaling["slots"][index]["slots"], slots);
        EXPECT_EQ(scaling["slots"][index]["layers"], 4) << "the most that are asked for";
    }
    EXPECT_EQ(scaling["open"][0]["slots"], 32);
    EXPECT_EQ(scaling["open"][0]["open"], 1);
    EXPECT_EQ(scaling["layers"][0]["layers"], 1);
    EXPECT_LT(scaling["layers"][0]["weights_bytes"], scaling["layers"][1]["weights_bytes"]);
    EXPECT_EQ(scaling["slots"][2]["work_bytes"], 4 * scaling["slots"][0]["work_bytes"].get<uint64_t>());
}

TEST(CliBench, AllGoesIntoAFileAndNamesWhatIsLeftOut) {
    const ScratchFolder folder;
    const std::string file = folder.file("bench.json");

    const Outcome outcome = runCli({"bench", "all", "-d", "cpu", "--shape", "tiny", "--slots", "32,64", "--repeats", "1", "--json", file});

    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("limits on"), HasSubstr("tiny q4_k_m: step over 64 slots, cache dual")));
    const json document = json::parse(std::ifstream(file));
    EXPECT_EQ(document["complete"], true);
    ASSERT_THAT(document["models"], SizeIs(2));
    for (const json& model : document["models"]) {
        EXPECT_THAT(model["ops"], ::testing::Not(::testing::IsEmpty()));
        EXPECT_THAT(model["steps"], SizeIs(6));  // 2 sizes without a cache, with prefix and with dual
    }
    const Outcome large = runCli({"bench", "all", "-d", "cpu", "--shape", "llada-8b", "--format", "f32", "--slots", "4194304", "--json"});
    EXPECT_EQ(large.exitCode, 2) << "no canvas is as long";
}

TEST(CliBench, RefusesWhatDoesNotFitBeforeItMakesIt) {
    // 16 billion weights of 4 bytes over a million slots: hundreds of gigabytes.
    const Outcome outcome =
        runCli({"bench", "-d", "cpu", "--shape", "llada2-mini", "--format", "f32", "--slots", "1048576", "--repeats", "1"});

    EXPECT_EQ(outcome.exitCode, 4) << outcome.err;
    expectSentence(outcome.err);
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("llada2-mini f32"), HasSubstr("of weights"), HasSubstr("to work on 1048576 slots")));
}

TEST(CliBench, WrongArgumentsAreOneSentence) {
    const std::vector<std::vector<std::string>> wrong = {{"step", "--slots", "1,2"},
                                                         {"step", "--slots", "0"},
                                                         {"step", "--open", "500"},
                                                         {"--shape", "llada-9b"},
                                                         {"--format", "f16"},
                                                         {"--layers", "2"},
                                                         {"scaling", "--layers", "2"},
                                                         {"--shape", "tiny", "--layers", "99"},
                                                         {"--shape", "tiny", "--format", "q9"},
                                                         {"--shape", "tiny", "--quantize", "q8_0"},
                                                         {"--shape", "tiny", "-m", "stories"},
                                                         {"--cache", "fast"},
                                                         {"--cache", "exact"},
                                                         {"--cache", "sub-block"},
                                                         {"--shape", "tiny-mixture", "--cache", "dual"},
                                                         {"run", "--slots", "16"},
                                                         {"run", "--slots", "96", "--cache", "dual", "--steps", "7"},
                                                         {"step", "ops"},
                                                         {"--repeats", "0"}};
    for (std::vector<std::string> arguments : wrong) {
        arguments.insert(arguments.begin(), {"bench"});
        const Outcome outcome = runCli(arguments);

        EXPECT_EQ(outcome.exitCode, 2) << outcome.err;
        expectSentence(outcome.err);
        EXPECT_EQ(outcome.out, "");
    }
    const Outcome outcome = runCli({"bench", "--json", "/no/such/folder/x.json"});
    EXPECT_EQ(outcome.exitCode, 3);
    expectSentence(outcome.err);
}

TEST(CliBench, StopsAtOnceAndKeepsTheWholePartsOfAll) {
    const ScratchFolder folder;
    const std::string file = folder.file("bench.json");

    // A pass of 4,096 slots takes seconds, and a thousand are asked for.
    const Outcome one = runCliAndSignal({"bench", "scaling", "-d", "cpu", "--slots", "4096", "--repeats", "1000"}, "slots 4096", SIGINT);
    const Outcome all =
        runCliAndSignal({"bench", "all", "-d", "cpu", "--shape", "tiny", "--slots", "4096,16", "--repeats", "100", "--json", file},
                        "step over 4096", SIGINT);

    EXPECT_EQ(one.exitCode, 130) << one.err;
    EXPECT_EQ(one.out, "");
    EXPECT_EQ(all.exitCode, 130) << all.err;
    const json document = json::parse(std::ifstream(file));
    EXPECT_EQ(document["complete"], false);
    EXPECT_THAT(document["models"][0]["ops"], ::testing::Not(::testing::IsEmpty()));
    EXPECT_THAT(document["models"][0]["steps"], ::testing::IsEmpty());
}

}  // namespace
}  // namespace crystallite
