// Draws the ways to open a model to PNG files, to be looked at: open_model_gallery FOLDER [WIDTH HEIGHT]. The density is QT_SCALE_FACTOR's.
// What is shown of the models is made up in the shape of published ones; no file is read.

#include "app/canvas/graphics_api.h"
#include "app/disclosure.h"
#include "app/engine_worker.h"
#include "app/main_window.h"
#include "app/open_model_dialog.h"
#include "app/prompt_panel.h"
#include "app/run_library.h"
#include "app/sent_preview.h"
#include "app/shell_style.h"
#include "tests/gui/fake_engine.h"
#include "tests/gui/worker_fixture.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

namespace crystallite::testing {
namespace {

constexpr uint64_t kMegabyte = 1'000'000;

/// On a GPU that is too small the first layers stay on the processor.
MemoryPlan madeUpPlan(uint64_t weights, const DeviceInfo& device) {
    const uint64_t offered = usableBytes(device);
    const auto share = [offered](bool isGpu, uint32_t first, uint32_t end, uint64_t bytes) {
        return MemoryShare{.device = isGpu ? "Test graphics" : "Test processor",
                           .isGpu = isGpu,
                           .firstLayer = first,
                           .endLayer = end,
                           .weights = bytes,
                           .working = 312 * kMegabyte,
                           .margin = (bytes + 312 * kMegabyte) / 20,
                           .offered = isGpu ? offered : 23'500 * kMegabyte};
    };
    if (!device.isVulkan()) {
        return {.shares = {share(false, 0, 32, weights)}, .slots = 512};
    }
    return {.shares = {share(false, 0, 12, weights * 12 / 32), share(true, 12, 32, weights * 20 / 32)}, .slots = 512};
}

ModelPreview instructPreview(const ModelRequest& request, uint64_t stored) {
    ModelConfig config{.architecture = "llada",
                       .family = "llada",
                       .name = "LLaDA-8B-Instruct",
                       .layers = 32,
                       .width = 4096,
                       .heads = 32,
                       .kvHeads = 32,
                       .headDim = 128,
                       .feedForward = 12288,
                       .vocabulary = 126464,
                       .outputVocabulary = 126464,
                       .contextLength = 4096,
                       .ropeTheta = 500000.0,
                       .rotaryDims = 128,
                       .maskId = 126336,
                       .endIds = {126081, 126348},
                       .forbiddenIds = {126336},
                       .parameters = 8'015'000'000};
    return {.request = request,
            .file = "LLaDA-8B-Instruct-Q4_K_M.gguf",
            .fileBytes = 4889 * kMegabyte,
            .config = config,
            .formats = {{"F32", 65, 1 * kMegabyte}, {"Q4_K", 193, 4021 * kMegabyte}, {"Q6_K", 33, 867 * kMegabyte}},
            .mainFormat = "Q4_K",
            .tokenizer = TokenizerFacts{.model = "gpt2", .preTokenizer = "llama-bpe", .tokens = 126349, .merges = 125836},
            .hasChatTemplate = true,
            .chatFormat = "llada",
            .policies = {"llada", "dream", "threshold", "factor", "entropy-bounded", "klass", "remdm", "wino"},
            .weights = {{.quantize = "", .bytes = stored}, {.quantize = "q4_0", .bytes = 4510 * kMegabyte}},
            .planMemory = [stored](const ModelRequest& wanted, const std::vector<DeviceInfo>& devices) {
                return madeUpPlan(wanted.quantize.empty() ? stored : 4510 * kMegabyte, devices[wanted.device == "1" ? 1 : 0]);
            }};
}

ModelPreview ambiguousPreview(const ModelRequest& request) {
    return {
        .request = request,
        .file = "my-qwen-coder",
        .fileBytes = 988 * kMegabyte,
        .problem = "'my-qwen-coder' has the model type 'qwen2', which several families have; choose what it is: open-dcoder or qwen2-mdlm",
        .familyChoices = {"open-dcoder", "qwen2-mdlm"},
        .formats = {{"BF16", 290, 988 * kMegabyte}},
        .mainFormat = "BF16"};
}

ModelPreview madeUpPreview(const ModelRequest& request, std::stop_token) {
    const bool isLarge = request.model.find("F32") != std::string::npos;
    return request.model.ends_with("coder") ? ambiguousPreview(request) : instructPreview(request, (isLarge ? 32'060 : 4889) * kMegabyte);
}

/// The window and its dialog, drawn one after the other.
class Gallery {
public:
    Gallery(QString folder, QSize size, bool dark)
        : folder_(std::move(folder)), dark_(dark), worker_(script(), QString()), window_(*worker_, library_, {}, madeUpPreview) {
        window_.look().setTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        window_.resize(size);
        window_.show();
        window_.loadModel({.model = "LLaDA-8B-Instruct", .chatFormat = "llada"});
    }

    bool draw() {
        OpenModelDialog& dialog = window_.openModelDialog();
        const bool shown = QTest::qWaitForWindowExposed(&window_) && QTest::qWaitFor([this] { return window_.hasModel(); });
        dialog.chooseFrom({QStringLiteral("/home/ada/models/LLaDA-8B-Instruct-Q4_K_M.gguf"),
                           QStringLiteral("/home/ada/models/Dream-v0-Instruct-7B"), QStringLiteral("/home/ada/models/my-qwen-coder")},
                          "auto");
        bool saved = shown && save(dialog, "start");
        window_.openModel(QStringLiteral("/home/ada/models/LLaDA-8B-Instruct-Q4_K_M.gguf"));
        saved = saved && save(dialog, "fits");
        dialog.findChild<Disclosure*>()->click();
        saved = saved && save(dialog, "details");
        dialog.findChild<Disclosure*>()->click();
        dialog.showModel({.model = "/home/ada/models/LLaDA-8B-Instruct-Q4_K_M.gguf", .device = "1"});
        saved = saved && save(dialog, "split");
        dialog.showModel({.model = "/home/ada/models/LLaDA-8B-Instruct-F32.gguf"});
        saved = saved && save(dialog, "too-large");
        window_.openModel(QStringLiteral("/home/ada/models/my-qwen-coder"));
        saved = saved && save(dialog, "question");
        dialog.showModel({.model = "/home/ada/models/slow.gguf"});
        QTest::qWait(kSettleMs);
        for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
            if (button->isDefault()) {
                button->click();
            }
        }
        saved = saved && save(dialog, "loading");
        dialog.hide();
        (*worker_).stopLoading();
        QTest::qWait(kSettleMs);
        window_.promptPanel().setPrompt(QStringLiteral("How tall is\nMont Blanc?"));
        window_.findChild<SentPreview*>()->disclosure().setChecked(true);
        return saved && save(window_, "chat");
    }

private:
    static constexpr int kSettleMs = 1200;  // a software rasteriser draws a window at twice the density in half a second

    static FakeScript script() {
        return {.failingModel = "/home/ada/models/slow.gguf", .graphicsBytes = 4'000'000'000, .loadingWaits = true};
    }

    bool save(QWidget& widget, const char* name) {
        QTest::qWait(kSettleMs);
        return widget.grab().save(QStringLiteral("%1/%2-%3@%4x.png")
                                      .arg(folder_, dark_ ? QStringLiteral("dark") : QStringLiteral("light"), QLatin1String(name))
                                      .arg(widget.devicePixelRatioF()));
    }

    QString folder_;
    bool dark_;
    QTemporaryDir data_;
    RunLibrary library_{data_.filePath(QStringLiteral("history.crystal"))};
    RunningWorker worker_;
    MainWindow window_;
};

}  // namespace
}  // namespace crystallite::testing

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    crystallite::setupApplicationStyle(application);
    crystallite::chooseGraphicsApi();
    if (argc < 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fprintf(stderr, "usage: open_model_gallery FOLDER [WIDTH HEIGHT]\n");
        return 2;
    }
    const QSize size = argc > 3 ? QSize(std::atoi(argv[2]), std::atoi(argv[3])) : QSize(1440, 900);
    const QString folder = QString::fromLocal8Bit(argv[1]);
    const auto draw = [&](bool dark) { return crystallite::testing::Gallery(folder, size, dark).draw(); };
    return draw(true) && draw(false) ? 0 : 1;
}
