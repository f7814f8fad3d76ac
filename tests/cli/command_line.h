#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace crystallite {

struct Outcome {
    int exitCode = -1;
    std::string out;
    std::string err;
};

/// The folder in which programs that the running test starts keep what they remember; made by them.
std::string testDataHome();

/// Runs crystallite-cli with these arguments and waits for it. What it remembers of models it keeps for the running test alone.
Outcome runCli(const std::vector<std::string>& arguments);

/// The same, but sends `signal` to it as soon as its stderr contains `trigger`.
Outcome runCliAndSignal(const std::vector<std::string>& arguments, const std::string& trigger, int signal);

/// The same, but in a shell that lets no file grow beyond so many bytes.
Outcome runCliWithin(const std::vector<std::string>& arguments, uint64_t mostFileBytes);

/// "generate" with a prompt, 24 slots and 12 steps on the CPU, and these arguments behind.
std::vector<std::string> shortRun(std::vector<std::string> more);

/// One sentence: a single line that names the program.
void expectSentence(const std::string& err);

/// A board of 6 x 6 as a prompt, and its only solution.
inline const std::string kSudoku = ".....4..531.........2.563.46...2....";
inline const std::string kSolvedSudoku = "213564645312561243432156354621126435";

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
