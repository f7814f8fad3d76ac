#include "engine/engine.h"
#include "tests/cli/command_line.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace crystallite {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// The first Vulkan device as the command line names it; empty where there is none.
std::string vulkanDevice() {
    const std::vector<DeviceInfo> devices = listDevices();
    return devices.size() > 1 ? "1" : "";
}

TEST(Cli, BenchReportsEveryOperationAgainstTheLimit) {
    const Outcome outcome = runCli({"bench", "--device", "cpu", "--length", "32", "--repeats", "2", "--json"});

    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto document = nlohmann::json::parse(outcome.out);
    ASSERT_EQ(document["devices"].size(), 1U);
    const auto& device = document["devices"][0];
    EXPECT_GT(device["limits"]["matmul_gflops"].get<double>(), 0.0);
    for (const char* operation : {"embed", "rms_norm", "matmul", "rope", "attention", "silu_gate", "gather_rows", "candidates"}) {
        ASSERT_TRUE(device["operations"].contains(operation)) << operation;
        EXPECT_GT(device["operations"][operation]["ms"].get<double>(), 0.0) << operation;
    }
    EXPECT_EQ(device["operations"]["embed"]["calls"], 1);
    EXPECT_EQ(device["operations"]["attention"]["calls"], 6);  // one per layer
    EXPECT_GT(document["step"]["gflops"].get<double>(), 0.0);
}

TEST(Cli, SplitsAModelBetweenTwoDevicesAndReproducesItsTrace) {
    const std::string device = vulkanDevice();
    if (device.empty()) {
        GTEST_SKIP() << "there is no Vulkan device";
    }
    const ScratchFolder folder;
    const std::string trace = folder.file("run.crystal");
    const std::vector<std::string> run = {"generate", "--device", device, "-p",     "One day", "--length",     "12", "--steps",
                                          "4",        "--trace",  trace,  "--show", "final",   "--gpu-layers", "2"};

    const Outcome generated = runCli(run);
    const Outcome same = runCli({"verify", "--device", device, "--gpu-layers", "2", trace});
    const Outcome other = runCli({"verify", "--device", device, "--gpu-layers", "3", trace});

    ASSERT_EQ(generated.exitCode, 0) << generated.err;
    EXPECT_THAT(generated.err, AllOf(HasSubstr("layers 1-4 on "), HasSubstr("; layers 5-6 on ")));
    EXPECT_EQ(same.exitCode, 0) << same.out << same.err;
    EXPECT_THAT(same.out, HasSubstr("4 of 4 steps reproduced"));
    EXPECT_THAT(same.err, Not(HasSubstr("note: ")));
    EXPECT_THAT(other.err,
                AllOf(HasSubstr("note: the trace was made on "), HasSubstr("(layers 5-6) and is verified on "), HasSubstr("(layers 4-6)")));
}

TEST(Cli, ExplainsAndMeasuresASplitOnEachDevice) {
    const std::string device = vulkanDevice();
    if (device.empty()) {
        GTEST_SKIP() << "there is no Vulkan device";
    }

    const Outcome whole = runCli({"info", "--gpu-layers", "all"});
    const Outcome split = runCli({"info", "--gpu-layers", "2"});
    const Outcome bench =
        runCli({"bench", "--device", device, "--gpu-layers", "2", "--length", "8", "--repeats", "1", "--json", "--load-anyway"});

    EXPECT_THAT(whole.out, Not(HasSubstr("layers 1-")));
    EXPECT_THAT(split.out, AllOf(HasSubstr("layers 1-4 on "), HasSubstr("; layers 5-6 on ")));
    ASSERT_EQ(bench.exitCode, 0) << bench.err;
    const auto document = nlohmann::json::parse(bench.out);
    ASSERT_EQ(document["devices"].size(), 2U);
    EXPECT_EQ(document["devices"][0]["operations"]["attention"]["calls"], 4);
    EXPECT_EQ(document["devices"][1]["operations"]["attention"]["calls"], 2);
    EXPECT_TRUE(document["devices"][0]["operations"].contains("embed"));
    EXPECT_FALSE(document["devices"][1]["operations"].contains("embed"));
    EXPECT_TRUE(document["devices"][1]["operations"].contains("candidates"));
}

}  // namespace
}  // namespace crystallite
