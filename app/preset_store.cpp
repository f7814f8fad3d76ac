#include "app/preset_store.h"

#include "app/conversions.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

constexpr qint64 kLargest = 16'000'000;

Error wrong(ErrorKind kind, const QString& sentence) {
    return {kind, sentence.toStdString()};
}

Result<QByteArray> contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return wrong(ErrorKind::Io, translate("%1 cannot be read: %2.").arg(QDir::toNativeSeparators(path), file.errorString()));
    }
    if (file.size() > kLargest) {
        return wrong(
            ErrorKind::Unsupported,
            translate("%1 has %2 bytes; presets have at most %3.").arg(QDir::toNativeSeparators(path)).arg(file.size()).arg(kLargest));
    }
    return file.readAll();
}

Result<void> write(const QString& path, const QByteArray& content) {
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        return wrong(ErrorKind::Io,
                     translate("%1 cannot be written: %2. Choose another place.").arg(QDir::toNativeSeparators(path), file.errorString()));
    }
    return {};
}

QString keyOf(const QString& model) {
    return QStringLiteral("presets/defaults/") + QString::fromLatin1(model.toUtf8().toHex());
}

}  // namespace

QString PresetStore::usualPath() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath(QStringLiteral("presets.json"));
}

PresetStore::PresetStore(QString path, QObject* parent) : QObject(parent), path_(std::move(path)), presets_(builtInPresets()) {
    const auto content = contentOf(path_);
    auto own = content ? readPresets(*content) : Result<std::vector<Preset>>(content.error());
    if (own) {
        std::move(own->begin(), own->end(), std::back_inserter(presets_));
    } else if (content) {
        // A newer version's, or damaged: it must not be written over.
        QFile::copy(path_, path_ + QStringLiteral(".unread"));
    }
}

const Preset* PresetStore::find(const QString& name) const {
    const auto found = std::find_if(presets_.begin(), presets_.end(), [&](const Preset& preset) { return preset.name == name; });
    return found == presets_.end() ? nullptr : &*found;
}

std::vector<Preset> PresetStore::own() const {
    std::vector<Preset> own;
    std::copy_if(presets_.begin(), presets_.end(), std::back_inserter(own), [](const Preset& preset) { return !preset.builtIn; });
    return own;
}

Result<void> PresetStore::replaceOwn(std::vector<Preset> own) {
    std::sort(own.begin(), own.end(), [](const Preset& a, const Preset& b) { return a.name.localeAwareCompare(b.name) < 0; });
    if (const auto written = write(path_, writePresets(own)); !written) {
        return written.error();
    }
    presets_ = builtInPresets();
    std::move(own.begin(), own.end(), std::back_inserter(presets_));
    Q_EMIT changed();
    return {};
}

Result<void> PresetStore::checkName(const QString& name) const {
    if (name.isEmpty() || name.size() > kLongestPresetName) {
        return wrong(ErrorKind::InvalidArgument,
                     translate("A preset's name must have 1 to %1 characters, not %2.").arg(kLongestPresetName).arg(name.size()));
    }
    const Preset* const taken = find(name);
    if (taken != nullptr && taken->builtIn) {
        return wrong(ErrorKind::InvalidArgument,
                     translate("'%1' ships with Crystallite and stays as it is; choose another name.").arg(name));
    }
    return {};
}

Result<void> PresetStore::keep(Preset preset) {
    preset.name = preset.name.simplified();
    preset.builtIn = false;
    if (const auto checked = checkName(preset.name); !checked) {
        return checked.error();
    }
    std::vector<Preset> all = own();
    std::erase_if(all, [&](const Preset& other) { return other.name == preset.name; });
    all.push_back(std::move(preset));
    return replaceOwn(std::move(all));
}

Result<void> PresetStore::rename(const QString& from, const QString& to) {
    const QString name = to.simplified();
    if (const auto checked = checkName(name); !checked) {
        return checked.error();
    }
    if (name != from && find(name) != nullptr) {
        return wrong(ErrorKind::InvalidArgument, translate("There is a preset '%1' already; choose another name.").arg(name));
    }
    std::vector<Preset> all = own();
    for (Preset& preset : all) {
        preset.name = preset.name == from ? name : preset.name;
    }
    return replaceOwn(std::move(all));
}

Result<void> PresetStore::remove(const QString& name) {
    const Preset* const preset = find(name);
    if (preset == nullptr || preset->builtIn) {
        return wrong(ErrorKind::InvalidArgument, translate("'%1' cannot be deleted: it ships with Crystallite.").arg(name));
    }
    Preset removed = *preset;
    std::vector<Preset> all = own();
    std::erase_if(all, [&](const Preset& other) { return other.name == name; });
    const Preset before = std::exchange(removed_, std::move(removed));
    auto replaced = replaceOwn(std::move(all));
    if (!replaced) {
        removed_ = before;
    }
    return replaced;
}

Result<void> PresetStore::undo() {
    Preset preset = std::exchange(removed_, {});
    preset.name = freeName(preset.name);
    return keep(std::move(preset));
}

/// "Careful", "Careful (2)"; never longer than a name may be.
QString PresetStore::freeName(const QString& wanted) const {
    QString name = wanted;
    for (int number = 2; find(name) != nullptr; ++number) {
        const QString suffix = QStringLiteral(" (%1)").arg(number);
        name = wanted.left(kLongestPresetName - suffix.size()) + suffix;
    }
    return name;
}

Result<size_t> PresetStore::importFrom(const QString& path) {
    const auto content = contentOf(path);
    if (!content) {
        return content.error();
    }
    auto read = readPresets(*content);
    if (!read) {
        return read.error();
    }
    const std::vector<Preset> before = presets_;
    for (Preset& preset : *read) {
        preset.name = freeName(preset.name);
        presets_.push_back(preset);
    }
    const std::vector<Preset> all = own();
    presets_ = before;
    if (const auto replaced = replaceOwn(all); !replaced) {
        return replaced.error();
    }
    return read->size();
}

Result<void> PresetStore::exportTo(const QString& path, const std::vector<Preset>& presets) const {
    return write(path, writePresets(presets));
}

QString PresetStore::defaultFor(const QString& model) const {
    const QString name = QSettings().value(keyOf(model)).toString();
    return find(name) == nullptr ? QString() : name;
}

void PresetStore::setDefaultFor(const QString& model, const QString& name) {
    if (name.isEmpty()) {
        QSettings().remove(keyOf(model));
    } else {
        QSettings().setValue(keyOf(model), name);
    }
}

}  // namespace crystallite
