#include "app/dialogs.h"

#include "app/about_dialog.h"
#include "app/conversions.h"
#include "app/key_map_dialog.h"
#include "app/log_dialog.h"
#include "app/log_file.h"
#include "app/window_actions.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMainWindow>
#include <QMessageBox>
#include <QPushButton>

namespace crystallite {
namespace {

QString traceFilter() {
    return translate("Crystallite traces (*.crystal);;All files (*)");
}

QString presetFilter() {
    return translate("Presets (*.json);;All files (*)");
}

FileQuestions::Unsaved askAboutUnsavedRun() {
    QMessageBox box(QMessageBox::Question, translate("Unsaved run"), translate("This run is not saved."),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QApplication::activeWindow());
    box.setInformativeText(translate("Save it as a trace to step through it again later?"));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
        case QMessageBox::Save: return FileQuestions::Unsaved::Save;
        case QMessageBox::Discard: return FileQuestions::Unsaved::Discard;
        default: return FileQuestions::Unsaved::Cancel;
    }
}

bool askToDelete(const QString& sentence) {
    QMessageBox box(QMessageBox::Warning, translate("Delete for good"), sentence, QMessageBox::Cancel, QApplication::activeWindow());
    const QAbstractButton* remove = box.addButton(translate("Delete"), QMessageBox::DestructiveRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == remove;
}

}  // namespace

FileQuestions dialogQuestions() {
    return {
        .fileToOpen = [] { return QFileDialog::getOpenFileName(QApplication::activeWindow(), translate("Open trace"), {}, traceFilter()); },
        .fileToSave =
            [](const QString& suggestion) {
                return QFileDialog::getSaveFileName(QApplication::activeWindow(), translate("Save trace"), suggestion, traceFilter());
            },
        .fileToExport =
            [](const QString& suggestion, const QString& filter) {
                return QFileDialog::getSaveFileName(QApplication::activeWindow(), translate("Export"), suggestion, filter);
            },
        .unsavedRun = askAboutUnsavedRun,
        .modelFile =
            [] {
                return QFileDialog::getOpenFileName(QApplication::activeWindow(), translate("Choose a model file"), {},
                                                    translate("Models (*.gguf *.safetensors config.json);;All files (*)"));
            },
        .modelFolder = [] { return QFileDialog::getExistingDirectory(QApplication::activeWindow(), translate("Choose a model folder")); },
        .deleteForGood = askToDelete,
        .presetsToRead =
            [] { return QFileDialog::getOpenFileName(QApplication::activeWindow(), translate("Import presets"), {}, presetFilter()); },
        .presetsToWrite =
            [] {
                return QFileDialog::getSaveFileName(QApplication::activeWindow(), translate("Export presets"),
                                                    QStringLiteral("presets.json"), presetFilter());
            }};
}

void showKeyMap(QMainWindow& window) {
    auto* dialog = new KeyMapDialog(keyMapOf(window), &window);
    dialog->open();
}

void showLog(QMainWindow& window) {
    auto* dialog = new LogDialog(LogFile::installed(), &window);
    dialog->show();
}

void showAboutBox(QMainWindow& window) {
    auto* dialog = new AboutDialog(&window);
    dialog->open();
}

void copyToClipboard(const QString& text) {
    QApplication::clipboard()->setText(text);
}

}  // namespace crystallite
