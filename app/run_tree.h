#pragma once

#include "app/run_library.h"

#include <QDate>

#include <cstdint>
#include <vector>

namespace crystallite {

enum class RunSort { Newest, Oldest, Title, Model, Steps };

/// Heading that runs stand under while they are sorted by time.
enum class DayGroup : uint8_t { Today, Yesterday, ThisWeek, Older };
/// Of a time in milliseconds since 1970 (UTC), seen on `today` in the local time zone. The week is the seven days that end today.
[[nodiscard]] DayGroup dayGroupOf(int64_t created, const QDate& today);

/// The rows of the history as plain numbers: headings of days, runs under them, bookmarks and branches under the run, rising by the step
/// that they belong to. A branch whose parent is not in the list stands by itself. Depends on nothing but its arguments.
class RunTree {
public:
    enum class Kind : uint8_t { Day, Run, Bookmark };
    static constexpr int kNone = -1;
    struct Node {
        Kind kind = Kind::Run;
        DayGroup day = DayGroup::Today;
        int entry = kNone;     ///< index into entries(): the run, or whose bookmark it is
        int bookmark = kNone;  ///< index into the entry's bookmarks
        int parent = kNone;    ///< index of a node; none: a top row
        int row = 0;           ///< among its parent's children
        std::vector<int> children = {};
    };

    RunTree() = default;
    RunTree(RunEntries entries, RunSort sort, const QDate& today);

    [[nodiscard]] const std::vector<int>& top() const { return top_; }
    [[nodiscard]] const Node& node(int index) const { return nodes_[static_cast<size_t>(index)]; }
    [[nodiscard]] const RunEntry& entry(const Node& node) const { return (*entries_)[static_cast<size_t>(node.entry)]; }
    [[nodiscard]] size_t runs() const { return entries_ ? entries_->size() : 0; }
    [[nodiscard]] int nodeOfRun(const std::string& id) const;  ///< kNone: not here

private:
    int add(Node node);
    void addRoots(const std::vector<int>& order, const QDate& today, bool byDay);
    void addChildren(const std::vector<int>& order, const std::vector<int>& parentOf);

    RunEntries entries_;
    std::vector<Node> nodes_;  // the node of run i is nodes_[i]
    std::vector<int> top_;
};

/// Title of a person, or the beginning of the prompt, on one line; never empty.
[[nodiscard]] QString runTitle(const RunEntry& entry);

}  // namespace crystallite
