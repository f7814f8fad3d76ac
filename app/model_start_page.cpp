#include "app/model_start_page.h"

#include "app/shell_style.h"

#include <QDir>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace crystallite {

ModelStartPage::ModelStartPage(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(makeDropArea());
    layout->addSpacing(6);
    caption_ = makeCaption(tr("Recent models"), this);
    recent_ = new QListWidget(this);
    recent_->setObjectName(QStringLiteral("recentModels"));
    recent_->setAccessibleName(tr("Recent models"));
    recent_->setSpacing(1);
    recent_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    recent_->setTextElideMode(Qt::ElideMiddle);
    layout->addWidget(caption_);
    layout->addWidget(recent_);
    layout->addStretch();
    connect(recent_, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { Q_EMIT chosen(item->data(Qt::UserRole).toString()); });
}

QWidget* ModelStartPage::makeDropArea() {
    auto* area = new QFrame(this);
    area->setObjectName(QStringLiteral("dropArea"));
    auto* words = new QLabel(tr("Drop a GGUF file or a Hugging Face folder here"), area);
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    auto* hint = makeSentence(style_class::kMuted, area);
    hint->setText(
        tr("LLaDA, iLLaDA, Dream, DiffuCoder, DreamOn, Open-dCoder, Qwen mdlm, DiffuGPT, DiffuLLaMA and SMDM; any part of a split "
           "file will do."));
    hint->setAlignment(Qt::AlignCenter);
    auto* file = new QPushButton(tr("Choose a file…"), area);
    auto* folder = new QPushButton(tr("Choose a folder…"), area);
    file_ = file;
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(file);
    buttons->addWidget(folder);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(area);
    layout->setContentsMargins(24, 26, 24, 26);
    layout->setSpacing(12);
    layout->addWidget(words);
    layout->addLayout(buttons);
    layout->addWidget(hint);
    connect(file, &QPushButton::clicked, this, &ModelStartPage::fileWanted);
    connect(folder, &QPushButton::clicked, this, &ModelStartPage::folderWanted);
    return area;
}

void ModelStartPage::setRecent(const QStringList& paths) {
    recent_->clear();
    for (const QString& path : paths) {
        const QFileInfo file(path);
        auto* item =
            new QListWidgetItem(QStringLiteral("%1   –   %2").arg(file.fileName(), QDir::toNativeSeparators(file.path())), recent_);
        item->setData(Qt::UserRole, path);
        item->setToolTip(QDir::toNativeSeparators(path));
    }
    caption_->setVisible(!paths.isEmpty());
    recent_->setVisible(!paths.isEmpty());
    if (!paths.isEmpty()) {
        constexpr int kFrame = 10;
        recent_->setFixedHeight(static_cast<int>(paths.size()) * (recent_->sizeHintForRow(0) + 2 * recent_->spacing()) + kFrame);
        recent_->setCurrentRow(0);
    }
}

void ModelStartPage::takeFocus() {
    QWidget* first = recent_->isVisibleTo(this) ? static_cast<QWidget*>(recent_) : file_;
    first->setFocus(Qt::OtherFocusReason);
}

}  // namespace crystallite
