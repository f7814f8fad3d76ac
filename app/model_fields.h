#pragma once

#include "app/model_preview.h"
#include "app/optional_rows.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace crystallite {

/// What a person decides about a model before it is loaded. A row that leaves nothing to decide says what the files say, or is hidden.
class ModelFields : public QWidget {
    Q_OBJECT
public:
    explicit ModelFields(QWidget* parent = nullptr);

    void setDevices(const std::vector<DeviceInfo>& devices);
    /// Starts over with what is asked for, before anything is known about the files.
    void start(const ModelRequest& request);
    void setPreview(const ModelPreview& preview);
    void setTokenizer(const QString& path);

    [[nodiscard]] ModelRequest request() const;
    [[nodiscard]] const std::vector<DeviceInfo>& devices() const { return devices_; }
    /// The first row that must be answered before the model can be loaded; null: none.
    [[nodiscard]] QWidget* unanswered() const;

Q_SIGNALS:
    void filesChanged();      ///< family or tokenizer: what the files say has to be read anew
    void placementChanged();  ///< how much memory is needed where
    void tokenizerWanted();   ///< "Choose…" beside it

private:
    QComboBox* addChoice(const QString& name, const QString& help);
    void addTokenizerRow();
    void showFamily(const ModelPreview& preview);
    void showTokenizer(const ModelPreview& preview);
    void showChatFormats(const ModelPreview& preview);
    void showQuantizations(const ModelPreview& preview);
    void showLayers();

    /// That is chosen; null: not listed.
    [[nodiscard]] const DeviceInfo* device() const;

    ModelRequest request_;
    std::vector<DeviceInfo> devices_;
    uint32_t layers_ = 0;
    bool lacksTokenizer_ = false;
    bool layersShown_ = false;  // their wish is put in once

    QFormLayout* form_;
    OptionalRows rows_;
    QLabel* familyText_ = nullptr;
    QComboBox* family_ = nullptr;
    QLabel* tokenizerText_ = nullptr;
    QWidget* tokenizerRow_ = nullptr;
    QLineEdit* tokenizer_ = nullptr;
    QComboBox* chatFormat_ = nullptr;
    QComboBox* quantize_ = nullptr;
    QComboBox* device_ = nullptr;
    QSpinBox* gpuLayers_ = nullptr;
};

}  // namespace crystallite
