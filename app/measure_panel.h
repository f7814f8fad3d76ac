#pragma once

#include "app/canvas/slot_light.h"
#include "app/theme.h"
#include "engine/diffusion/probe_values.h"

#include <QWidget>

#include <array>
#include <optional>
#include <string>

class QLabel;
class QPushButton;

namespace crystallite {

class MeasuredView;
class RunDocument;
struct ModelSummary;

/// Extra measurements of the selected slot on the shown canvas. Says beforehand what each costs, or why it cannot be made, and shows the
/// last one. Nothing of it joins the trace.
class MeasurePanel : public QWidget {
    Q_OBJECT
public:
    explicit MeasurePanel(RunDocument& document, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// The model that would measure; nullptr: none.
    void setModel(const ModelSummary* model);
    [[nodiscard]] bool isMeasuring() const { return pending_.has_value(); }
    [[nodiscard]] bool hasResult() const;
    /// Why it cannot be measured now; empty: it can.
    [[nodiscard]] QString reasonAgainst(ProbeKind kind) const;
    [[nodiscard]] const MeasuredView& measured() const { return *measured_; }

public Q_SLOTS:
    /// Asks for it, if nothing speaks against it.
    void measure(crystallite::ProbeKind kind);
    void showResult(const crystallite::ProbeResult& result);
    void showFailure(const QString& sentence, bool cancelled);
    /// Takes the result and its light away.
    void clear();
    void copyAsTsv();

Q_SIGNALS:
    void probeWanted(const crystallite::ProbeRequest& request);
    void stopWanted();
    void lightChanged(const std::optional<crystallite::SlotLight>& light);
    /// What can be measured, or whether something is being measured or shown.
    void availabilityChanged();

private:
    static constexpr std::array kKinds{ProbeKind::Attention, ProbeKind::LeaveOneOut, ProbeKind::Candidates};
    struct Choice {
        QPushButton* button = nullptr;
        QLabel* cost = nullptr;
    };
    /// What is being measured.
    struct Pending {
        ProbeKind kind = ProbeKind::Candidates;
        uint32_t frame = 0;
        uint32_t position = 0;
    };
    /// As a trace names it.
    struct LoadedModel {
        std::string name;
        std::string architecture;
        uint64_t parameters = 0;
        uint32_t vocabulary = 0;
        std::string device;
    };

    Choice addChoice(ProbeKind kind);
    /// 0: unknown, as where the run was made on another device.
    [[nodiscard]] double expectedPassMilliseconds() const;
    void refresh();
    void forgetRun();
    void settle();
    void emitLight();

    RunDocument& document_;
    std::optional<LoadedModel> model_;
    std::optional<Pending> pending_;
    double measuredMilliseconds_ = 0.0;  ///< of a pass of this run, once there was one
    QLabel* title_ = nullptr;
    QLabel* state_ = nullptr;
    QPushButton* cancel_ = nullptr;
    std::array<Choice, kKinds.size()> choices_;
    MeasuredView* measured_ = nullptr;
};

}  // namespace crystallite
