#include "engine/diffusion/session.h"
#include "engine/model/model.h"
#include "tests/diffusion/reference_decode.h"
#include "tests/support/backends.h"
#include "tests/support/finished_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>

namespace crystallite {
namespace {

using nlohmann::json;

/// A checkpoint that tests/reference/make_checkpoints.py has written before this program starts, with the decodes of its family.
struct Checkpoint {
    std::string family;
    size_t number = 0;
    bool isFolder = false;  ///< a Hugging Face folder, with the tokenizer of the family's GGUF file

    [[nodiscard]] std::string name() const {
        std::string text = family + (isFolder ? "_folder" : "_file");
        std::replace(text.begin(), text.end(), '-', '_');
        return text;
    }
};

std::vector<Checkpoint> checkpoints() {
    std::vector<Checkpoint> all = {{.family = "llada-partial"}};
    for (const char* const family :
         {"llada", "illada", "dream", "dreamon", "open-dcoder", "qwen2-mdlm", "qwen3-mdlm", "diffugpt", "diffullama", "smdm"}) {
        all.push_back({.family = family, .number = all.size()});
        all.push_back({.family = family, .number = all.size(), .isFolder = true});
    }
    return all;
}

std::filesystem::path folder() {
    return CRYSTALLITE_REFERENCE_CHECKPOINTS;
}

Result<std::shared_ptr<const ModelSource>> open(const Checkpoint& checkpoint) {
    const std::string architecture = checkpoint.family == "llada-partial" ? "llada" : checkpoint.family;
    const std::filesystem::path file = folder() / (checkpoint.family + "." + architecture + ".F32.gguf");
    OpenOptions options;
    if (checkpoint.isFolder) {
        options.tokenizer = file;
    }
    return openModel(checkpoint.isFolder ? folder() / (checkpoint.family + ".F32") : file, options);
}

class FamilyDecodesOn : public ::testing::TestWithParam<std::tuple<std::string, Checkpoint>> {
protected:
    [[nodiscard]] static const Checkpoint& checkpoint() { return std::get<1>(GetParam()); }

    void SetUp() override {
        std::ifstream file(folder() / (checkpoint().family + ".policies.json"));
        decodes_ = json::parse(file, nullptr, false);
        ASSERT_TRUE(decodes_.is_array()) << "no decodes in " << folder() << "; the test reference_checkpoints writes them";
        const auto source = open(checkpoint());
        ASSERT_TRUE(source) << source.error().message;
        auto model = Model::load(backendNamed(std::get<0>(GetParam())), *source);
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
    }
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    Trace run(const json& decode) {
        const auto prompt = decode.at("prompt").get<std::vector<TokenId>>();
        return finishedRun(Session::start(*model_, prompt, requestOf(decode)));
    }

    json decodes_;
    std::unique_ptr<Model> model_;
};

INSTANTIATE_TEST_SUITE_P(, FamilyDecodesOn,
                         ::testing::Combine(::testing::ValuesIn(availableBackends()), ::testing::ValuesIn(checkpoints())),
                         [](const auto& test) { return std::get<0>(test.param) + "_" + std::get<1>(test.param).name(); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FamilyDecodesOn);

/// All on the CPU. A software Vulkan device takes ten times as long: there one of every policy, each time another, so that all the ways to
/// ask a policy run on some checkpoint.
std::vector<json> decodesFor(const std::string& backend, size_t checkpoint, const json& all) {
    std::map<std::string, std::vector<json>> ofPolicy;
    for (const json& decode : all) {
        ofPolicy[decode.at("policy").get<std::string>()].push_back(decode);
    }
    std::vector<json> chosen;
    for (const auto& [policy, decodes] : ofPolicy) {
        if (backend == "Cpu") {
            chosen.insert(chosen.end(), decodes.begin(), decodes.end());
        } else {
            chosen.push_back(decodes[checkpoint % decodes.size()]);
        }
    }
    return chosen;
}

/// The reference saw to it that no logits within the bar of families_test could decide otherwise, so that there is no tolerance here.
TEST_P(FamilyDecodesOn, MakesTheChangesOfTheReferenceInTheirOrder) {
    std::set<std::string> policiesSeen;
    for (const json& decode : decodesFor(std::get<0>(GetParam()), checkpoint().number, decodes_)) {
        SCOPED_TRACE(decode.dump());
        policiesSeen.insert(decode.at("policy").get<std::string>());

        const Trace trace = run(decode);

        ASSERT_EQ(changesOf(trace), decode.at("changes"));
        const auto text = trace.canvas(trace.steps()).text();
        ASSERT_EQ(json(std::vector<TokenId>(text.begin(), text.end())), decode.at("final"));
        ASSERT_EQ(trace.steps(), decode.at("steps_taken").get<uint32_t>());
        ASSERT_EQ(forwardsOf(trace), decode.at("forwards").get<uint32_t>());
    }
    std::set<std::string> able;
    for (const DecodePolicy policy : policiesFor(model_->config(), *model_->tokenizer())) {
        able.insert(std::string(nameOf(policy)));
    }
    EXPECT_EQ(policiesSeen, able) << "every policy that the family can be decoded with, and no other";
}

}  // namespace
}  // namespace crystallite
