#pragma once

#include "engine/trace/bookmark.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace crystallite {

class RunDocument;

/// Sets, edits or removes the bookmark at the frame that the document stands on. It blocks nothing but the window's own fields.
class BookmarkDialog : public QDialog {
    Q_OBJECT
public:
    explicit BookmarkDialog(RunDocument& document, QWidget* parent = nullptr);

    /// Shows the bookmark of the frame, or a new one about the selected slot.
    void edit();
    void accept() override;

private:
    void removeIt();

    RunDocument& document_;
    Bookmark bookmark_;
    QLineEdit* note_ = nullptr;
    QCheckBox* slot_ = nullptr;
    QPushButton* remove_ = nullptr;
};

}  // namespace crystallite
