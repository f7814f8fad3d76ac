#pragma once

#include "app/live_pace.h"
#include "app/look.h"
#include "app/measured_speeds.h"
#include "app/model_inspector.h"
#include "app/playback.h"
#include "app/preset_store.h"
#include "app/recent_paths.h"
#include "app/run_document.h"
#include "app/trace_files.h"
#include "app/window_actions.h"

#include <QMainWindow>

#include <functional>
#include <memory>
#include <optional>

class QDockWidget;

namespace crystallite {

class Announcer;
class BatchDialog;
class BranchBar;
class CanvasWidget;
class ChatKeeper;
class EngineWorker;
struct RunRequest;
class HandControls;
class HeaderBar;
class Inspector;
class InspectorDocks;
class LibraryPanel;
class MeasurePanel;
class MessageBar;
class ModelLibraryDialog;
class OpenModelDialog;
class PresetDialog;
class PromptPanel;
class ReadingView;
class RunLibrary;
class RunInfoDialog;
class SearchPanel;
class TimelinePanel;

/// The window: builds the views and connects them to the document, the worker and the files. It decides nothing itself.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `worker` and `library` are borrowed and live on their own threads; `inspect` says what a model's files hold before it is loaded.
    MainWindow(EngineWorker& worker, RunLibrary& library, FileQuestions questions, ModelInspector::Inspect inspect = previewModel,
               QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] RunDocument& document() { return document_; }
    [[nodiscard]] Playback& playback() { return playback_; }
    [[nodiscard]] const LivePace& livePace() const { return livePace_; }
    [[nodiscard]] TraceFiles& files() { return files_; }
    [[nodiscard]] PromptPanel& promptPanel() { return *prompt_; }
    [[nodiscard]] CanvasWidget& canvas() { return *canvas_; }
    [[nodiscard]] TimelinePanel& timeline() { return *timeline_; }
    [[nodiscard]] Inspector& inspector();
    [[nodiscard]] InspectorDocks& inspectors() { return *inspectors_; }
    [[nodiscard]] SearchPanel& searchPanel() { return *search_; }
    [[nodiscard]] RunInfoDialog& runInformation() { return *runInfo_; }
    [[nodiscard]] RunLibrary& library() { return library_; }
    [[nodiscard]] LibraryPanel& history() { return *history_; }
    [[nodiscard]] MeasurePanel& measure() { return *measure_; }
    [[nodiscard]] ReadingView& reading() { return *reading_; }
    [[nodiscard]] MessageBar& messages() { return *messages_; }
    [[nodiscard]] OpenModelDialog& openModelDialog() { return *openModel_; }
    [[nodiscard]] ModelLibraryDialog& modelLibrary() { return *modelLibrary_; }
    [[nodiscard]] PresetStore& presets() { return presets_; }
    [[nodiscard]] PresetDialog& presetDialog() { return *presetDialog_; }
    [[nodiscard]] HandControls& hands() { return *hands_; }
    [[nodiscard]] BranchBar& branchBar() { return *branchBar_; }
    [[nodiscard]] Look& look() { return look_; }
    [[nodiscard]] Announcer& announcer() { return *announcer_; }
    [[nodiscard]] const WindowActions& actions() const { return actions_; }
    [[nodiscard]] bool hasModel() const { return modelReady_; }

