#include "app/model_inspector.h"

#include <utility>

namespace crystallite {

ModelInspector::ModelInspector(Inspect inspect, QObject* parent) : QObject(parent), inspect_(std::move(inspect)) {
    pool_.setMaxThreadCount(1);
}

ModelInspector::~ModelInspector() {
    cancel();
    pool_.waitForDone();
}

void ModelInspector::inspect(const ModelRequest& request) {
    cancel();
    newest_ = std::stop_source();
    pool_.start([this, request, stop = newest_.get_token()] {
        if (stop.stop_requested()) {
            return;
        }
        const ModelPreview preview = inspect_(request, stop);
        QMetaObject::invokeMethod(
            this,
            [this, preview, stop] {
                if (!stop.stop_requested()) {
                    Q_EMIT inspected(preview);
                }
            },
            Qt::QueuedConnection);
    });
}

void ModelInspector::cancel() {
    newest_.request_stop();
}

}  // namespace crystallite
