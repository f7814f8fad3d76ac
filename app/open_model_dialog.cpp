#include "app/open_model_dialog.h"

#include "app/conversions.h"
#include "app/model_fields.h"
#include "app/model_page.h"
#include "app/model_path.h"
#include "app/model_start_page.h"
#include "app/shell_style.h"

#include <QDragEnterEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace crystallite {
namespace {

constexpr QSize kUsualSize(560, 600);

QScrollArea* scrolled(QWidget* content) {
    auto* area = new QScrollArea;
    auto* padded = new QWidget;
    auto* layout = new QVBoxLayout(padded);
    layout->setContentsMargins(22, 20, 22, 14);
    layout->addWidget(content);
    area->setWidget(padded);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

QString droppedModel(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? modelPathOf(urls.front().toLocalFile()) : QString();
}

}  // namespace

OpenModelDialog::OpenModelDialog(ModelInspector::Inspect inspect, const FileQuestions& questions, QWidget* parent)
    : QDialog(parent), questions_(questions), inspector_(std::move(inspect)) {
    setWindowTitle(tr("Open a model"));
    setAcceptDrops(true);
    start_ = new ModelStartPage;
    page_ = new ModelPage;
    pages_ = new QStackedWidget(this);
    pages_->addWidget(scrolled(start_));
    pages_->addWidget(scrolled(page_));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(pages_, 1);
    layout->addWidget(makeBottom());
    connectPages();
    resize(kUsualSize.boundedTo(screen()->availableSize() - QSize(40, 60)));
    refresh();
}

QWidget* OpenModelDialog::makeBottom() {
    auto* bottom = new QWidget(this);
    auto* line = new QFrame(bottom);
    line->setObjectName(QStringLiteral("hairline"));
    line->setFixedHeight(1);
    progress_ = new QProgressBar(bottom);
    progress_->setAccessibleName(tr("Loading the model"));
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    sentence_ = makeSentence(style_class::kMuted, bottom);
    back_ = new QPushButton(tr("Another model…"), bottom);
    cancel_ = new QPushButton(tr("Cancel"), bottom);
    load_ = new QPushButton(tr("Load"), bottom);
    load_->setDefault(true);
    back_->setAutoDefault(false);
    cancel_->setAutoDefault(false);
    setStyleClass(load_, style_class::kPrimary);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(back_);
    buttons->addStretch();
    buttons->addWidget(cancel_);
    buttons->addWidget(load_);
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(22, 12, 22, 16);
    inner->setSpacing(10);
    inner->addWidget(sentence_);
    inner->addWidget(progress_);
    inner->addLayout(buttons);
    auto* layout = new QVBoxLayout(bottom);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(line);
    layout->addLayout(inner);
    return bottom;
}

void OpenModelDialog::connectPages() {
    const auto ask = [this](const std::function<QString()>& question) {
        if (const QString path = question(); !path.isEmpty()) {
            choose(path);
        }
    };
    connect(start_, &ModelStartPage::fileWanted, this, [this, ask] { ask(questions_.modelFile); });
    connect(start_, &ModelStartPage::folderWanted, this, [this, ask] { ask(questions_.modelFolder); });
    connect(start_, &ModelStartPage::chosen, this, &OpenModelDialog::choose);
    connect(page_, &ModelPage::changed, this, &OpenModelDialog::refresh);
    connect(&page_->fields(), &ModelFields::filesChanged, this, [this] {
        failure_.clear();
        page_->startReading();
        inspector_.inspect(page_->request());
    });
    connect(&page_->fields(), &ModelFields::tokenizerWanted, this, [this] {
        if (const QString path = questions_.modelFile(); !path.isEmpty()) {
            page_->fields().setTokenizer(path);
        }
    });
    connect(&inspector_, &ModelInspector::inspected, this, &OpenModelDialog::take);
    connect(back_, &QPushButton::clicked, this, [this] {
        inspector_.cancel();
        failure_.clear();
        pages_->setCurrentIndex(0);
        refresh();
        start_->takeFocus();
    });
    connect(cancel_, &QPushButton::clicked, this, &OpenModelDialog::reject);
    connect(load_, &QPushButton::clicked, this, &OpenModelDialog::load);
}

void OpenModelDialog::setDevices(const std::vector<DeviceInfo>& devices) {
    page_->setDevices(devices);
}

void OpenModelDialog::chooseFrom(const QStringList& recent, const std::string& device) {
    device_ = device;
    start_->setRecent(recent);
    if (!loading_) {
        pages_->setCurrentIndex(0);
    }
    refresh();
    present();
    start_->takeFocus();
}

void OpenModelDialog::showModel(const ModelRequest& request) {
    if (loading_) {
        Q_EMIT cancelRequested();  // something else is wanted now
        loading_ = false;
    }
    device_ = request.device;
    failure_.clear();
    pages_->setCurrentIndex(1);
    page_->start(request);
    inspector_.inspect(request);
    cancel_->setFocus(Qt::OtherFocusReason);  // until it is known what is to be answered
    present();
}

void OpenModelDialog::choose(const QString& path) {
    const QString model = modelPathOf(path);
    // What is no model gives the sentence that says so.
    showModel({.model = (model.isEmpty() ? path : model).toStdString(), .device = device_});
}

void OpenModelDialog::present() {
    show();
    raise();
    activateWindow();
}

void OpenModelDialog::take(const ModelPreview& preview) {
    page_->setPreview(preview);
    for (const std::string& note : preview.notes) {
        failure_ += (failure_.isEmpty() ? QString() : QStringLiteral(" ")) + toQString(note);
    }
    refresh();
    if (QWidget* unanswered = page_->fields().unanswered()) {
        unanswered->setFocus(Qt::OtherFocusReason);
    } else if (load_->isEnabled() && !page_->isAncestorOf(focusWidget())) {
        load_->setFocus(Qt::OtherFocusReason);
    }
}

void OpenModelDialog::load() {
    if (loading_ || !page_->isReady()) {
        return;
    }
    loading_ = true;
    failure_.clear();
    progress_->setValue(0);
    refresh();
    cancel_->setFocus(Qt::OtherFocusReason);
    Q_EMIT loadRequested(page_->request());
}

void OpenModelDialog::setLoading(double share) {
    if (!loading_) {
        return;
    }
    progress_->setValue(static_cast<int>(std::lround(share * 1000.0)));
    sentence_->setText(tr("Loading, %1 %").arg(std::lround(share * 100.0)));
}

void OpenModelDialog::finish() {
    if (std::exchange(loading_, false)) {
        refresh();
        hide();
    }
}

void OpenModelDialog::fail(const QString& sentence, bool cancelled) {
    if (!std::exchange(loading_, false)) {
        return;
    }
    failure_ = cancelled ? tr("Loading was cancelled.") : sentence;
    refresh();
    load_->setFocus(Qt::OtherFocusReason);
}

QString OpenModelDialog::sentence() const {
    return sentence_->isVisibleTo(this) ? sentence_->text() : QString();
}

void OpenModelDialog::refresh() {
    const bool onPage = pages_->currentIndex() == 1;
    const QString problem = !failure_.isEmpty() ? failure_ : page_->problem();
    const bool asks = page_->fields().unanswered() != nullptr;
    page_->setEditable(!loading_);
    progress_->setVisible(loading_);
    back_->setVisible(onPage);
    back_->setEnabled(!loading_);
    load_->setVisible(onPage);
    load_->setEnabled(!loading_ && page_->isReady());
    cancel_->setText(onPage ? tr("Cancel") : tr("Close"));
    sentence_->setText(loading_ ? tr("Loading…") : problem);
    sentence_->setVisible(loading_ || (onPage && !problem.isEmpty()));
    setStyleClass(sentence_, loading_ || asks ? style_class::kMuted : style_class::kWarning);
}

void OpenModelDialog::reject() {
    if (loading_) {
        Q_EMIT cancelRequested();
        return;
    }
    inspector_.cancel();
    QDialog::reject();
}

void OpenModelDialog::dragEnterEvent(QDragEnterEvent* event) {
    if (!loading_ && !droppedModel(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void OpenModelDialog::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    choose(droppedModel(*event->mimeData()));
}

}  // namespace crystallite
