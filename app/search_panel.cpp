#include "app/search_panel.h"

#include "app/run_document.h"
#include "app/search_model.h"
#include "app/search_text.h"
#include "app/shell_style.h"

#include <QCheckBox>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kSliceMs = 4;  // leaves three quarters of a frame at 60 Hz to everything else

}  // namespace

SearchPanel::SearchPanel(RunDocument& document, QWidget* parent) : QWidget(parent), document_(document) {
    setObjectName(QStringLiteral("searchPanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(6);
    addField();
    addOptions();
    addStatus();
    addResults();
    connect(&timer_, &QTimer::timeout, this, &SearchPanel::searchSlice);
    connect(&document_, &RunDocument::traceReset, this, &SearchPanel::restart);
    connect(&document_, &RunDocument::stepsTold, this, &SearchPanel::goOn);
    refreshStatus();
}

void SearchPanel::addField() {
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    field_ = new QLineEdit(this);
    field_->setPlaceholderText(tr("Text, or #id of a token"));
    field_->setAccessibleName(tr("Find in all steps"));
    field_->setClearButtonEnabled(true);
    connect(field_, &QLineEdit::textChanged, this, &SearchPanel::restart);
    row->addWidget(field_, 1);
    auto* previous = addStepButton(Qt::UpArrow, tr("Previous match"), tr("Shift+F3"));
    connect(previous, &QToolButton::clicked, this, &SearchPanel::choosePrevious);
    auto* next = addStepButton(Qt::DownArrow, tr("Next match"), tr("F3"));
    connect(next, &QToolButton::clicked, this, &SearchPanel::chooseNext);
    row->addWidget(previous);
    row->addWidget(next);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

QToolButton* SearchPanel::addStepButton(Qt::ArrowType arrow, const QString& text, const QString& keys) {
    auto* button = new QToolButton(this);
    button->setArrowType(arrow);
    button->setAccessibleName(text);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(text, keys));
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void SearchPanel::addOptions() {
    const auto add = [this](const QString& text, const QString& help) {
        auto* box = new QCheckBox(text, this);
        box->setChecked(true);
        box->setToolTip(help);
        connect(box, &QCheckBox::toggled, this, &SearchPanel::restart);
        layout()->addWidget(box);
        return box;
    };
    inCommits_ = add(tr("Committed tokens"), tr("Tokens that a step wrote into a slot"));
    inGuesses_ = add(tr("Guesses"), tr("The eight recorded candidates of every slot that a step asked about"));
    inReading_ = add(tr("Reading text"), tr("The text of a step, also over several tokens"));
}

void SearchPanel::addStatus() {
    auto* row = new QHBoxLayout;
    status_ = makeSentence(style_class::kMuted, this);
    row->addWidget(status_, 1);
    cancel_ = new QToolButton(this);
    cancel_->setText(tr("Cancel"));
    cancel_->setToolTip(tr("Keep what was found so far"));
    cancel_->setFocusPolicy(Qt::StrongFocus);
    connect(cancel_, &QToolButton::clicked, this, &SearchPanel::cancel);
    row->addWidget(cancel_, 0, Qt::AlignTop);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void SearchPanel::addResults() {
    model_ = new SearchModel(document_, search_, this);
    results_ = new QListView(this);
    results_->setObjectName(QStringLiteral("searchResults"));
    results_->setModel(model_);
    results_->setAccessibleName(tr("Matches"));
    results_->setUniformItemSizes(true);
    results_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    results_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    results_->setFrameShape(QFrame::NoFrame);
    connect(results_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid()) {
            activate(current.row());
        }
    });
    // The match that is current already is no change, yet a person who asks for it again wants to be there.
    connect(results_, &QListView::clicked, this, [this](const QModelIndex& index) { activate(index.row()); });
    connect(results_, &QListView::activated, this, [this](const QModelIndex& index) { activate(index.row()); });
    static_cast<QVBoxLayout*>(layout())->addWidget(results_, 1);
}

void SearchPanel::focusField() {
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

void SearchPanel::restart() {
    SearchQuery query = parseSearch(field_->text());
    query.inCommits = inCommits_->isChecked();
    query.inGuesses = inGuesses_->isChecked();
    query.inReading = inReading_->isChecked();
    search_ = TraceSearch(query);
    cancelled_ = false;
    model_->restart();
    goOn();
}

void SearchPanel::goOn() {
    if (!cancelled_ && !search_.isDone(document_.trace())) {
        timer_.start(0);
    } else {
        timer_.stop();
    }
    refreshStatus();
}

void SearchPanel::searchSlice() {
    QElapsedTimer timer;
    timer.start();
    while (!search_.isDone(document_.trace()) && timer.elapsed() < kSliceMs) {
        search_.advance(document_.trace());
    }
    model_->grow();
    goOn();
}

void SearchPanel::cancel() {
    cancelled_ = true;
    goOn();
}

void SearchPanel::refreshStatus() {
    cancel_->setVisible(isSearching());
    if (search_.query().isEmpty()) {
        status_->setText(tr("Finds a word or a part of one in every step; #123 finds a token by its id."));
        return;
    }
    const auto found = static_cast<int>(search_.hits().size());
    const QString matches = found == 1 ? tr("1 match") : tr("%1 matches").arg(found);
    const uint32_t frames = document_.trace().steps() + 1;
    if (search_.isFull()) {
        status_->setText(tr("The first %1 matches; a longer text finds fewer.").arg(found));
    } else if (isSearching() || cancelled_) {
        status_->setText(tr("%1 in %2 of %3 steps").arg(matches).arg(search_.searchedFrames()).arg(frames));
    } else {
        status_->setText(found == 0 ? tr("No match in any step.") : matches);
    }
}

int SearchPanel::nearestRow(bool forward) const {
    const std::vector<SearchHit>& hits = search_.hits();
    const auto rows = static_cast<int>(hits.size());
    if (const QModelIndex current = results_->currentIndex(); current.isValid()) {
        return (current.row() + (forward ? 1 : rows - 1)) % rows;
    }
    const auto later = std::lower_bound(hits.begin(), hits.end(), document_.frame(),
                                        [](const SearchHit& hit, uint32_t frame) { return hit.firstStep < frame; });
    const auto row = static_cast<int>(later - hits.begin());
    return forward ? row % rows : (row + rows - 1) % rows;
}

void SearchPanel::chooseNext() {
    if (!search_.hits().empty()) {
        choose(nearestRow(true));
    }
}

void SearchPanel::choosePrevious() {
    if (!search_.hits().empty()) {
        choose(nearestRow(false));
    }
}

void SearchPanel::choose(int row) {
    const QModelIndex index = model_->index(row);
    if (index == results_->currentIndex()) {
        activate(row);
    }
    results_->setCurrentIndex(index);
    results_->scrollTo(index);
}

void SearchPanel::activate(int row) {
    const SearchHit& hit = search_.hits()[static_cast<size_t>(row)];
    Q_EMIT matchChosen(hit.firstStep, hitPosition(hit, document_.trace()));
}

void SearchPanel::keyPressEvent(QKeyEvent* event) {
    // In the list Enter means the match that is there.
    const bool isEnter = field_->hasFocus() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter);
    if (isEnter) {
        event->modifiers() & Qt::ShiftModifier ? choosePrevious() : chooseNext();
    } else if (event->key() == Qt::Key_Escape && isSearching()) {
        cancel();
    } else if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace crystallite
