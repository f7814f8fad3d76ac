#pragma once

#include "app/theme.h"

#include <QObject>

#include <functional>
#include <vector>

class QDockWidget;

namespace crystallite {

class Inspector;
class RunDocument;

/// The inspectors of a window: the first one, and more for those that were locked to a slot. How many there are is remembered, and with the
/// layout which are open; what they were locked to is not, because it means something in its run alone.
class InspectorDocks : public QObject {
    Q_OBJECT
public:
    /// Beyond these a new one has no room.
    static constexpr size_t kMost = 4;
    /// Puts a widget into a dock of the window.
    using AddDock = std::function<QDockWidget*(const QString& title, const char* name, QWidget* content)>;

    InspectorDocks(RunDocument& document, AddDock addDock, QObject* parent = nullptr);

    [[nodiscard]] Inspector& first() const { return *panes_.front().inspector; }
    [[nodiscard]] QDockWidget* firstDock() const { return panes_.front().dock; }
    /// The one with the focus, or else the one that follows the selection.
    [[nodiscard]] Inspector& active() const;
    /// Those that are open, the first in front.
    [[nodiscard]] std::vector<Inspector*> shown() const;

    void setTheme(const Theme& theme);
    /// Shows one that follows the selection.
    void showFollower();
    /// Locks those that show a slot, and opens another one that follows the selection; does nothing when kMost are open.
    void openAnother();
    void closeOthers();
    void save() const;

Q_SIGNALS:
    void frameChosen(uint32_t frame);
    /// One was locked or unlocked, or its slot moved.
    void locksChanged();

private:
    struct Pane {
        Inspector* inspector = nullptr;
        QDockWidget* dock = nullptr;
    };
    Pane& addPane();
    /// Two beside each other, so that each has room for its sections, and below them two more.
    void place(const Pane& pane, size_t index);
    [[nodiscard]] static bool isOpen(const Pane& pane);

    RunDocument& document_;
    AddDock addDock_;
    std::vector<Pane> panes_;
    Theme theme_ = Theme::darkTheme();
};

}  // namespace crystallite
