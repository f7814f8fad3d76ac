#include "app/hand_controls.h"

#include "app/branch_bar.h"
#include "app/candidate_popup.h"
#include "app/canvas/canvas_widget.h"
#include "app/conversions.h"
#include "app/message_bar.h"
#include "app/noise_dialog.h"
#include "app/playback.h"
#include "app/run_document.h"
#include "app/slot_field.h"
#include "app/slot_note.h"
#include "app/slot_report.h"
#include "app/window_actions.h"

#include <QAction>

#include <utility>

namespace crystallite {

HandControls::HandControls(const Parts& parts, QObject* parent)
    : QObject(parent),
      actions_(parts.actions),
      document_(parts.document),
      canvas_(parts.canvas),
      bar_(parts.bar),
      messages_(parts.messages),
      files_(parts.files),
      branching_(parts.document, parts.files),
      popup_(new CandidatePopup(&parts.canvas)),
      field_(new SlotField(&parts.canvas)),
      note_(new SlotNote(&parts.canvas)),
      noise_(new NoiseDialog(parts.document, parts.canvas.window())) {
    connectSlotActions();
    connectRunActions();
    connectUndo();
    connect(&parts.playback, &Playback::wantedBeyondEnd, this, &HandControls::goOn);
    connect(&document_, &RunDocument::stepAppended, this, &HandControls::refreshStep);
    // It follows every traceReset() too, and what refresh() counts shall not be counted twice.
    connect(&document_, &RunDocument::liveChanged, this, &HandControls::refresh);
    connect(&document_, &RunDocument::frameChanged, this, &HandControls::followFrame);
    connect(&document_, &RunDocument::selectionChanged, this, &HandControls::followSelection);
    refresh();
}

void HandControls::connectSlotActions() {
    connect(actions_.pin, &QAction::triggered, this, [this] { changeSelection(&togglePin); });
    connect(actions_.remask, &QAction::triggered, this, [this] { changeSelection(&crystallite::remask); });
    connect(actions_.commitNext, &QAction::triggered, this, [this] { changeSelection(&preferSlots); });
    connect(actions_.insertBefore, &QAction::triggered, this, [this] { insert(false); });
    connect(actions_.insertBehind, &QAction::triggered, this, [this] { insert(true); });
    connect(actions_.deleteSlots, &QAction::triggered, this, &HandControls::remove);
    connect(actions_.typeWords, &QAction::triggered, this, &HandControls::typeWords);
    connect(actions_.candidates, &QAction::triggered, this, &HandControls::chooseCandidate);
    // Enter belongs to the canvas: elsewhere it presses what has the focus.
    actions_.candidates->setShortcutContext(Qt::WidgetShortcut);
    connect(&canvas_, &CanvasWidget::slotActivated, this, &HandControls::chooseCandidate);
    connect(popup_, &CandidatePopup::chosen, this, [this](uint32_t position, const Candidate& candidate) {
        change(crystallite::chooseCandidate(document_.trace(), document_.frame(), position, candidate),
               SlotSpan{.first = position, .last = position});
    });
    connect(field_, &SlotField::typed, this, [this](uint32_t position, const std::vector<TypedToken>& tokens) {
        change(writeTokens(document_.trace(), document_.frame(), position, tokens),
               SlotSpan{.first = position, .last = position + static_cast<uint32_t>(tokens.size()) - 1});
    });
    connect(field_, &SlotField::covers, this, [this](const std::optional<SlotSpan>& span) {
        if (span) {
            document_.selectSlot(span->first);
            document_.extendSelection(span->last);
        }
    });
    for (const auto signal : {&RunDocument::frameChanged, &RunDocument::stepAppended}) {
        connect(&document_, signal, popup_, &SlotOverlay::leave);
        connect(&document_, signal, field_, &SlotOverlay::leave);
    }
    connect(&document_, &RunDocument::traceReset, popup_, &SlotOverlay::leave);
    connect(&document_, &RunDocument::traceReset, field_, &SlotOverlay::leave);
}

void HandControls::connectRunActions() {
    connect(actions_.continueRun, &QAction::triggered, this, [this] { goOn(0); });
    connect(actions_.computeStep, &QAction::triggered, this, [this] { goOn(1); });
    connect(actions_.branch, &QAction::triggered, this, [this] {
        if (const QString problem = branching_.branchHere(); !problem.isEmpty()) {
            refuse(problem);
        }
    });
    connect(actions_.noise, &QAction::triggered, noise_, &NoiseDialog::ask);
    connect(noise_, &NoiseDialog::recoverWanted, this, &HandControls::recoverWanted);
    connect(&bar_, &BranchBar::modelWanted, this, [this] {
        if (const auto request = findModel_ ? findModel_(document_.trace().header()) : std::nullopt) {
            Q_EMIT modelWanted(*request);
        }
    });
}

void HandControls::connectUndo() {
    QUndoStack& stack = branching_.stack();
    const auto follow = [](QAction* action, const QString& plain) {
        return
            [action, plain](const QString& what) { action->setText(what.isEmpty() ? plain : QStringLiteral("%1: %2").arg(plain, what)); };
    };
    connect(&stack, &QUndoStack::undoTextChanged, actions_.undo, follow(actions_.undo, actions_.undo->text()));
    connect(&stack, &QUndoStack::redoTextChanged, actions_.redo, follow(actions_.redo, actions_.redo->text()));
    connect(&stack, &QUndoStack::canUndoChanged, actions_.undo, &QAction::setEnabled);
    connect(&stack, &QUndoStack::canRedoChanged, actions_.redo, &QAction::setEnabled);
    connect(actions_.undo, &QAction::triggered, &stack, &QUndoStack::undo);
    connect(actions_.redo, &QAction::triggered, &stack, &QUndoStack::redo);
    actions_.undo->setEnabled(false);
    actions_.redo->setEnabled(false);
    connect(&branching_, &Branching::swapped, this, &HandControls::shownChanged);
    connect(&branching_, &Branching::tookBack, this, [this](uint32_t steps) {
        const QString sentence =
            steps == 1 ? tr("The step that was computed after this change comes back with Redo; it is kept as a run of its own.")
                       : tr("The %1 steps that were computed after this change come back with Redo; they are kept as a run of their own.")
                             .arg(steps);
        messages_.showMessage(MessageBar::Kind::Note, sentence);
        Q_EMIT said(sentence);
    });
}

void HandControls::setTheme(const Theme& theme) {
    popup_->setTheme(theme);
}

void HandControls::setModel(const ModelSummary* model) {
    model_ = model == nullptr ? std::nullopt : std::optional(*model);
    field_->setEncoder(model == nullptr ? WordEncoder() : model->encodeWords);
    noise_->setModel(model);
    refresh();
}

QString HandControls::note() const {
    return note_->sentence();
}

QRect HandControls::selectedRect() const {
    const auto selected = document_.selectedSlot();
    const QRect slot = selected ? canvas_.slotRect(*selected) : QRect();
    return slot.isEmpty() ? QRect(canvas_.rect().center(), QSize(1, 1)) : slot.intersected(canvas_.rect());
}

void HandControls::changeSelection(Maker make) {
    if (const auto span = document_.selection(); span && make != nullptr) {
        change(make(document_.trace(), document_.frame(), *span), span);
    } else {
        refuse(document_.isEmpty() ? tr("There is no run yet.")
                                   : tr("No slot is selected; click one, or use the arrow keys on the canvas."));
    }
}

void HandControls::change(const Result<HandChange>& made, std::optional<SlotSpan> selection) {
    const QString problem = made ? branching_.apply(*made, selection) : toQString(made.error().message);
    if (!problem.isEmpty()) {
        refuse(problem);
        return;
    }
    note_->hide();
}

void HandControls::insert(bool behind) {
    const auto span = document_.selection();
    if (!span) {
        changeSelection(nullptr);
        return;
    }
    const uint32_t position = behind ? span->last + 1 : span->first;
    change(insertSlot(document_.trace(), document_.frame(), position), SlotSpan{.first = position, .last = position});
}

void HandControls::remove() {
    const auto span = document_.selection();
    if (!span) {
        changeSelection(nullptr);
        return;
    }
    change(deleteSlots(document_.trace(), document_.frame(), *span), SlotSpan{.first = span->first, .last = span->first});
}

void HandControls::chooseCandidate() {
    const auto selected = document_.selectedSlot();
    if (!selected) {
        changeSelection(nullptr);
        return;
    }
    const SlotReport report = reportSlot(document_.trace(), *selected, document_.frame());
    if (report.belief && !report.belief->candidates.empty()) {
        note_->hide();
        popup_->choose(report, document_.trace(), selectedRect());
    } else {
        Q_EMIT inspectionWanted();
    }
}

void HandControls::typeWords() {
    const auto span = document_.selection();
    if (!span) {
        changeSelection(nullptr);
    } else if (!field_->canType() || !isSameModelLoaded()) {
        refuse(reasonAgainstModel());
    } else {
        note_->hide();
        field_->type(document_.trace(), document_.frame(), span->first, selectedRect());
    }
}

void HandControls::refuse(const QString& sentence) {
    note_->tell(sentence, selectedRect());
    Q_EMIT said(sentence);
}

}  // namespace crystallite
