#pragma once

#include <QLabel>

namespace crystallite {

/// A line that gives way to its neighbours: what does not fit ends in "…" and is in the tool tip. Screen readers get all of it.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;

    /// A text that is its name as well: then a new one is not told to assistive technology by itself, as the text of a label is.
    void setNamedText(const QString& text);
    /// A sentence for the tool tip, behind the text where that does not fit.
    void setHelp(const QString& help);
    /// So many letters stay in any case, if the text has them.
    void setLeastLetters(int letters);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] bool fits() const;

    QString help_;
    int leastLetters_ = 4;
};

}  // namespace crystallite
