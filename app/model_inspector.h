#pragma once

#include "app/model_preview.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <stop_token>

namespace crystallite {

/// Reads what a model's files say on a thread of its own, so that neither the window nor a run waits for a slow disk. The newest request
/// wins.
class ModelInspector : public QObject {
    Q_OBJECT
public:
    using Inspect = std::function<ModelPreview(const ModelRequest& request, std::stop_token stop)>;

    explicit ModelInspector(Inspect inspect, QObject* parent = nullptr);
    ~ModelInspector() override;

    void inspect(const ModelRequest& request);
    void cancel();

Q_SIGNALS:
    void inspected(const crystallite::ModelPreview& preview);

private:
    Inspect inspect_;
    QThreadPool pool_;
    std::stop_source newest_;
};

}  // namespace crystallite
