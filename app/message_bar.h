#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace crystallite {

/// A sentence with a next step, inside the window; nothing waits for it and the window goes on.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Note, Problem };

    explicit MessageBar(QWidget* parent = nullptr);

    void showMessage(Kind kind, const QString& sentence);
    /// With a button that does the next step; the bar closes when it is pressed.
    void showMessage(Kind kind, const QString& sentence, const QString& action, std::function<void()> act);
    [[nodiscard]] QString sentence() const;

private:
    QLabel* text_ = nullptr;
    QPushButton* action_ = nullptr;
    std::function<void()> act_;
};

}  // namespace crystallite
