#pragma once

#include <QObject>
#include <QTest>
#include <QVariant>
#include <QVariantList>

#include <deque>
#include <type_traits>

namespace crystallite::testing {

/// What a signal said, heard in the thread of the test whichever thread it comes from. QSignalSpy listens in the sender's thread, so that a
/// signal may arrive before somebody waits for it, and beside somebody who reads.
class Heard : public QObject {
public:
    template <class Sender, class... Arguments>
    Heard(const Sender* sender, void (Sender::*signal)(Arguments...)) {
        QObject::connect(sender, signal, this, [this](Arguments... arguments) {
            calls_.push_back({QVariant::fromValue(std::decay_t<Arguments>(arguments))...});
        });
    }

    /// True when the signal came since the last time this was true, now or within the time.
    [[nodiscard]] bool wait(int milliseconds) {
        const bool came = QTest::qWaitFor([this] { return calls_.size() > known_; }, milliseconds);
        known_ = calls_.size();
        return came;
    }
    [[nodiscard]] size_t size() const { return calls_.size(); }
    [[nodiscard]] const QVariantList& front() const { return calls_.front(); }
    [[nodiscard]] const QVariantList& back() const { return calls_.back(); }

private:
    std::deque<QVariantList> calls_;
    size_t known_ = 0;
};

}  // namespace crystallite::testing