    /// Loads in the background; the window works meanwhile. When it fails, the model that was there is there again.
    void loadModel(const ModelRequest& request);
    /// Shows what the files at `path` are, and loads them when the person says so.
    void openModel(const QString& path);
    /// Shows a run of the history when it has been read.
    void openKept(const QString& id, std::optional<uint32_t> frame = {});

Q_SIGNALS:
    void modelSettled(bool loaded);  ///< loading has ended

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void setupViews();
    void setupInspection();
    void sizeDocks();
    QWidget* makeRunPanel();
    void setupCentre();
    QDockWidget* addDock(const QString& title, const char* name, QWidget* content, Qt::DockWidgetArea area);
    void connectWorker();
    void connectLivePace();
    void connectModels();
    void setupModelLibrary(const ModelInspector::Inspect& inspect, const FileQuestions& questions);
    void connectModelLibrary();
    void keepSpeed();
    void connectPresets(const FileQuestions& questions);
    void startWithDefaults(const QString& model);
    void connectFiles();
    void connectRunActions();
    void connectStepActions();
    void connectViewActions();
    void connectCanvasActions();
    void connectHelpActions();
    void connectInspection();
    void connectSearch();
    void refreshInspectionActions();
    void connectMeasure();
    void setupHistory(const FileQuestions& questions);
    void connectHistory();
    void connectHistoryActions();
    void connectLibrary();
    void keepEndedRun();
    void showLoaded(const QString& id, Trace run, std::optional<uint32_t> frame);
    void showFrame(std::optional<uint32_t> frame);
    void tellRecovered(const QStringList& ids);
    void connectHands();
    void connectLook();
    void restoreLayout();
    void saveLayout();
    void setStudy(bool study);
    void arrangeDocks();
    void resetLayout();
    void startRun();
    void startRun(const RunRequest& request);
    void newRun();
    void connectBatch();
    void timeStep();
    void askForExport();
    void refreshTitle();
    [[nodiscard]] QString branchTitle() const;
    void recover(const std::vector<TokenId>& tokens, uint64_t seed);
    void refreshRecent();
    void refreshRecentModels();
    void refreshActions();
    void refreshMeasureActions();
    void refreshStop();
    void refreshLook();
    static void rememberModel(const ModelSummary& model);
    void acceptModel(const ModelSummary& model);
    void tellModelFailed(const QString& sentence, bool cancelled);
    void endRun(RunStatus status);

    EngineWorker& worker_;
    RunLibrary& library_;
    RunDocument document_;
    Playback playback_;
    LivePace livePace_;
    TraceFiles files_;
    MeasuredSpeeds speeds_{MeasuredSpeeds::usualPath()};
    SpeedKey loaded_;  ///< of the model that is loaded, on its device
    PresetStore presets_{PresetStore::usualPath()};
    RecentPaths recentModels_{QStringLiteral("files/recentModels")};
    WindowActions actions_;
    Look look_;

    HeaderBar* header_ = nullptr;
    MessageBar* messages_ = nullptr;
    PromptPanel* prompt_ = nullptr;
    LibraryPanel* history_ = nullptr;
    CanvasWidget* canvas_ = nullptr;
    ReadingView* reading_ = nullptr;
    InspectorDocks* inspectors_ = nullptr;
    SearchPanel* search_ = nullptr;
    RunInfoDialog* runInfo_ = nullptr;
    MeasurePanel* measure_ = nullptr;
    BranchBar* branchBar_ = nullptr;
    HandControls* hands_ = nullptr;
    TimelinePanel* timeline_ = nullptr;
    OpenModelDialog* openModel_ = nullptr;
    ModelLibraryDialog* modelLibrary_ = nullptr;
    PresetDialog* presetDialog_ = nullptr;
    BatchDialog* batch_ = nullptr;
    Announcer* announcer_ = nullptr;
    QDockWidget* promptDock_ = nullptr;
    QDockWidget* historyDock_ = nullptr;
    QDockWidget* searchDock_ = nullptr;
    QDockWidget* changesDock_ = nullptr;
    QDockWidget* measureDock_ = nullptr;
    QDockWidget* timelineDock_ = nullptr;

    QString wantedRun_;  // is being read from the history
    QByteArray defaultLayout_;
    bool isSized_ = false;   // docks have the sizes of the last time, or their first ones
    QByteArray studyState_;  // of the docks, when the mode was left
    QByteArray watchState_;
    bool isStudy_ = true;
    bool modelReady_ = false;
    bool isLoading_ = false;
    std::unique_ptr<ChatKeeper> chat_;
};

}  // namespace crystallite
