#pragma once

#include <QComboBox>

namespace crystallite {

/// A choice that gives way: its entry is cut with an ellipsis in the box, never in the list, and its tool tip says all of it.
class ElidedComboBox : public QComboBox {
    Q_OBJECT
public:
    using QComboBox::QComboBox;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int widthOf(int characters) const;
};

}  // namespace crystallite
