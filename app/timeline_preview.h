#pragma once

#include "app/run_marks.h"
#include "engine/trace/trace.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace crystallite {

/// What is shown of a frame before anybody goes there, as a value.
struct TimelinePreview {
    /// A stretch of text that was changed in the step, or was not.
    struct Piece {
        QString text;
        bool changed = false;
        friend bool operator==(const Piece&, const Piece&) = default;
    };

    QString title;            ///< "Step 12 of 32"
    QStringList numbers;      ///< "24 masked", "entropy 2.11 nats", …
    QStringList changes;      ///< "cat 0.93", "Lily remasked", …; the first few
    uint32_t more = 0;        ///< changes that are not listed
    std::vector<Piece> text;  ///< of the frame, around its first change
    QStringList notes;        ///< of its bookmarks
};

/// `frame` may be a planned one that does not exist yet.
[[nodiscard]] TimelinePreview previewOf(const Trace& trace, uint32_t frame, const std::vector<Bookmark>& bookmarks);

/// The sentence of the frame and the first of its changes, for the ear: "Step 12 of 32. 8 committed, 24 masked. In this step: cat 93
/// percent, and 3 more."
[[nodiscard]] QString spokenFrame(const Trace& trace, uint32_t frame);

/// As rich text in the given colours (names that Qt knows).
[[nodiscard]] QString previewHtml(const TimelinePreview& preview, const QString& muted, const QString& changed);

}  // namespace crystallite
