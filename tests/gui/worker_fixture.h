#pragma once

#include "app/engine_worker.h"
#include "tests/gui/fake_engine.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

namespace crystallite::testing {

/// A worker on its own thread around a fake engine, ended in order.
class RunningWorker {
public:
    RunningWorker(EngineWorker::MakeDoor makeDoor, const QString& journalFolder)
        : worker_(new EngineWorker(std::move(makeDoor), journalFolder)) {
        worker_->moveToThread(&thread_);
        QObject::connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
        thread_.start();
    }
    RunningWorker(const FakeScript& script, const QString& journalFolder)
        : RunningWorker([script] { return std::make_unique<FakeEngine>(script); }, journalFolder) {}
    RunningWorker(const RunningWorker&) = delete;
    RunningWorker& operator=(const RunningWorker&) = delete;
    ~RunningWorker() {
        worker_->stop();
        thread_.quit();
        thread_.wait();
    }

    EngineWorker& operator*() { return *worker_; }
    EngineWorker* operator->() { return worker_; }

private:
    QThread thread_;
    EngineWorker* worker_;
};

}  // namespace crystallite::testing
