#pragma once

#include <QObject>

#include <vector>

class QAction;

namespace crystallite {

class Playback;
class RunDocument;
struct WindowActions;

/// The menu of bookmarks: lists those of the document in their order and jumps to them, to the first ten by keys.
class BookmarkMenu : public QObject {
    Q_OBJECT
public:
    BookmarkMenu(const WindowActions& actions, RunDocument& document, Playback& playback, QObject* parent = nullptr);

private:
    void jumpTo(size_t index);
    void refresh();

    const WindowActions& actions_;
    RunDocument& document_;
    Playback& playback_;
    std::vector<QAction*> others_;  ///< beyond those with keys
};

}  // namespace crystallite
