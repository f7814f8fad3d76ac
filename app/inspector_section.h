#pragma once

#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace crystallite {

class Disclosure;

/// A part of a panel under a heading that shows and hides it, by click or Space. Which parts are open is remembered by their name.
class InspectorSection : public QWidget {
    Q_OBJECT
public:
    /// `name`: in the settings, never translated.
    InspectorSection(const QString& title, const QString& name, bool openAtFirst, QWidget* parent = nullptr);

    [[nodiscard]] bool isOpen() const;
    void setOpen(bool open);
    /// Where its content goes.
    [[nodiscard]] QVBoxLayout* body() const { return body_; }

Q_SIGNALS:
    void opened();

private:
    QVBoxLayout* body_ = nullptr;
    Disclosure* heading_ = nullptr;
};

}  // namespace crystallite
