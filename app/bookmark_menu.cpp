#include "app/bookmark_menu.h"

#include "app/conversions.h"
#include "app/playback.h"
#include "app/run_document.h"
#include "app/window_actions.h"

#include <QAction>
#include <QMenu>

namespace crystallite {
namespace {

constexpr int kLongestTitle = 48;

/// "Bookmark 3 – step 12: the names are settled"
QString titleOf(size_t index, const Bookmark& bookmark) {
    QString title = translate("%1 – step %2").arg(bookmarkTitle(static_cast<int>(index) + 1)).arg(bookmark.frame);
    if (!bookmark.note.empty()) {
        QString note = toQString(bookmark.note).simplified();
        if (note.size() > kLongestTitle) {
            note = note.left(kLongestTitle - 1) + QChar(0x2026);
        }
        title += QStringLiteral(": ") + note;
    }
    return title.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

}  // namespace

BookmarkMenu::BookmarkMenu(const WindowActions& actions, RunDocument& document, Playback& playback, QObject* parent)
    : QObject(parent), actions_(actions), document_(document), playback_(playback) {
    for (size_t index = 0; index < actions_.jumpToBookmark.size(); ++index) {
        connect(actions_.jumpToBookmark[index], &QAction::triggered, this, [this, index] { jumpTo(index); });
    }
    connect(&document_.marks(), &RunMarks::changed, this, &BookmarkMenu::refresh);
    connect(&document_, &RunDocument::traceReset, this, &BookmarkMenu::refresh);
    refresh();
}

void BookmarkMenu::jumpTo(size_t index) {
    const std::vector<Bookmark>& bookmarks = document_.marks().bookmarks();
    if (index < bookmarks.size()) {
        const Bookmark bookmark = bookmarks[index];
        playback_.seek(bookmark.frame);
        if (bookmark.position) {
            document_.selectSlot(bookmark.position);
        }
    }
}

void BookmarkMenu::refresh() {
    const std::vector<Bookmark>& bookmarks = document_.marks().bookmarks();
    const size_t withKeys = actions_.jumpToBookmark.size();
    for (size_t index = 0; index < withKeys; ++index) {
        QAction* jump = actions_.jumpToBookmark[index];
        const bool isSet = index < bookmarks.size();
        jump->setText(isSet ? titleOf(index, bookmarks[index]) : bookmarkTitle(static_cast<int>(index) + 1));
        jump->setVisible(isSet);
    }
    for (QAction* other : others_) {
        other->deleteLater();
        actions_.bookmarks->removeAction(other);
    }
    others_.clear();
    for (size_t index = withKeys; index < bookmarks.size(); ++index) {
        others_.push_back(actions_.bookmarks->addAction(titleOf(index, bookmarks[index]), this, [this, index] { jumpTo(index); }));
    }
}

}  // namespace crystallite
