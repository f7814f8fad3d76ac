#include "app/canvas/canvas_accessible.h"

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/slot_names.h"
#include "app/run_document.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <algorithm>
#include <memory>
#include <vector>

namespace crystallite {

namespace {

CanvasWidget* canvasOf(const QAccessibleInterface* list) {
    return qobject_cast<CanvasWidget*>(list->object());
}

/// One slot of the canvas. Has no object of its own; the list owns it.
class SlotAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    SlotAccessible(QAccessibleInterface& list, uint32_t position) : list_(list), position_(position) {}

    bool isValid() const override { return list_.isValid() && static_cast<int>(position_) < list_.childCount(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return &list_; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text kind) const override {
        const RunDocument* document = isValid() ? canvasOf(&list_)->document() : nullptr;
        if (document == nullptr || kind != QAccessible::Name) {
            return {};
        }
        return slotName(document->trace(), document->frame(), position_);
    }

    QRect rect() const override {
        if (!isValid()) {
            return {};
        }
        const CanvasWidget* canvas = canvasOf(&list_);
        const QRect local = canvas->slotRect(position_);
        return {canvas->mapToGlobal(local.topLeft()), local.size()};
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const CanvasWidget* canvas = canvasOf(&list_);
        state.focusable = true;
        state.selectable = true;
        const auto span = canvas->document()->selection();
        state.extSelectable = true;
        state.selected = span && span->first <= position_ && position_ <= span->last;
        state.focused = canvas->document()->selectedSlot() == position_ && canvas->hasFocus();
        state.readOnly = true;
        state.offscreen = !canvas->rect().intersects(canvas->slotRect(position_));
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }
    void doAction(const QString& action) override {
        if (!isValid()) {
            return;
        }
        CanvasWidget* canvas = canvasOf(&list_);
        canvas->document()->selectSlot(position_);
        if (action == setFocusAction()) {
            canvas->setFocus();
        }
    }

private:
    QAccessibleInterface& list_;
    uint32_t position_;
};

class CanvasAccessible : public QAccessibleWidget {
public:
    explicit CanvasAccessible(CanvasWidget* canvas) : QAccessibleWidget(canvas, QAccessible::List) {}
    ~CanvasAccessible() override {
        for (const QAccessible::Id id : items_) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }
    CanvasAccessible(const CanvasAccessible&) = delete;
    CanvasAccessible& operator=(const CanvasAccessible&) = delete;

    QString text(QAccessible::Text kind) const override {
        const RunDocument* document = isValid() ? canvasOf(this)->document() : nullptr;
        if (kind != QAccessible::Name || document == nullptr) {
            return QAccessibleWidget::text(kind);
        }
        const QString& note = canvasOf(this)->spokenNote();
        const QString name = canvasName(document->trace(), document->frame());
        return note.isEmpty() ? name : note + QLatin1Char(' ') + name;
    }

    int childCount() const override {
        const RunDocument* document = isValid() ? canvasOf(this)->document() : nullptr;
        return document == nullptr ? 0 : static_cast<int>(document->trace().slots());
    }

    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        while (static_cast<int>(items_.size()) <= index) {
            auto* self = const_cast<CanvasAccessible*>(this);  // Qt's child() is const, yet children refer to a parent that is not
            items_.push_back(QAccessible::registerAccessibleInterface(new SlotAccessible(*self, static_cast<uint32_t>(items_.size()))));
        }
        return QAccessible::accessibleInterface(items_[static_cast<size_t>(index)]);
    }

    int indexOfChild(const QAccessibleInterface* child) const override {
        for (int index = 0; index < static_cast<int>(items_.size()); ++index) {
            if (QAccessible::accessibleInterface(items_[static_cast<size_t>(index)]) == child) {
                return index;
            }
        }
        return -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override {
        // Asked of the canvas: in perspective the rectangles around two slots may overlap.
        const CanvasWidget* canvas = canvasOf(this);
        const auto position = canvas->slotAt(canvas->mapFromGlobal(QPoint(x, y)));
        return position ? child(static_cast<int>(*position)) : nullptr;
    }

    QAccessibleInterface* focusChild() const override {
        const RunDocument* document = isValid() ? canvasOf(this)->document() : nullptr;
        const bool selected = document != nullptr && document->selectedSlot() && canvasOf(this)->hasFocus();
        return selected ? child(static_cast<int>(*document->selectedSlot())) : nullptr;
    }

private:
    mutable std::vector<QAccessible::Id> items_;  // by position; made when first asked for
};

QAccessibleInterface* canvasFactory(const QString&, QObject* object) {
    auto* canvas = qobject_cast<CanvasWidget*>(object);
    return canvas == nullptr ? nullptr : new CanvasAccessible(canvas);
}

}  // namespace

void installCanvasAccessibility() {
    // Qt keeps a list of factories and asks the newest first; twice the same would only cost time.
    static const bool kInstalled = [] {
        QAccessible::installFactory(canvasFactory);
        return true;
    }();
    static_cast<void>(kInstalled);
}

}  // namespace crystallite
