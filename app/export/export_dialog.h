#pragma once

#include "app/export/export_request.h"

#include <QDialog>

#include <functional>
#include <stop_token>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace crystallite {

/// What to make of a run: kind, step, speed, size. Shows the picture and its size or length first, then how far it is, and stops at once.
/// Works on a copy of the run, which may go on meanwhile.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// Asks for the file; empty: given up.
    using AskPath = std::function<QString(const QString& suggestion, const QString& filter)>;

    ExportDialog(Trace trace, uint32_t frame, const PictureSettings& picture, AskPath askPath, QWidget* parent = nullptr);

    /// Name of the file without an ending.
    void setSuggestion(const QString& name) { suggestion_ = name; }
    [[nodiscard]] ExportRequest request() const;
    [[nodiscard]] QString sentence() const;  ///< what is said below the choices
    [[nodiscard]] bool isExporting() const { return exporting_; }

    /// Asks for a file and writes it; the dialog stays open, and says what came of it.
    void exportNow();
    void reject() override;  ///< while a file is written: stops that, and stays

private:
    void setupChoices(const ExportRequest& start);
    void setupBelow(QFormLayout& form);
    void refresh();
    void setExporting(bool exporting);
    void write(const ExportRequest& request);

    Trace trace_;
    PictureSettings picture_;
    AskPath askPath_;
    QString suggestion_;
    bool exporting_ = false;
    std::stop_source stop_;

    QComboBox* kind_ = nullptr;
    QComboBox* table_ = nullptr;
    QSpinBox* step_ = nullptr;
    QDoubleSpinBox* speed_ = nullptr;
    QSpinBox* width_ = nullptr;
    QSpinBox* height_ = nullptr;
    QComboBox* scale_ = nullptr;
    QComboBox* theme_ = nullptr;
    QCheckBox* loops_ = nullptr;
    QLabel* preview_ = nullptr;
    QLabel* sentence_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton* export_ = nullptr;
    QPushButton* close_ = nullptr;
};

}  // namespace crystallite
