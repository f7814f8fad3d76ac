#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;

namespace crystallite {

class ElidedLabel;
class ReadingEdit;
class RunDocument;

/// The decoded text of the current frame as plain, selectable text. While frames follow each other fast it skips some: setting a long
/// text costs more than all other views together.
class ReadingView : public QWidget {
    Q_OBJECT
public:
    explicit ReadingView(RunDocument& document, QWidget* parent = nullptr);

    /// Of the current frame, which is shown by then.
    [[nodiscard]] QString text();
    /// Beside the caption stands which words the step changed: what motion shows elsewhere.
    void setListsChanges(bool lists);
    /// Whole lines, so that none is cut.
    QSize sizeHint() const override;

private:
    void refreshSoon();
    void refresh();
    void refreshChanges();

    RunDocument& document_;
    QLabel* caption_ = nullptr;
    ElidedLabel* end_ = nullptr;  ///< where the answer ends
    ElidedLabel* changes_ = nullptr;
    ReadingEdit* text_ = nullptr;
    QTimer pause_;  // after a refresh; what changes meanwhile waits for its end
    bool stale_ = false;
};

}  // namespace crystallite
