// Draws frames of a synthetic run to PNG files, to be looked at: canvas_gallery FOLDER [WIDTH HEIGHT [NAME]], where
// NAME is how the names of the wanted ones begin. The density is QT_SCALE_FACTOR's.

#include "app/canvas/canvas_view.h"
#include "app/canvas/canvas_widget.h"
#include "app/canvas/core_sample/core_sample.h"
#include "app/canvas/graphics_api.h"
#include "app/run_document.h"
#include "tests/support/synthetic_trace.h"

#include <QApplication>
#include <QDir>
#include <QTest>

#include <cmath>
#include <cstdio>
#include <optional>

using namespace crystallite;

namespace {

struct Picture {
    const char* name;
    testing::SyntheticRun run;
    uint32_t frame;
    bool dark;
    CanvasRenderer renderer;
    std::optional<uint32_t> selected = std::nullopt;
    void (*prepare)(CanvasWidget& canvas) = nullptr;
    CanvasShape shape = CanvasShape::Page;
    float yawBy = 0.0F;  // of a core sample
    float pitchBy = 0.0F;
    float nearer = 1.0F;
};

void showLight(CanvasWidget& canvas) {
    const RunDocument& run = *canvas.document();
    SlotLight light{.frame = run.frame(), .source = 31, .caption = QStringLiteral("Attention of position 32, made up for this picture")};
    for (uint32_t position = 0; position < run.trace().slots(); ++position) {
        const float away = std::abs(static_cast<float>(position) - 31.0F);
        light.weights.push_back(1.0F / (1.0F + away) + (position % 13 == 3 ? 0.4F : 0.0F));
    }
    canvas.setLight(light);
}

void showShifts(CanvasWidget& canvas) {
    canvas.setShowsShifts(true);
}

void foldEnds(CanvasWidget& canvas) {
    canvas.setFoldsEnds(true);
}

void fit(CanvasWidget& canvas) {
    canvas.fitRun();
}

void zoomIn(CanvasWidget& canvas) {
    canvas.zoomToSelection();
}

bool save(const Picture& picture, const QString& folder, QSize size) {
    RunDocument document;
    document.reset(testing::syntheticTrace(picture.run), false);
    CanvasWidget canvas(nullptr, picture.renderer);
    canvas.setTheme(picture.dark ? Theme::darkTheme() : Theme::lightTheme());
    canvas.setDocument(&document);
    canvas.setShape(picture.shape);
    if (canvas.core() != nullptr) {
        canvas.core()->orbit(picture.yawBy, picture.pitchBy);
        canvas.core()->dolly(picture.nearer);
    }
    canvas.resize(size);
    canvas.show();
    if (!QTest::qWaitForWindowExposed(&canvas)) {
        return false;
    }
    document.setFrame(picture.frame);
    document.selectSlot(picture.selected);
    if (picture.prepare != nullptr) {
        picture.prepare(canvas);
    }
    QTest::qWait(200);
    const QString path = QStringLiteral("%1/%2@%3x.png").arg(folder, QLatin1String(picture.name)).arg(canvas.devicePixelRatioF());
    return canvas.grabImage().save(path);
}

}  // namespace

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    chooseGraphicsApi();
    if (argc < 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fprintf(stderr, "usage: canvas_gallery FOLDER [WIDTH HEIGHT [NAME]]\n");
        return 2;
    }
    const QSize size = argc > 3 ? QSize(std::atoi(argv[2]), std::atoi(argv[3])) : QSize(880, 560);
    const testing::SyntheticRun story{.length = 72, .steps = 36, .finishedSteps = 36, .remasks = true};
    const testing::SyntheticRun blocks{.length = 128, .steps = 64, .blockLength = 32, .finishedSteps = 64};
    const testing::SyntheticRun longer{.length = 128, .steps = 128, .finishedSteps = 128, .remasks = true};
    const testing::SyntheticRun large{.length = 1024, .steps = 1024, .finishedSteps = 1024};
    const testing::SyntheticRun ending{.length = 128, .steps = 64, .finishedSteps = 64};
    const testing::SyntheticRun novel{.length = 1024, .steps = 64, .finishedSteps = 64};
    const testing::SyntheticRun library{.length = 4096, .steps = 64, .finishedSteps = 64};
    const Picture pictures[] = {
        {"dark-start", story, 0, true, CanvasRenderer::SceneGraph},
        {"dark-first", story, 1, true, CanvasRenderer::SceneGraph},
        {"dark-early", story, 8, true, CanvasRenderer::SceneGraph},
        {"dark-middle", story, 18, true, CanvasRenderer::SceneGraph, 31},
        {"dark-late", story, 30, true, CanvasRenderer::SceneGraph},
        {"dark-end", story, 36, true, CanvasRenderer::SceneGraph},
        {"light-middle", story, 18, false, CanvasRenderer::SceneGraph, 31},
        {"light-late", story, 30, false, CanvasRenderer::SceneGraph},
        {"dark-blocks", blocks, 24, true, CanvasRenderer::SceneGraph},
        {"dark-light", story, 18, true, CanvasRenderer::SceneGraph, 31, showLight},
        {"light-light", story, 18, false, CanvasRenderer::SceneGraph, 31, showLight},
        {"dark-shifts", story, 12, true, CanvasRenderer::SceneGraph, std::nullopt, showShifts},
        {"dark-folded", ending, 30, true, CanvasRenderer::SceneGraph, std::nullopt, foldEnds},
        {"dark-unfolded", ending, 30, true, CanvasRenderer::SceneGraph},
        {"dark-fit-1024", novel, 30, true, CanvasRenderer::SceneGraph, std::nullopt, fit},
        {"dark-fit-4096", library, 30, true, CanvasRenderer::SceneGraph, std::nullopt, fit},
        {"light-fit-4096", library, 30, false, CanvasRenderer::SceneGraph, std::nullopt, fit},
        {"dark-zoomed", novel, 30, true, CanvasRenderer::SceneGraph, 500, zoomIn},
        {"dark-middle-painter", story, 18, true, CanvasRenderer::Painter, 31},
        {"light-middle-painter", story, 18, false, CanvasRenderer::Painter, 31},
        {"core-dark-middle", longer, 60, true, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample},
        {"core-dark-end", longer, 128, true, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample},
        {"core-dark-selected", longer, 96, true, CanvasRenderer::SceneGraph, 60, nullptr, CanvasShape::CoreSample},
        {"core-dark-early", longer, 12, true, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample},
        {"core-dark-side", longer, 100, true, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample, 0.6F, 0.0F},
        {"core-dark-above", longer, 100, true, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample, -0.1F, 0.6F},
        {"core-dark-behind", longer, 128, true, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample, 1.8F, 0.0F},
        {"core-dark-near", longer, 100, true, CanvasRenderer::SceneGraph, 40, nullptr, CanvasShape::CoreSample, -0.4F, -0.1F, 3.0F},
        {"core-light-middle", longer, 60, false, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample},
        {"core-light-end", longer, 128, false, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample},
        {"core-dark-large", large, 700, true, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample},
        {"core-dark-short", story, 18, true, CanvasRenderer::SceneGraph, std::nullopt, nullptr, CanvasShape::CoreSample},
        {"core-dark-middle-painter", longer, 60, true, CanvasRenderer::Painter, std::nullopt, nullptr, CanvasShape::CoreSample},
        {"core-light-end-painter", longer, 128, false, CanvasRenderer::Painter, std::nullopt, nullptr, CanvasShape::CoreSample},
    };
    bool saved = true;
    for (const Picture& picture : pictures) {
        if (QLatin1String(picture.name).startsWith(QLatin1String(argc > 4 ? argv[4] : ""))) {
            saved = save(picture, QString::fromLocal8Bit(argv[1]), size) && saved;
        }
    }
    return saved ? 0 : 1;
}
