#pragma once

#include "app/engine_door.h"

#include <QWidget>

class QScrollArea;

namespace crystallite {

class Disclosure;
class TokenStrip;

/// "What is sent": on demand the tokens of the prompt, in a place of bounded height.
class SentPreview : public QWidget {
    Q_OBJECT
public:
    explicit SentPreview(QWidget* parent = nullptr);

    void setTokens(std::vector<SentToken> tokens);
    [[nodiscard]] TokenStrip& strip() { return *strip_; }
    [[nodiscard]] Disclosure& disclosure() { return *disclosure_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();

    TokenStrip* strip_;
    QScrollArea* area_;
    Disclosure* disclosure_;
};

}  // namespace crystallite
