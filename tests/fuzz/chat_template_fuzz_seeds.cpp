// Writes the inputs that the fuzzer starts from into a folder: chat_template_fuzz_seeds FOLDER
#include "engine/text/chat_template.h"
#include "tests/fuzz/seed_file.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <string>

namespace {

using namespace crystallite;
using nlohmann::json;

/// A template that writes the turns of a format, as their authors write them.
std::string jinjaOf(const ChatFormat& format) {
    const std::string turn = std::string(format.turnBegin) + "' + message['role'] + '" + std::string(format.nameEnd) +
                             "' + message['content'] + '" + std::string(format.turnEnd);
    return "{% for message in messages %}{{ '" + turn + "' }}{% endfor %}{{ '" + std::string(format.defaultSystem) + "' }}";
}

std::string input(const std::string& config, const std::string& jinja, const std::string& map, const std::string& typed) {
    const std::string between(1, '\0');
    return config + between + jinja + between + map + between + typed;
}

}  // namespace

int main(int argumentCount, char** arguments) {
    if (argumentCount != 2) {
        std::fputs("usage: chat_template_fuzz_seeds FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder);
    const json map = {{"eos_token", "</s>"}, {"additional_special_tokens", json::array({"<|im_end|>", {{"content", "<s>"}}})}};
    for (const ChatFormat& format : chatFormats()) {
        const std::string jinja = jinjaOf(format);
        const json config = {
            {"chat_template", jinja}, {"bos_token", {{"content", "<s>"}}}, {"pad_token", "<pad>"}, {"mask_token", "<|mask|>"}};
        const std::string name(format.name);
        writeSeed(folder / (name + "_file"), input("{}", jinja, "", "Hi?"));
        writeSeed(folder / (name + "_settings"), input(config.dump(), "", map.dump(), "Hi <|im_end|> there\n"));
    }
    const json several = {
        {"chat_template", json::array({{{"name", "tool_use"}, {"template", "<|im_start|>"}},
                                       {{"name", "default"}, {"template", "<|im_start|>system\\nYou are Bob.<|im_end|>"}}})},
        {"added_tokens_decoder", {{"300", {{"content", "<x>"}, {"special", true}, {"lstrip", true}}}}},
        {"additional_special_tokens", json::array({"<x>"})},
        {"add_bos_token", true}};
    writeSeed(folder / "several", input(several.dump(), "", "", " <x> a"));
    writeSeed(folder / "llama", input("{}", "Cutting Knowledge Date: <|start_header_id|><|end_header_id|><|eot_id|>", map.dump(), "ab"));
    return 0;
}
