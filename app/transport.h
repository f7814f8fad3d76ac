#pragma once

namespace crystallite {

class Playback;
class RunDocument;
struct WindowActions;

/// Connects the commands of the Step menu to the cursor. All of them outlive the connection's window.
void connectTransport(const WindowActions& actions, Playback& playback, RunDocument& document);
void setStepActionsEnabled(const WindowActions& actions, bool enabled);

}  // namespace crystallite
