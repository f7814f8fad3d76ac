#pragma once

#include "app/engine_door.h"

#include <QWidget>

#include <vector>

namespace crystallite {

/// The tokens of a prompt exactly as they are sent, one chip each in reading order. A special token is bold in a dashed outline, a slot to
/// fill in is the mask's mark, white space is drawn.
class TokenStrip : public QWidget {
    Q_OBJECT
public:
    explicit TokenStrip(QWidget* parent = nullptr);

    void setTokens(std::vector<SentToken> tokens);
    [[nodiscard]] const std::vector<SentToken>& tokens() const { return tokens_; }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Chip {
        QString text;
        QRectF place;
    };

    [[nodiscard]] QFont fontOf(const SentToken& token) const;
    /// The chips of a strip that is `width` wide.
    [[nodiscard]] std::vector<Chip> layOut(int width) const;

    std::vector<SentToken> tokens_;
};

/// "special <|im_start|>", "user", "line break"; for ears, tool tips and tests.
[[nodiscard]] QString spokenToken(const SentToken& token);

}  // namespace crystallite
