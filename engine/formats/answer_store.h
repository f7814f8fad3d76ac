#pragma once

#include "engine/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace crystallite {

/// What a person said about a model that its files do not. Empty members: nothing was said.
struct Answers {
    std::string family;               ///< as OpenOptions::family
    std::filesystem::path tokenizer;  ///< as OpenOptions::tokenizer; absolute
    std::string chatFormat;           ///< a name of chatFormats()

    [[nodiscard]] bool empty() const { return family.empty() && tokenizer.empty() && chatFormat.empty(); }
    [[nodiscard]] bool operator==(const Answers&) const = default;
};

/// Answers by the identity of the files they are about (file_identity.h): a folder with a small JSON file for each, shared by all programs
/// of a person. Each is written as a whole and put in its place at once, under a lock, so that neither a crash nor two programs at the same
/// time lose anything. Any thread.
class AnswerStore {
public:
    /// `folder` is made when something is first remembered. With an empty path nothing is found and nothing can be remembered.
    explicit AnswerStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
    /// `crystallite/answers` below $XDG_DATA_HOME, or below ~/.local/share.
    static AnswerStore ofThisPerson();

    /// Empty answers where there are none. Io or Corrupt name the file.
    [[nodiscard]] Result<Answers> find(const std::string& identity) const;
    /// Adds `answers` to what is known; empty members change nothing. `modelName` is for people who read the file. A damaged file is kept
    /// beside, as `….damaged`. Io names what could not be written; InvalidArgument a path that JSON cannot hold.
    [[nodiscard]] Result<void> remember(const std::string& identity, std::string_view modelName, const Answers& answers) const;
    /// Of something that is not known, nothing happens. Io names what could not be removed.
    [[nodiscard]] Result<void> forget(const std::string& identity) const;

private:
    [[nodiscard]] std::filesystem::path fileOf(const std::string& identity) const;

    std::filesystem::path folder_;
};

}  // namespace crystallite
