#include "app/inspector_docks.h"

#include "app/inspector.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

const QString kRemembered = QStringLiteral("window/inspectors");

/// Layouts know docks by their names.
constexpr const char* kNames[InspectorDocks::kMost] = {"inspectorDock", "inspectorDock2", "inspectorDock3", "inspectorDock4"};

}  // namespace

InspectorDocks::InspectorDocks(RunDocument& document, AddDock addDock, QObject* parent)
    : QObject(parent), document_(document), addDock_(std::move(addDock)) {
    addPane();
    // A layout brings back only docks that are there when it is restored.
    const size_t remembered = QSettings().value(kRemembered, 1).toUInt();
    while (panes_.size() < std::min(remembered, kMost)) {
        addPane().dock->hide();
    }
}

InspectorDocks::Pane& InspectorDocks::addPane() {
    auto* inspector = new Inspector(document_);
    QDockWidget* dock = addDock_(inspector->title(), kNames[panes_.size()], inspector);
    connect(inspector, &Inspector::titleChanged, dock, &QDockWidget::setWindowTitle);
    connect(inspector, &Inspector::titleChanged, this, &InspectorDocks::locksChanged);
    connect(inspector, &Inspector::frameChosen, this, &InspectorDocks::frameChosen);
    inspector->setTheme(theme_);
    place({.inspector = inspector, .dock = dock}, panes_.size());
    panes_.push_back({.inspector = inspector, .dock = dock});
    return panes_.back();
}

void InspectorDocks::place(const Pane& pane, size_t index) {
    auto* window = qobject_cast<QMainWindow*>(pane.dock->parentWidget());
    if (window == nullptr || index == 0) {
        return;
    }
    QDockWidget* anchor = panes_[index == 3 ? 1 : 0].dock;
    const Qt::Orientation side = index == 1 ? Qt::Horizontal : Qt::Vertical;
    if (window->tabifiedDockWidgets(anchor).isEmpty()) {
        window->splitDockWidget(anchor, pane.dock, side);
    } else {
        window->addDockWidget(Qt::RightDockWidgetArea, pane.dock, side);  // beside a tab, a split would be one more tab
    }
}

bool InspectorDocks::isOpen(const Pane& pane) {
    return !pane.dock->isHidden();
}

std::vector<Inspector*> InspectorDocks::shown() const {
    std::vector<Inspector*> open;
    for (const Pane& pane : panes_) {
        if (isOpen(pane)) {
            open.push_back(pane.inspector);
        }
    }
    return open;
}

Inspector& InspectorDocks::active() const {
    const std::vector<Inspector*> open = shown();
    const auto focused = std::find_if(
        open.begin(), open.end(), [](const Inspector* each) { return each->focusWidget() != nullptr && each->focusWidget()->hasFocus(); });
    if (focused != open.end()) {
        return **focused;
    }
    const auto follower = std::find_if(open.begin(), open.end(), [](const Inspector* each) { return !each->isLocked(); });
    return follower != open.end() ? **follower : first();
}

void InspectorDocks::setTheme(const Theme& theme) {
    theme_ = theme;
    for (const Pane& pane : panes_) {
        pane.inspector->setTheme(theme);
    }
}

void InspectorDocks::showFollower() {
    const auto follower =
        std::find_if(panes_.begin(), panes_.end(), [](const Pane& pane) { return isOpen(pane) && !pane.inspector->isLocked(); });
    const Pane& shown = follower != panes_.end() ? *follower : panes_.front();
    shown.dock->show();
    shown.dock->raise();
}

void InspectorDocks::openAnother() {
    const auto closed = std::find_if(panes_.begin(), panes_.end(), [](const Pane& pane) { return !isOpen(pane); });
    if (closed == panes_.end() && panes_.size() >= kMost) {
        return;  // and one goes on following
    }
    const Pane next = closed != panes_.end() ? *closed : addPane();
    for (const Pane& pane : panes_) {
        if (pane.dock != next.dock && isOpen(pane) && !pane.inspector->isLocked()) {
            pane.inspector->setLocked(true);
        }
    }
    next.inspector->setLocked(false);
    next.dock->show();
    next.dock->raise();
}

void InspectorDocks::closeOthers() {
    for (size_t index = 1; index < panes_.size(); ++index) {
        place(panes_[index], index);  // the layout that was restored may not know it
        panes_[index].dock->hide();
    }
    first().setLocked(false);
}

void InspectorDocks::save() const {
    QSettings().setValue(kRemembered, static_cast<uint>(panes_.size()));
}

}  // namespace crystallite
