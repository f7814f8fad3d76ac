#pragma once

#include <QObject>

namespace crystallite {

class RunDocument;
struct WindowActions;

/// The commands that mark a range and breakpoints: connects them to the marks of the document, and shows in the menu what is marked.
class MarkActions : public QObject {
    Q_OBJECT
public:
    MarkActions(const WindowActions& actions, RunDocument& document, QObject* parent = nullptr);

private:
    void connectRange();
    void connectBreakpoints();
    void refresh();

    const WindowActions& actions_;
    RunDocument& document_;
};

}  // namespace crystallite
