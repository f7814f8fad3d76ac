#pragma once

#include "app/chat_thread.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace crystallite {

/// The turns that are sent before what is typed, each of which can be changed or removed, and the ways on: a new chat, the next question,
/// another kept chat.
class ChatTurns : public QWidget {
    Q_OBJECT
public:
    explicit ChatTurns(QWidget* parent = nullptr);

    [[nodiscard]] ChatThread& thread() { return thread_; }
    [[nodiscard]] const ChatThread& thread() const { return thread_; }
    /// Shows what the thread holds by now.
    void refresh();
    /// To choose from.
    void setChats(const std::vector<ChatEntry>& chats);

Q_SIGNALS:
    void changed();  ///< what is sent is another text
    void newWanted();
    void goOnWanted();
    void openWanted(const crystallite::ChatEntry& chat);

private:
    void addRow(size_t turn);
    void edit(size_t turn, const QPlainTextEdit& field);

    ChatThread thread_;
    QLabel* count_ = nullptr;
    QToolButton* chats_ = nullptr;
    QMenu* list_ = nullptr;
    QPushButton* new_ = nullptr;
    QPushButton* goOn_ = nullptr;
    QVBoxLayout* rows_ = nullptr;
};

}  // namespace crystallite
