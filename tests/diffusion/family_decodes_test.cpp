#include "engine/diffusion/session.h"
#include "engine/model/families/family.h"
#include "engine/model/model.h"
#include "tests/diffusion/reference_decode.h"
#include "tests/model/reference_checkpoints.h"
#include "tests/support/backends.h"
#include "tests/support/finished_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
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

constexpr std::array kFamilies = {"llada",      "illada",   "dream",      "dreamon", "open-dcoder", "qwen2-mdlm",
                                  "qwen3-mdlm", "diffugpt", "diffullama", "smdm",    "llada-moe",   "rnd1"};

/// Our own architecture is a GGUF file and nothing else.
std::vector<Checkpoint> files() {
    std::vector<Checkpoint> all = {{.family = "llada-partial"}, {.family = "crystallite", .number = 1}};
    for (const char* const family : kFamilies) {
        all.push_back({.family = family, .number = all.size()});
    }
    return all;
}

std::vector<Checkpoint> folders() {
    std::vector<Checkpoint> all;
    for (const char* const family : kFamilies) {
        all.push_back({.family = family, .number = files().size() + all.size(), .isFolder = true});
    }
    return all;
}

std::shared_ptr<const ModelSource> open(const Checkpoint& checkpoint) {
    const std::string architecture = checkpoint.family == "llada-partial" ? "llada" : checkpoint.family;
    const std::string file = checkpoint.family + "." + architecture + ".F32.gguf";
    OpenOptions options;
    if (checkpoint.isFolder) {
        options.tokenizer = referenceFolder() / file;
    }
    return openReference(checkpoint.isFolder ? checkpoint.family + ".F32" : file, options);
}

class FamilyDecodesOn : public ::testing::TestWithParam<std::tuple<std::string, Checkpoint>> {
protected:
    [[nodiscard]] static const Checkpoint& checkpoint() { return std::get<1>(GetParam()); }

    void SetUp() override {
        decodes_ = referenceList(checkpoint().family + ".policies.json");
        auto model = Model::load(backendNamed(std::get<0>(GetParam())), open(checkpoint()));
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
    }
    void TearDown() override { EXPECT_THAT(takeValidationMessages(), ::testing::IsEmpty()); }

    Result<std::unique_ptr<Session>> start(const json& decode) {
        const auto prompt = decode.at("prompt").get<std::vector<TokenId>>();
        return Session::start(*model_, prompt, requestOf(decode));
    }

    json decodes_;
    std::unique_ptr<Model> model_;
};

std::string nameOfCase(const ::testing::TestParamInfo<std::tuple<std::string, Checkpoint>>& test) {
    return std::get<0>(test.param) + "_" + std::get<1>(test.param).name();
}

INSTANTIATE_TEST_SUITE_P(Files, FamilyDecodesOn, ::testing::Combine(::testing::ValuesIn(availableBackends()), ::testing::ValuesIn(files())),
                         nameOfCase);
INSTANTIATE_TEST_SUITE_P(Folders, FamilyDecodesOn, ::testing::Combine(::testing::ValuesIn(plainBackends()), ::testing::ValuesIn(folders())),
                         nameOfCase);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FamilyDecodesOn);

class FamilyDecodesInTurnsOn : public FamilyDecodesOn {};

INSTANTIATE_TEST_SUITE_P(, FamilyDecodesInTurnsOn,
                         ::testing::Combine(::testing::ValuesIn(plainBackends()), ::testing::Values(files().front(), files().back())),
                         nameOfCase);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FamilyDecodesInTurnsOn);

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

        const Trace trace = finishedRun(start(decode));

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

/// KLASS looks at what the model holds of the last pass, even where no cache is: two runs of it on one model still make their own changes.
TEST_P(FamilyDecodesInTurnsOn, MakeTheSameChanges) {
    std::vector<json> klass;
    std::ranges::copy_if(decodes_, std::back_inserter(klass), [](const json& decode) { return decode.at("policy") == "klass"; });
    ASSERT_GT(klass.size(), 1U);
    for (size_t i = 1; i < klass.size(); ++i) {
        const auto first = start(klass[i - 1]);
        const auto second = start(klass[i]);
        ASSERT_TRUE(first && second);

        takeTurns(**first, **second);

        EXPECT_EQ(changesOf((*first)->trace()), klass[i - 1].at("changes"));
        EXPECT_EQ(changesOf((*second)->trace()), klass[i].at("changes"));
    }
}

/// Every family is decoded from a file and from a folder: by every policy for full canvases here, and otherwise by those of decodes.json,
/// which CachedDecodesOn reads from both.
TEST(FamilyDecodes, AreThereForEveryFamilyAsFilesAndAsFolders) {
    std::set<std::pair<std::string, bool>> decoded;
    for (const json& decode : referenceList("decodes.json")) {
        decoded.insert({{decode.at("engine_family"), false}, {decode.at("engine_family"), true}});
    }
    for (const Checkpoint& checkpoint : files()) {
        decoded.emplace(checkpoint.family, false);
    }
    for (const Checkpoint& checkpoint : folders()) {
        decoded.emplace(checkpoint.family, true);
    }
    for (const Family& family : families()) {
        const std::string name(family.name);
        EXPECT_TRUE(decoded.contains({name, false})) << name;
        EXPECT_EQ(decoded.contains({name, true}), name != "crystallite") << name;
    }
}

}  // namespace
}  // namespace crystallite
