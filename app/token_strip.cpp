#include "app/token_strip.h"

#include "app/canvas/token_display.h"
#include "app/token_text.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

#include <cmath>
#include <utility>

namespace crystallite {
namespace {

constexpr double kPadding = 4.0;
constexpr double kGap = 3.0;
constexpr double kWordGap = 6.0;
constexpr int kUsualWidth = 220;

QString symbolText(Symbol symbol) {
    switch (symbol) {
        case Symbol::Newline: return QStringLiteral("\u21B5");
        case Symbol::Tab: return QStringLiteral("\u21E5");
        case Symbol::Space: return QStringLiteral("\u2423");
        default: return {};
    }
}

/// What a chip shows: as on the canvas, every byte is visible.
QString chipText(const SentToken& token) {
    if (token.open) {
        return QString::fromUtf8(kMaskText);
    }
    QString text;
    for (const DisplayRun& run : displayBytes(token.bytes).runs) {
        switch (run.style) {
            case DisplayRun::Style::Text: text += run.text; break;
            case DisplayRun::Style::HexByte: text += QStringLiteral("%1").arg(run.byte, 2, 16, QLatin1Char('0')).toUpper(); break;
            case DisplayRun::Style::Symbol: text += symbolText(run.symbol); break;
        }
    }
    return text;
}

}  // namespace

QString spokenToken(const SentToken& token) {
    if (token.open) {
        return TokenStrip::tr("open slot");
    }
    const QString name = spokenName(displayBytes(token.bytes));
    return token.special ? TokenStrip::tr("special %1").arg(name) : name;
}

TokenStrip::TokenStrip(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TokenStrip::setTokens(std::vector<SentToken> tokens) {
    if (tokens == tokens_) {
        return;
    }
    tokens_ = std::move(tokens);
    QStringList spoken;
    for (const SentToken& token : tokens_) {
        spoken << spokenToken(token);
    }
    setAccessibleName(tr("What is sent, %n token(s)", nullptr, static_cast<int>(tokens_.size())));
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QFont TokenStrip::fontOf(const SentToken& token) const {
    QFont chip = font();
    chip.setPointSizeF(chip.pointSizeF() * 0.92);
    chip.setBold(token.special);
    return chip;
}

std::vector<TokenStrip::Chip> TokenStrip::layOut(int width) const {
    std::vector<Chip> chips;
    double x = 0.0;
    double y = 0.0;
    for (const SentToken& token : tokens_) {
        const QFontMetricsF metrics(fontOf(token));
        const double room = std::max(width - 1.0, 4 * kPadding);
        const QString text = metrics.elidedText(chipText(token), Qt::ElideMiddle, room - 2 * kPadding);
        const TokenDisplay display = displayBytes(token.bytes);
        const double chipWidth = std::max(metrics.horizontalAdvance(text), metrics.averageCharWidth()) + 2 * kPadding;
        const double gap = x == 0.0 ? 0.0 : (display.leadingSpace && !token.special ? kWordGap : kGap);
        const double row = metrics.height() + 2.0;
        if (x + gap + chipWidth > room && x > 0.0) {
            x = 0.0;
            y += row + kGap;
        } else {
            x += gap;
        }
        chips.push_back({.text = text, .place = QRectF(x + 0.5, y + 0.5, chipWidth, row)});
        x += chipWidth;
        if (display.endsRow && !token.special) {
            x = 0.0;
            y += row + kGap;
        }
    }
    return chips;
}

int TokenStrip::heightForWidth(int width) const {
    const std::vector<Chip> chips = layOut(width);
    return chips.empty() ? 0 : static_cast<int>(std::ceil(chips.back().place.bottom() + 1.0));
}

QSize TokenStrip::sizeHint() const {
    return {kUsualWidth, heightForWidth(kUsualWidth)};
}

void TokenStrip::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<Chip> chips = layOut(width());
    for (size_t i = 0; i < chips.size(); ++i) {
        const SentToken& token = tokens_[i];
        if (!chips[i].place.intersects(event->rect())) {
            continue;
        }
        if (token.special || token.open) {
            QPen dashed(palette().color(QPalette::Link), 1.0, Qt::DashLine);
            dashed.setDashPattern({3.0, 2.0});
            painter.setPen(dashed);
            painter.setBrush(Qt::NoBrush);
        } else {
            painter.setPen(palette().color(QPalette::Mid));
            painter.setBrush(Qt::NoBrush);
        }
        painter.drawRoundedRect(chips[i].place, 3.0, 3.0);
        painter.setFont(fontOf(token));
        painter.setPen(palette().color(token.special ? QPalette::Link : QPalette::WindowText));
        painter.drawText(chips[i].place, Qt::AlignCenter, chips[i].text);
    }
}

void TokenStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
}

bool TokenStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    const auto& help = static_cast<const QHelpEvent&>(*event);
    const std::vector<Chip> chips = layOut(width());
    for (size_t i = 0; i < chips.size(); ++i) {
        if (chips[i].place.contains(help.pos())) {
            QToolTip::showText(help.globalPos(), tr("%1, id %2").arg(spokenToken(tokens_[i])).arg(tokens_[i].id), this);
            return true;
        }
    }
    QToolTip::hideText();
    event->ignore();
    return true;
}

}  // namespace crystallite
