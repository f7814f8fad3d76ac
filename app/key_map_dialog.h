#pragma once

#include "app/window_actions.h"

#include <QDialog>

namespace crystallite {

/// The commands of the menus with their keys.
class KeyMapDialog : public QDialog {
    Q_OBJECT
public:
    KeyMapDialog(const std::vector<KeyMapEntry>& entries, QWidget* parent);
};

}  // namespace crystallite
