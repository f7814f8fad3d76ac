#pragma once

#include "app/preset.h"

#include <QObject>

#include <vector>

namespace crystallite {

/// The presets of this person, behind those that ship with the program, and which of them a model starts with. Every change is on disk
/// before it is told.
class PresetStore : public QObject {
    Q_OBJECT
public:
    /// Of this person: in AppDataLocation.
    [[nodiscard]] static QString usualPath();

    explicit PresetStore(QString path, QObject* parent = nullptr);

    /// Built-in ones first, then own ones by name.
    [[nodiscard]] const std::vector<Preset>& presets() const { return presets_; }
    /// nullptr: there is none of this name.
    [[nodiscard]] const Preset* find(const QString& name) const;

    /// Under a name of its own; an own preset of the same name is replaced, a built-in one is not.
    Result<void> keep(Preset preset);
    Result<void> rename(const QString& from, const QString& to);
    /// What undo() brings back. A built-in preset stays.
    Result<void> remove(const QString& name);
    [[nodiscard]] bool canUndo() const { return !removed_.name.isEmpty(); }
    /// The preset that was removed last is there again.
    Result<void> undo();
    /// Those in the file that have a name in use get another one. How many there were.
    Result<size_t> importFrom(const QString& path);
    Result<void> exportTo(const QString& path, const std::vector<Preset>& presets) const;

    /// That this model starts with; empty: none.
    [[nodiscard]] QString defaultFor(const QString& model) const;
    /// Empty `name`: none.
    void setDefaultFor(const QString& model, const QString& name);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QString freeName(const QString& wanted) const;
    [[nodiscard]] Result<void> checkName(const QString& name) const;
    [[nodiscard]] std::vector<Preset> own() const;
    Result<void> replaceOwn(std::vector<Preset> own);

    QString path_;
    std::vector<Preset> presets_;
    Preset removed_;
};

}  // namespace crystallite
