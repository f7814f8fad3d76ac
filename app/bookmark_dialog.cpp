#include "app/bookmark_dialog.h"

#include "app/canvas/slot_names.h"
#include "app/conversions.h"
#include "app/run_document.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace crystallite {
namespace {

// A UTF-16 unit takes at most three bytes of UTF-8.
constexpr int kLongestTypedNote = static_cast<int>(kLongestNote / 3);

}  // namespace

BookmarkDialog::BookmarkDialog(RunDocument& document, QWidget* parent) : QDialog(parent), document_(document) {
    setObjectName(QStringLiteral("bookmarkDialog"));
    note_ = new QLineEdit(this);
    note_->setObjectName(QStringLiteral("note"));
    note_->setMaxLength(kLongestTypedNote);
    note_->setAccessibleName(tr("Note of the bookmark"));
    note_->setPlaceholderText(tr("What is to be seen here"));
    slot_ = new QCheckBox(this);
    slot_->setObjectName(QStringLiteral("slot"));
    slot_->setToolTip(tr("Going to the bookmark selects this slot"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    remove_ = buttons->addButton(tr("&Remove"), QDialogButtonBox::DestructiveRole);
    remove_->setObjectName(QStringLiteral("remove"));
    buttons->button(QDialogButtonBox::Save)->setDefault(true);
    auto* form = new QFormLayout;
    form->addRow(tr("&Note"), note_);
    form->addRow(QString(), slot_);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(remove_, &QPushButton::clicked, this, &BookmarkDialog::removeIt);
    // What is shown may go while this is open.
    connect(&document_, &RunDocument::traceReset, this, &QDialog::reject);
    resize(420, 0);
}

void BookmarkDialog::edit() {
    const Bookmark* existing = document_.marks().bookmarkAt(document_.frame());
    bookmark_ = existing != nullptr ? *existing : Bookmark{.frame = document_.frame(), .position = document_.selectedSlot()};
    setWindowTitle(tr("Bookmark at step %1").arg(bookmark_.frame));
    const std::optional<uint32_t> position = bookmark_.position ? bookmark_.position : document_.selectedSlot();
    slot_->setVisible(position.has_value());
    slot_->setChecked(bookmark_.position.has_value());
    if (position) {
        bookmark_.position = position;
        slot_->setText(tr("About the &slot: %1").arg(placeName(document_.trace(), *position)));
    }
    remove_->setVisible(existing != nullptr);
    note_->setText(toQString(bookmark_.note));
    note_->selectAll();
    note_->setFocus();
    open();
}

void BookmarkDialog::accept() {
    if (!slot_->isChecked()) {
        bookmark_.position.reset();
    }
    bookmark_.note = note_->text().trimmed().toStdString();
    document_.marks().putBookmark(bookmark_);
    QDialog::accept();
}

void BookmarkDialog::removeIt() {
    document_.marks().removeBookmark(bookmark_.frame);
    QDialog::reject();
}

}  // namespace crystallite
