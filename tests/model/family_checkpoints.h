#pragma once

#include <cctype>
#include <string>
#include <vector>

namespace crystallite {

/// Files that tests/reference/make_checkpoints.py has written before this program starts: what they must be read as stands here.
struct Checkpoint {
    std::string file;    ///< without format and extension
    std::string family;  ///< as the engine calls it
    std::string format = "F32";
    std::string logits = {};  ///< without format and extension; empty: the family's name
    bool isFolder = false;    ///< a Hugging Face folder, with the tokenizer of the family's GGUF file

    [[nodiscard]] std::string logitsFile(const std::string& ofFormat) const { return stem(ofFormat) + ".npy"; }
    [[nodiscard]] std::string routingFile(const std::string& ofFormat) const { return stem(ofFormat) + ".routing.json"; }
    [[nodiscard]] std::string stem(const std::string& ofFormat) const { return (logits.empty() ? family : logits) + "." + ofFormat; }
    [[nodiscard]] std::string name() const {
        std::string text = file + "_" + format + (isFolder ? "_folder" : "");
        for (char& c : text) {
            c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
        }
        return text;
    }
};

/// Every family under every architecture that its files may have; every storage format once per family.
std::vector<Checkpoint> familyCheckpoints();

}  // namespace crystallite
