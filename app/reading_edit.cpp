#include "app/reading_edit.h"

#include "app/token_text.h"

#include <QEvent>
#include <QSyntaxHighlighter>
#include <QTextDocument>

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kFewestLines = 2;
constexpr int kFrame = 2;  // the ring of the focus, above and below

/// Many open slots in a row would outshine the words.
class FaintMasks final : public QSyntaxHighlighter {
public:
    explicit FaintMasks(QPlainTextEdit& edit) : QSyntaxHighlighter(edit.document()), edit_(edit) {}

protected:
    void highlightBlock(const QString& text) override {
        static const QChar kMask = QString::fromUtf8(kMaskText).front();
        QTextCharFormat faint;
        faint.setForeground(edit_.palette().placeholderText());
        for (qsizetype index = text.indexOf(kMask); index >= 0; index = text.indexOf(kMask, index + 1)) {
            setFormat(static_cast<int>(index), 1, faint);
        }
    }

private:
    const QPlainTextEdit& edit_;
};

}  // namespace

ReadingEdit::ReadingEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    new FaintMasks(*this);
}

int ReadingEdit::heightOf(int lines) const {
    ensurePolished();
    return lines * fontMetrics().lineSpacing() + kFrame;
}

void ReadingEdit::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
        takeFont();
    }
}

void ReadingEdit::resizeEvent(QResizeEvent* event) {
    fitLines();
    QPlainTextEdit::resizeEvent(event);
}

void ReadingEdit::takeFont() {
    setMinimumHeight(kFewestLines * fontMetrics().lineSpacing() + kFrame);
    fitLines();
    for (QSyntaxHighlighter* masks : document()->findChildren<QSyntaxHighlighter*>()) {
        masks->rehighlight();
    }
}

/// What is left of the height below the last whole line stays empty.
void ReadingEdit::fitLines() {
    const int line = std::max(fontMetrics().lineSpacing(), 1);
    setViewportMargins(0, 0, 0, std::max(height() - kFrame, 0) % line);
}

}  // namespace crystallite
