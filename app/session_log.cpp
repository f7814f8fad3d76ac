#include "app/session_log.h"

#include "app/conversions.h"
#include "app/engine_worker.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QSysInfo>

namespace crystallite {
namespace {

Q_LOGGING_CATEGORY(session, "crystallite", QtInfoMsg)

const char* endName(RunStatus status) {
    switch (status) {
        case RunStatus::Complete: return "complete";
        case RunStatus::Failed: return "failed";
        default: return "stopped";
    }
}

void logModels(const EngineWorker& worker, QObject& context) {
    QObject::connect(&worker, &EngineWorker::devicesListed, &context, [](const std::vector<DeviceInfo>& devices) {
        for (const DeviceInfo& device : devices) {
            qCInfo(session).noquote() << "device:" << toQString(device.name);
        }
    });
    QObject::connect(&worker, &EngineWorker::modelReady, &context, [](const ModelSummary& model) {
        qCInfo(session).noquote() << QStringLiteral("model ready: %1, %2, %3 parameters, %4 bytes, on %5")
                                         .arg(toQString(model.name), toQString(model.architecture))
                                         .arg(model.parameters)
                                         .arg(model.neededBytes)
                                         .arg(toQString(model.device.name));
    });
    // What files hold or lack; no text of a person is in the request.
    QObject::connect(&worker, &EngineWorker::modelFailed, &context, [](const QString& sentence, bool cancelled) {
        if (cancelled) {
            qCInfo(session) << "loading was stopped";
        } else {
            qCWarning(session).noquote() << "model failed:" << sentence;
        }
    });
}

void logRuns(const EngineWorker& worker, QObject& context) {
    QObject::connect(&worker, &EngineWorker::runStarted, &context,
                     [](const Trace& trace) { qCInfo(session) << "run started:" << trace.slots() << "slots"; });
    QObject::connect(&worker, &EngineWorker::runEnded, &context, [](RunStatus status) {
        if (status == RunStatus::Failed) {
            qCWarning(session) << "run failed";
        } else {
            qCInfo(session) << "run" << endName(status);
        }
    });
    QObject::connect(&worker, &EngineWorker::journalLost, &context,
                     [] { qCWarning(session) << "the run in progress can no longer be written to its journal"; });
}

}  // namespace

void logStart() {
    qCInfo(session).noquote() << QStringLiteral("%1 %2, Qt %3 on %4, %5, %6")
                                     .arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion(),
                                          QString::fromLatin1(qVersion()), QGuiApplication::platformName(), QSysInfo::prettyProductName(),
                                          QSysInfo::currentCpuArchitecture());
}

void logSession(const EngineWorker& worker, QObject& context) {
    logModels(worker, context);
    logRuns(worker, context);
}

}  // namespace crystallite
