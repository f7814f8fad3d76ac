#pragma once

#include "app/branching.h"
#include "app/engine_worker.h"

#include <QObject>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crystallite {

class BranchBar;
class CandidatePopup;
class CanvasWidget;
class MessageBar;
class NoiseDialog;
class Playback;
class RunDocument;
class SlotField;
class SlotNote;
struct Theme;
struct WindowActions;

/// What a person does to the slots of a run, by key, menu and mouse, and what it costs to go on from there. Asks the worker for nothing
/// itself; until somebody continues, nothing is computed.
class HandControls : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const WindowActions& actions;
        RunDocument& document;
        Playback& playback;
        TraceFiles& files;
        CanvasWidget& canvas;
        BranchBar& bar;
        MessageBar& messages;
    };
    explicit HandControls(const Parts& parts, QObject* parent = nullptr);

    [[nodiscard]] Branching& branching() { return branching_; }
    [[nodiscard]] CandidatePopup& popup() { return *popup_; }
    [[nodiscard]] SlotField& field() { return *field_; }
    [[nodiscard]] NoiseDialog& noise() { return *noise_; }
    /// The sentence beside the slot; empty when there is none.
    [[nodiscard]] QString note() const;
    /// Until the shown run is over; none where the model that made it is not loaded.
    [[nodiscard]] PassesToCome passesToCome() const;
    void setTheme(const Theme& theme);
    /// nullptr: none is loaded.
    void setModel(const ModelSummary* model);
    /// The worker goes on with what was asked for; false when something else is shown by now.
    [[nodiscard]] bool takeContinued(const QString& journal);
    /// Where the model of a run can be loaded from; empty: unknown.
    void setModelFinder(std::function<std::optional<ModelRequest>(const TraceHeader&)> find) { findModel_ = std::move(find); }

Q_SIGNALS:
    void continueWanted(const crystallite::ContinueRequest& request);
    void modelWanted(const crystallite::ModelRequest& request);
    void recoverWanted(const std::vector<crystallite::TokenId>& tokens, uint64_t seed);
    /// The slot has nothing to choose from.
    void inspectionWanted();
    /// Something was refused or taken back, for ears.
    void said(const QString& sentence);
    /// Another form of the run is shown, or it is named otherwise.
    void shownChanged();

private:
    void connectSlotActions();
    void connectRunActions();
    void connectUndo();
    using Maker = Result<HandChange> (*)(const Trace&, uint32_t, SlotSpan);
    void changeSelection(Maker make);
    void change(const Result<HandChange>& made, std::optional<SlotSpan> selection);
    void insert(bool behind);
    void remove();
    void chooseCandidate();
    void typeWords();
    void refuse(const QString& sentence);
    void goOn(uint32_t steps);
    [[nodiscard]] bool isSameModelLoaded() const;
    [[nodiscard]] QString reasonAgainstModel() const;
    /// What going on would mean for the whole run, wherever the cursor stands.
    struct Outlook {
        QString against;      ///< why not; empty: nothing speaks against it
        PassesToCome passes;  ///< only where nothing speaks against it
    };
    [[nodiscard]] Outlook outlook() const;
    void refresh();
    void refreshStep();
    void refreshActions(const Outlook& outlook);
    void refreshBar(const Outlook& outlook);
    void refreshRepeat();
    void followFrame();
    void followSelection();
    [[nodiscard]] QString whereText(const Outlook& outlook) const;
    [[nodiscard]] QRect selectedRect() const;

    const WindowActions& actions_;
    RunDocument& document_;
    CanvasWidget& canvas_;
    BranchBar& bar_;
    MessageBar& messages_;
    TraceFiles& files_;
    Branching branching_;
    std::optional<ModelSummary> model_;
    std::function<std::optional<ModelRequest>(const TraceHeader&)> findModel_;
    std::optional<std::pair<std::string, uint32_t>> asked_;  ///< id and steps of the run that is to go on
    CandidatePopup* popup_ = nullptr;
    SlotField* field_ = nullptr;
    SlotNote* note_ = nullptr;
    NoiseDialog* noise_ = nullptr;
};

}  // namespace crystallite
