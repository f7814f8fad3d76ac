#pragma once

#include <QHash>
#include <QLabel>

namespace crystallite {

/// A label that wraps and whose text can be selected. Layouts ask such a label many times how high it would be, and each answer takes
/// shaping the whole text: this one remembers its answers until the text or the typeface is another.
class Sentence final : public QLabel {
    Q_OBJECT
public:
    explicit Sentence(QWidget* parent = nullptr);

    [[nodiscard]] int heightForWidth(int width) const override;
    /// As wide as its longest word.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh() const;

    mutable QString measured_;  // the text that the answers are about
    mutable QHash<int, int> heights_;
    mutable QSize least_;
};

}  // namespace crystallite
