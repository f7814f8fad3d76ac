#include "tests/cli/command_line.h"

#include "engine/base/assert.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace crystallite {
namespace {

struct Child {
    pid_t process = -1;
    int out = -1;
    int err = -1;
};

Child start(const std::vector<std::string>& arguments, uint64_t mostFileBytes = RLIM_INFINITY) {
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    ENGINE_ASSERT(pipe2(out.data(), O_CLOEXEC) == 0 && pipe2(err.data(), O_CLOEXEC) == 0);
    std::vector<char*> words = {const_cast<char*>(CRYSTALLITE_CLI)};
    for (const std::string& argument : arguments) {
        words.push_back(const_cast<char*>(argument.c_str()));
    }
    words.push_back(nullptr);

    const std::string data = testDataHome();
    const pid_t process = fork();
    ENGINE_ASSERT(process >= 0);
    if (process == 0) {
        setenv("XDG_DATA_HOME", data.c_str(), 1);
        const rlimit limit{.rlim_cur = mostFileBytes, .rlim_max = mostFileBytes};
        setrlimit(RLIMIT_FSIZE, &limit);
        dup2(out[1], STDOUT_FILENO);
        dup2(err[1], STDERR_FILENO);
        execv(CRYSTALLITE_CLI, words.data());
        _exit(127);
    }
    close(out[1]);
    close(err[1]);
    return {.process = process, .out = out[0], .err = err[0]};
}

/// Reads what is there; false at the end of the stream.
bool readSome(int stream, std::string& into) {
    std::array<char, 65536> buffer{};
    const ssize_t count = read(stream, buffer.data(), buffer.size());
    if (count > 0) {
        into.append(buffer.data(), static_cast<size_t>(count));
    }
    return count > 0;
}

Outcome follow(const Child& child, const std::string& trigger, int signal) {
    Outcome outcome;
    bool signalled = trigger.empty();
    std::array<pollfd, 2> streams = {pollfd{.fd = child.out, .events = POLLIN, .revents = 0},
                                     pollfd{.fd = child.err, .events = POLLIN, .revents = 0}};
    while (streams[0].fd >= 0 || streams[1].fd >= 0) {
        poll(streams.data(), streams.size(), -1);
        for (size_t i = 0; i < streams.size(); ++i) {
            if (streams[i].revents != 0 && !readSome(streams[i].fd, i == 0 ? outcome.out : outcome.err)) {
                close(streams[i].fd);
                streams[i].fd = -1;
            }
        }
        if (!signalled && outcome.err.find(trigger) != std::string::npos) {
            kill(child.process, signal);
            signalled = true;
        }
    }
    int status = 0;
    waitpid(child.process, &status, 0);
    outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return outcome;
}

}  // namespace

std::string testDataHome() {
    static std::unique_ptr<ScratchFolder> folder;
    static const testing::TestInfo* owner = nullptr;
    const testing::TestInfo* const running = testing::UnitTest::GetInstance()->current_test_info();
    if (!folder || owner != running) {
        folder = std::make_unique<ScratchFolder>();
        owner = running;
    }
    return folder->file("data");
}

Outcome runCli(const std::vector<std::string>& arguments) {
    return follow(start(arguments), "", 0);
}

Outcome runCliAndSignal(const std::vector<std::string>& arguments, const std::string& trigger, int signal) {
    return follow(start(arguments), trigger, signal);
}

Outcome runCliWithin(const std::vector<std::string>& arguments, uint64_t mostFileBytes) {
    return follow(start(arguments, mostFileBytes), "", 0);
}

ScratchFolder::ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "crystallite-test-XXXXXX").string();
    ENGINE_ASSERT(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> shortRun(std::vector<std::string> more) {
    const std::vector<std::string> run = {"generate", "--device", "cpu",     "-p", "Once upon a time, there was a little rabbit",
                                          "--length", "24",       "--steps", "12"};
    more.insert(more.begin(), run.begin(), run.end());
    return more;
}

void expectSentence(const std::string& err) {
    EXPECT_TRUE(err.starts_with("crystallite-cli: ")) << err;
    EXPECT_EQ(std::count(err.begin(), err.end(), '\n'), 1) << err;
}

}  // namespace crystallite
