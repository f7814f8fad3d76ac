#include "app/slot_field.h"

#include "app/canvas/hand_marks.h"
#include "app/conversions.h"
#include "app/shell_style.h"
#include "app/token_strip.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <cctype>
#include <utility>

namespace crystallite {
namespace {

constexpr int kWidth = 320;

std::vector<TypedToken> typedTokens(const std::vector<SentToken>& sent) {
    std::vector<TypedToken> tokens;
    for (const SentToken& token : sent) {
        tokens.push_back({.id = token.id, .bytes = token.bytes, .special = token.special});
    }
    return tokens;
}

}  // namespace

SlotField::SlotField(QWidget* canvas) : SlotOverlay(canvas) {
    setAccessibleName(tr("Words for the slot"));
    setFixedWidth(kWidth);
    words_ = new QLineEdit(this);
    words_->setObjectName(QStringLiteral("slotWords"));
    words_->setAccessibleName(tr("Words for the slots from here on"));
    words_->setPlaceholderText(tr("Type words here"));
    strip_ = new TokenStrip(this);
    preview_ = makeSentence(style_class::kMuted, this);
    problem_ = makeSentence(style_class::kWarning, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(5);
    for (QWidget* widget :
         {static_cast<QWidget*>(words_), static_cast<QWidget*>(strip_), static_cast<QWidget*>(preview_), static_cast<QWidget*>(problem_)}) {
        layout->addWidget(widget);
    }
    preview_->setFocusPolicy(Qt::NoFocus);
    problem_->setFocusPolicy(Qt::NoFocus);
    connect(words_, &QLineEdit::textChanged, this, &SlotField::refresh);
    connect(words_, &QLineEdit::returnPressed, this, &SlotField::accept);
    connect(this, &SlotOverlay::left, this, [this] { Q_EMIT covers(std::nullopt); });
}

/// Most vocabularies write the space before a word into its token: where the guess does so, a word would begin with one.
QString SlotField::usualStart() const {
    const Canvas& canvas = trace_->canvas(frame_);
    std::optional<TokenId> there;
    if (!canvas.isMasked(position_)) {
        there = canvas.token(position_);
    } else if (const SlotBelief* belief = standingBelief(*trace_, frame_, position_); belief != nullptr && !belief->candidates.empty()) {
        there = belief->candidates.front().id;
    }
    return there && trace_->piece(*there).starts_with(' ') ? QStringLiteral(" ") : QString();
}

void SlotField::type(const Trace& trace, uint32_t frame, uint32_t position, const QRect& slot) {
    trace_ = &trace;
    frame_ = frame;
    position_ = position;
    words_->setText(usualStart());
    words_->setCursorPosition(static_cast<int>(words_->text().size()));
    refresh();
    showBeside(slot, words_);
}

void SlotField::refresh() {
    const std::string words = words_->text().toStdString();
    const bool empty = words_->text().trimmed().isEmpty();
    const std::vector<SentToken> sent = empty ? std::vector<SentToken>() : encode_(words);
    tokens_ = typedTokens(sent);
    strip_->setTokens(sent);
    strip_->setVisible(!empty);
    QString problem;
    QString preview = tr("The words are pinned: the sampler does not change them. Enter writes, Esc leaves.");
    std::optional<SlotSpan> span;
    if (!empty) {
        const auto count = static_cast<uint32_t>(tokens_.size());
        if (const auto change = writeTokens(*trace_, frame_, position_, tokens_); !change) {
            problem = toQString(change.error().message);
        } else if (count > 0) {
            span = SlotSpan{.first = position_, .last = position_ + count - 1};
            preview = count == 1 ? tr("1 slot: position %1.").arg(position_ + 1)
                                 : tr("%1 slots: positions %2 to %3.").arg(count).arg(span->first + 1).arg(span->last + 1);
        }
    }
    preview_->setText(preview);
    preview_->setVisible(problem.isEmpty());
    showProblem(problem);
    Q_EMIT covers(span);
}

void SlotField::showProblem(const QString& sentence) {
    problem_->setText(sentence);
    problem_->setAccessibleName(sentence);
    problem_->setVisible(!sentence.isEmpty());
    if (isVisible()) {
        fitContent();
    }
}

QString SlotField::problem() const {
    return problem_->text();
}

QString SlotField::preview() const {
    return problem().isEmpty() ? preview_->text() : QString();
}

void SlotField::accept() {
    if (tokens_.empty()) {
        showProblem(tr("Type at least one word, or leave with Esc."));
    } else if (problem().isEmpty()) {
        const std::vector<TypedToken> tokens = tokens_;
        const uint32_t position = position_;
        leave();
        Q_EMIT typed(position, tokens);
    }
}

}  // namespace crystallite
