#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace crystallite {

class RunDocument;

/// The decoded text of the current frame as plain, selectable text.
class ReadingView : public QWidget {
    Q_OBJECT
public:
    explicit ReadingView(RunDocument& document, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    /// Whole lines, so that none is cut.
    QSize sizeHint() const override;

private:
    void refresh();

    RunDocument& document_;
    QLabel* caption_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
};

}  // namespace crystallite
