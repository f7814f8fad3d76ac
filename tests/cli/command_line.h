#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace crystallite {

struct Outcome {
    int exitCode = -1;
    std::string out;
    std::string err;
};

/// Runs crystallite-cli with these arguments and waits for it.
Outcome runCli(const std::vector<std::string>& arguments);

/// The same, but sends `signal` to it as soon as its stderr contains `trigger`.
Outcome runCliAndSignal(const std::vector<std::string>& arguments, const std::string& trigger, int signal);

/// A folder of its own for the calling test, removed with the object.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}  // namespace crystallite
