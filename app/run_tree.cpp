#include "app/run_tree.h"

#include "app/conversions.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace crystallite {
namespace {

constexpr int kDaysOfWeek = 7;

std::vector<int> sorted(const std::vector<RunEntry>& entries, RunSort sort) {
    std::vector<int> order(entries.size());
    std::iota(order.begin(), order.end(), 0);
    const auto by = [&](const auto& less) {
        std::stable_sort(order.begin(), order.end(),
                         [&](int a, int b) { return less(entries[static_cast<size_t>(a)], entries[static_cast<size_t>(b)]); });
    };
    switch (sort) {
        case RunSort::Newest: break;  // as the library lists them
        case RunSort::Oldest: std::reverse(order.begin(), order.end()); break;
        case RunSort::Title: {
            std::vector<QString> titles;
            titles.reserve(entries.size());
            std::transform(entries.begin(), entries.end(), std::back_inserter(titles),
                           [](const RunEntry& entry) { return runTitle(entry).toCaseFolded(); });
            std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
                return titles[static_cast<size_t>(a)].localeAwareCompare(titles[static_cast<size_t>(b)]) < 0;
            });
            break;
        }
        case RunSort::Model: by([](const RunEntry& a, const RunEntry& b) { return a.model < b.model; }); break;
        case RunSort::Steps: by([](const RunEntry& a, const RunEntry& b) { return a.steps > b.steps; }); break;
    }
    return order;
}

/// Index of each run's parent, kNone where it is not listed. What names itself through its parents stands by itself.
std::vector<int> parents(const std::vector<RunEntry>& entries) {
    std::unordered_map<std::string_view, int> indexOf;
    for (size_t index = 0; index < entries.size(); ++index) {
        indexOf.emplace(entries[index].id, static_cast<int>(index));
    }
    std::vector<int> parentOf(entries.size(), RunTree::kNone);
    for (size_t index = 0; index < entries.size(); ++index) {
        const auto parent = entries[index].parent.empty() ? indexOf.end() : indexOf.find(entries[index].parent);
        parentOf[index] = parent == indexOf.end() ? RunTree::kNone : parent->second;
    }
    enum class Mark : uint8_t { Unknown, OnTheWay, Rooted };
    std::vector<Mark> marks(entries.size(), Mark::Unknown);
    std::vector<size_t> way;
    for (size_t begin = 0; begin < entries.size(); ++begin) {
        size_t at = begin;
        way.clear();
        while (marks[at] == Mark::Unknown && parentOf[at] != RunTree::kNone) {
            marks[at] = Mark::OnTheWay;
            way.push_back(at);
            at = static_cast<size_t>(parentOf[at]);
        }
        if (marks[at] == Mark::OnTheWay) {
            parentOf[at] = RunTree::kNone;
        }
        marks[at] = Mark::Rooted;
        for (const size_t each : way) {
            marks[each] = Mark::Rooted;
        }
    }
    return parentOf;
}

}  // namespace

DayGroup dayGroupOf(int64_t created, const QDate& today) {
    const qint64 days = QDateTime::fromMSecsSinceEpoch(created).date().daysTo(today);
    if (days <= 0) {
        return DayGroup::Today;
    }
    if (days == 1) {
        return DayGroup::Yesterday;
    }
    return days < kDaysOfWeek ? DayGroup::ThisWeek : DayGroup::Older;
}

QString runTitle(const RunEntry& entry) {
    const QString title = toQString(entry.title.empty() ? entry.prompt : entry.title).simplified();
    return title.isEmpty() ? translate("Run without a prompt, seed %1").arg(entry.seed) : title;
}

RunTree::RunTree(RunEntries entries, RunSort sort, const QDate& today) : entries_(std::move(entries)) {
    nodes_.resize(entries_->size());
    for (size_t index = 0; index < entries_->size(); ++index) {
        nodes_[index].entry = static_cast<int>(index);
    }
    const std::vector<int> order = sorted(*entries_, sort);
    const std::vector<int> parentOf = parents(*entries_);
    addChildren(order, parentOf);
    std::vector<int> roots;
    std::copy_if(order.begin(), order.end(), std::back_inserter(roots),
                 [&](int index) { return parentOf[static_cast<size_t>(index)] == kNone; });
    addRoots(roots, today, sort == RunSort::Newest || sort == RunSort::Oldest);
}

int RunTree::add(Node node) {
    nodes_.push_back(std::move(node));
    return static_cast<int>(nodes_.size()) - 1;
}

void RunTree::addRoots(const std::vector<int>& order, const QDate& today, bool byDay) {
    if (!byDay) {
        top_ = order;
    } else {
        for (const int run : order) {
            const DayGroup day = dayGroupOf((*entries_)[static_cast<size_t>(run)].created, today);
            if (top_.empty() || node(top_.back()).day != day) {
                top_.push_back(add({.kind = Kind::Day, .day = day}));
            }
            Node& root = nodes_[static_cast<size_t>(run)];
            Node& heading = nodes_[static_cast<size_t>(top_.back())];
            root.parent = top_.back();
            root.row = static_cast<int>(heading.children.size());
            heading.children.push_back(run);
        }
    }
    for (size_t row = 0; row < top_.size(); ++row) {
        nodes_[static_cast<size_t>(top_[row])].row = static_cast<int>(row);
    }
}

void RunTree::addChildren(const std::vector<int>& order, const std::vector<int>& parentOf) {
    for (size_t run = 0; run < entries_->size(); ++run) {
        const auto bookmarks = static_cast<int>((*entries_)[run].bookmarks.size());
        for (int bookmark = 0; bookmark < bookmarks; ++bookmark) {
            const int index = add({.kind = Kind::Bookmark, .entry = static_cast<int>(run), .bookmark = bookmark});
            nodes_[run].children.push_back(index);
        }
    }
    for (const int run : order) {
        if (const int parent = parentOf[static_cast<size_t>(run)]; parent != kNone) {
            nodes_[static_cast<size_t>(parent)].children.push_back(run);
        }
    }
    const auto stepOf = [this](int index) {
        const Node& child = node(index);
        return child.kind == Kind::Bookmark ? entry(child).bookmarks[static_cast<size_t>(child.bookmark)].frame : entry(child).parentStep;
    };
    for (size_t run = 0; run < entries_->size(); ++run) {
        std::vector<int>& children = nodes_[run].children;
        std::stable_sort(children.begin(), children.end(), [&](int a, int b) { return stepOf(a) < stepOf(b); });
        for (size_t row = 0; row < children.size(); ++row) {
            Node& child = nodes_[static_cast<size_t>(children[row])];
            child.parent = static_cast<int>(run);
            child.row = static_cast<int>(row);
        }
    }
}

int RunTree::nodeOfRun(const std::string& id) const {
    for (size_t index = 0; index < runs(); ++index) {
        if ((*entries_)[index].id == id) {
            return static_cast<int>(index);
        }
    }
    return kNone;
}

}  // namespace crystallite
