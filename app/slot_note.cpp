#include "app/slot_note.h"

#include "app/slot_overlay.h"

#include <algorithm>

namespace crystallite {
namespace {

constexpr int kReadingMs = 8'000;
constexpr int kWidest = 340;

}  // namespace

SlotNote::SlotNote(QWidget* canvas) : QLabel(canvas) {
    setObjectName(QStringLiteral("slotNote"));
    setWordWrap(true);
    setMargin(8);
    setAutoFillBackground(true);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    over_.setSingleShot(true);
    over_.setInterval(kReadingMs);
    connect(&over_, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void SlotNote::tell(const QString& sentence, const QRect& slot) {
    setText(sentence);
    setAccessibleName(sentence);
    const int line = fontMetrics().horizontalAdvance(sentence) + 2 * margin() + 12;
    const int width = std::min({line, kWidest, parentWidget()->width()});
    resize(width, heightForWidth(width));
    SlotOverlay::placeBeside(*this, slot);
    show();
    raise();
    over_.start();
}

}  // namespace crystallite
