#include "app/timeline_accessible.h"

#include "app/run_document.h"
#include "app/timeline_tracks.h"
#include "app/token_text.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace crystallite {
namespace {

class TimelineSlider final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit TimelineSlider(TimelineTracks* tracks) : QAccessibleWidget(tracks, QAccessible::Slider), tracks_(*tracks) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface) {
            return static_cast<QAccessibleValueInterface*>(this);
        }
        return QAccessibleWidget::interface_cast(type);
    }

    // The sentence is part of the name as well: the Linux bridge passes on names, but no text of a slider's value.
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        switch (kind) {
            case QAccessible::Value: return tracks_.valueText();
            case QAccessible::Name: return tracks_.accessibleName() + QStringLiteral(". ") + tracks_.valueText();
            default: return QAccessibleWidget::text(kind);
        }
    }

    [[nodiscard]] QVariant currentValue() const override { return tracks_.document().frame(); }
    void setCurrentValue(const QVariant& value) override { tracks_.seek(value.toUInt()); }
    [[nodiscard]] QVariant maximumValue() const override { return tracks_.document().trace().steps(); }
    [[nodiscard]] QVariant minimumValue() const override { return 0; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1; }

private:
    TimelineTracks& tracks_;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* tracks = qobject_cast<TimelineTracks*>(object);
    return tracks == nullptr ? nullptr : new TimelineSlider(tracks);
}

}  // namespace

void installTimelineAccessibility() {
    // Qt ignores a factory that is already installed.
    QAccessible::installFactory(makeInterface);
}

void announceTimelineValue(TimelineTracks& tracks) {
    QAccessibleValueChangeEvent value(&tracks, tracks.document().frame());
    QAccessible::updateAccessibility(&value);
    QAccessibleEvent name(&tracks, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&name);
}

}  // namespace crystallite
