#pragma once

#include <QPlainTextEdit>

namespace crystallite {

/// Where the prompt is typed; as high as a few lines of its own text, whatever its size.
class PromptField : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit PromptField(QWidget* parent = nullptr);

    /// A board has a character for every cell, so that cells below each other stand below each other.
    void setBoard(bool isBoard);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fitHeight();
};

}  // namespace crystallite
