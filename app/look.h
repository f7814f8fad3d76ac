#pragma once

#include "app/desktop_hints.h"
#include "app/theme.h"

#include <QEvent>
#include <QObject>
#include <QPalette>

#include <optional>

namespace crystallite {

class SettingsPortal;

enum class ThemeChoice { Automatic, Light, Dark };

/// What a person chose about how the window looks; nothing: as the desktop has it.
struct LookChoices {
    ThemeChoice theme = ThemeChoice::Automatic;
    std::optional<bool> highContrast;
    std::optional<bool> reducedMotion;
    int textPercent = 100;  ///< of the usual size of the window's text; the canvas has a zoom of its own
    friend bool operator==(const LookChoices&, const LookChoices&) = default;
};

/// Sizes that the window's text can have, percent.
inline constexpr int kTextPercents[] = {80, 90, 100, 110, 125, 150, 175, 200};

/// Theme, size of the text and motion of the application: joins what a person chose with what the desktop asks for, and applies it. A
/// switch that is set to what the desktop has follows the desktop again.
class Look : public QObject {
    Q_OBJECT
public:
    explicit Look(QObject* parent = nullptr);

    [[nodiscard]] const LookChoices& choices() const { return choices_; }
    [[nodiscard]] Theme theme() const;
    [[nodiscard]] bool isHighContrast() const { return choices_.highContrast.value_or(desktop_.highContrast); }
    [[nodiscard]] bool isReducedMotion() const { return choices_.reducedMotion.value_or(desktop_.reducedMotion); }

    void setChoices(const LookChoices& choices);
    void setTheme(ThemeChoice theme);
    void setHighContrast(bool on);
    void setReducedMotion(bool on);
    /// The next size of kTextPercents, up or down; the usual one.
    void enlargeText();
    void shrinkText();
    void resetText();

    /// A window got an event of this kind: the desktop may have another palette now.
    void takeWindowEvent(QEvent::Type type);
    /// What the portal says is taken from now on. Borrowed.
    void follow(const SettingsPortal* portal);

Q_SIGNALS:
    void changed();  ///< the application is already in its new look

private:
    void watchQt();
    [[nodiscard]] DesktopHints asked() const;
    void readDesktop();
    void setTextPercent(int percent);
    void apply();

    LookChoices choices_;
    DesktopHints desktop_;
    PartialHints portal_;
    QPalette systemPalette_;
    bool applying_ = false;
};

}  // namespace crystallite
