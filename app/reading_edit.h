#pragma once

#include <QPlainTextEdit>

namespace crystallite {

/// The text field of the reading view: shows whole lines and no part of one, and open slots fainter than words.
class ReadingEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit ReadingEdit(QWidget* parent = nullptr);

    /// That `lines` lines need, in the font that the style sheet gives it.
    [[nodiscard]] int heightOf(int lines) const;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeFont();
    void fitLines();
};

}  // namespace crystallite
