#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace crystallite {

class RunDocument;

/// What a desktop does for a program that works for a while. Where it does nothing, nothing fails.
class DesktopServices {
public:
    DesktopServices() = default;
    DesktopServices(const DesktopServices&) = delete;
    DesktopServices& operator=(const DesktopServices&) = delete;
    virtual ~DesktopServices() = default;

    virtual void keepAwake(const QString& reason) = 0;  ///< until letSleep(), or until the program ends in whatever way
    virtual void letSleep() = 0;
    virtual void notify(const QString& title, const QString& text) = 0;
};

/// The machine does not fall asleep while a run lasts, and a run that ends while nobody looks at the program says so.
class RunManners : public QObject {
    Q_OBJECT
public:
    /// `services` is borrowed; `isLookedAt` says whether a window of the program is the active one.
    RunManners(const RunDocument& document, DesktopServices& services, std::function<bool()> isLookedAt, QObject* parent = nullptr);
    ~RunManners() override;

    /// Remembered in the settings; on until somebody turns it off.
    [[nodiscard]] static bool tellsEnds();
    static void setTellsEnds(bool on);

private:
    void keepPace(bool live);
    void tellEnd();

    const RunDocument& document_;
    DesktopServices& services_;
    std::function<bool()> isLookedAt_;
    bool isAwake_ = false;
};

}  // namespace crystallite
