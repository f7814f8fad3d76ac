#pragma once

#include <QObject>
#include <QTimer>

namespace crystallite {

class EngineWorker;
class PromptPanel;
class RunDocument;
class RunLibrary;
struct WindowActions;

/// What connects a conversation with its runs and with the history, where it is kept: after every answer, and a moment after every change.
class ChatKeeper : public QObject {
    Q_OBJECT
public:
    ChatKeeper(const WindowActions& actions, PromptPanel& prompt, EngineWorker& worker, RunDocument& document, RunLibrary& library);
    ~ChatKeeper() override;

    /// The run that starts now is that of the prompt.
    void ask();
    /// It is another one.
    void leave();

private:
    void takeEnded();
    void goOn();
    void beginNew();
    void keep();
    void refresh();
    void refreshActions();

    const WindowActions& actions_;
    PromptPanel& prompt_;
    RunDocument& document_;
    RunLibrary& library_;
    QTimer pause_;  // after a change
};

}  // namespace crystallite
