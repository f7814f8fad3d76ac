#pragma once

#include "engine/text/chat_prompt.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPlainTextEdit;

namespace crystallite {

/// Whether a prompt is sent as a chat turn, and the system's text before it. Shown for a model whose chat format is known.
class ChatFields : public QWidget {
    Q_OBJECT
public:
    explicit ChatFields(QWidget* parent = nullptr);

    /// Empty: the model has none, and text is sent as it is. A model with one starts as chat.
    void setFormat(const std::string& name);
    [[nodiscard]] ChatChoice choice() const;
    /// What is chosen, whether or not the model has a chat format.
    [[nodiscard]] bool isChat() const;
    [[nodiscard]] QString system() const;
    void set(bool chat, const QString& system);

Q_SIGNALS:
    void changed();

private:
    void refresh();

    std::string format_;
    QCheckBox* chat_ = nullptr;
    QLabel* name_ = nullptr;
    QPlainTextEdit* system_ = nullptr;
};

}  // namespace crystallite
