#pragma once

#include "app/preset_store.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace crystallite {

/// The presets: using, keeping, renaming, deleting and bringing one back, and carrying them to other machines.
class PresetDialog : public QDialog {
    Q_OBJECT
public:
    /// What it needs of the window.
    struct Host {
        std::function<Preset()> current;  ///< what is chosen now
        std::function<Result<void>(const Preset& preset)> use;
        std::function<QString()> model;       ///< that is loaded; empty: none
        std::function<QString()> fileToRead;  ///< empty: given up
        std::function<QString()> fileToWrite;
    };

    PresetDialog(PresetStore& store, Host host, QWidget* parent = nullptr);

    void open() override;
    /// What became of the last command.
    [[nodiscard]] QString sentence() const;

private:
    QWidget* makeList();
    QWidget* makeCommands();
    QWidget* makeBottom();
    QPushButton* addButton(const QString& text, const QString& help, void (PresetDialog::*command)());
    void refresh();
    void refreshSelected();
    void use();
    void keep();
    void rename();
    void remove();
    void undo();
    void importPresets();
    void exportPresets();
    void setDefault(bool on);
    void tell(const Result<void>& result, const QString& done);
    [[nodiscard]] const Preset* selected() const;

    PresetStore& store_;
    Host host_;
    QListWidget* list_ = nullptr;
    QLabel* summary_ = nullptr;
    QCheckBox* default_ = nullptr;
    QLineEdit* name_ = nullptr;
    QPushButton* use_ = nullptr;
    QPushButton* keep_ = nullptr;
    QPushButton* rename_ = nullptr;
    QPushButton* remove_ = nullptr;
    QPushButton* undo_ = nullptr;
    QPushButton* export_ = nullptr;
    QLabel* sentence_ = nullptr;
};

/// "llada, low-confidence, 128 slots, temperature 0.8; system text of 40 characters"; what a preset leaves open is left out.
[[nodiscard]] QString presetText(const Preset& preset);

}  // namespace crystallite
