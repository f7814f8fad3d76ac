#pragma once

namespace crystallite {

class CanvasWidget;
struct WindowActions;

/// Connects the commands that choose the layout of the canvas and turn its core sample. Those that turn it are off while it shows the page,
/// and those of the text size while it does not: the text of the lit plane is as large as it is near.
void connectCoreActions(const WindowActions& actions, CanvasWidget& canvas);

}  // namespace crystallite
