#pragma once

#include "app/theme.h"

#include <QTextDocument>
#include <QTimer>
#include <QWidget>

namespace crystallite {

struct TimelinePreview;

/// The small window that shows a preview beside the pointer. Takes neither focus nor clicks, and holds nothing for assistive technology:
/// the slider under the pointer says the same when the cursor is there.
class TimelinePopup : public QWidget {
    Q_OBJECT
public:
    explicit TimelinePopup(QWidget* parent);

    void setTheme(const Theme& theme) { theme_ = theme; }
    /// Shows it above `row`, centred on `x` (both global); at once when one is shown already, else after a moment, so that a pointer on
    /// its way to somewhere else opens none.
    void showSoon(const TimelinePreview& preview, int x, const QRect& row);
    void dismiss();
    /// What is or will be shown, as plain text.
    [[nodiscard]] QString text() const { return document_.toPlainText(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void place();

    Theme theme_ = Theme::darkTheme();
    QTextDocument document_;
    QTimer delay_;
    int x_ = 0;
    QRect row_;
};

}  // namespace crystallite
