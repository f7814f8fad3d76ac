#pragma once

#include <QToolButton>

namespace crystallite {

/// A line with an arrow that shows and hides what lies under it: `content`, or, where there is none, whatever listens to toggled().
class Disclosure : public QToolButton {
    Q_OBJECT
public:
    Disclosure(const QString& text, QWidget* content, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    QWidget* content_;
};

}  // namespace crystallite
