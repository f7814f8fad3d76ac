#include "app/model_table.h"

#include "app/conversions.h"
#include "app/model_text.h"

#include <QDir>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace crystallite {
namespace {

QString milliseconds(double value) {
    return QLocale().toString(value, 'f', value < 10.0 ? 2 : 1);
}

QString nameOf(const DeviceInfo& device) {
    return device.isVulkan() ? toQString(device.name) : ModelTable::tr("the processor");
}

bool isNumber(int column) {
    return column == ModelTable::Parameters || column == ModelTable::Size || column == ModelTable::Speed;
}

int alignmentOf(int column) {
    return static_cast<int>((isNumber(column) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter).toInt());
}

}  // namespace

ModelTable::ModelTable(FindSpeed findSpeed, QObject* parent) : QAbstractTableModel(parent), findSpeed_(std::move(findSpeed)) {}

void ModelTable::put(const ModelEntry& entry) {
    const auto same =
        std::find_if(entries_.begin(), entries_.end(), [&](const ModelEntry& other) { return other.files.path == entry.files.path; });
    if (same != entries_.end()) {
        *same = entry;
        const int row = static_cast<int>(same - entries_.begin());
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    const int row = static_cast<int>(entries_.size());
    beginInsertRows({}, row, row);
    entries_.push_back(entry);
    endInsertRows();
}

void ModelTable::keepOnly(const QStringList& paths) {
    for (int row = static_cast<int>(entries_.size()) - 1; row >= 0; --row) {
        if (!paths.contains(entries_[static_cast<size_t>(row)].files.path)) {
            beginRemoveRows({}, row, row);
            entries_.erase(entries_.begin() + row);
            endRemoveRows();
        }
    }
}

void ModelTable::setDevices(std::vector<DeviceInfo> devices) {
    beginResetModel();
    devices_ = std::move(devices);
    endResetModel();
}

void ModelTable::refreshSpeeds() {
    if (!entries_.empty()) {
        Q_EMIT dataChanged(index(0, Speed), index(rowCount() - 1, Speed));
    }
}

const ModelEntry* ModelTable::entry(int row) const {
    return row >= 0 && row < rowCount() ? &entries_[static_cast<size_t>(row)] : nullptr;
}

int ModelTable::fittingDevices(const ModelEntry& entry) const {
    return static_cast<int>(std::count_if(devices_.begin(), devices_.end(),
                                          [&](const DeviceInfo& device) { return entry.need && shareOn(*entry.need, device).fits(); }));
}

QString ModelTable::fitsText(const ModelEntry& entry) const {
    if (!entry.problem.isEmpty()) {
        return tr("cannot be loaded");
    }
    if (!entry.need || devices_.empty()) {
        return tr("unknown");
    }
    const int fitting = fittingDevices(entry);
    if (devices_.size() == 1) {
        return fitting == 1 ? tr("fits") : tr("does not fit");
    }
    return fitting == static_cast<int>(devices_.size()) ? tr("fits everywhere")
           : fitting == 0                               ? tr("fits nowhere")
                                                        : tr("fits on %1 of %2 devices").arg(fitting).arg(devices_.size());
}

/// The fastest of the newest ones, because that is the device that one would choose.
std::optional<MeasuredSpeed> ModelTable::bestSpeed(const ModelEntry& entry) const {
    std::optional<MeasuredSpeed> best;
    for (const DeviceInfo& device : devices_) {
        const auto speed = findSpeed_ ? findSpeed_(entry, device) : std::nullopt;
        if (speed && (!best || speed->milliseconds < best->milliseconds)) {
            best = speed;
        }
    }
    return best;
}

QString ModelTable::text(const ModelEntry& entry, int column) const {
    switch (column) {
        case Name: return entry.name;
        case Family: return entry.family;
        case Parameters: return entry.parameters > 0 ? countText(entry.parameters) : QString();
        case Size: return bytesText(entry.files.bytes);
        case Format: return entry.format;
        case Licence: return entry.licence.isEmpty() ? tr("not stated") : entry.licence;
        case Fits: return fitsText(entry);
        case Speed: {
            const auto speed = bestSpeed(entry);
            return speed ? milliseconds(speed->milliseconds) : tr("not measured");
        }
        default: return {};
    }
}

QVariant ModelTable::sortValue(const ModelEntry& entry, int column) const {
    switch (column) {
        case Parameters: return QVariant::fromValue<qulonglong>(entry.parameters);
        case Size: return QVariant::fromValue<qulonglong>(entry.files.bytes);
        case Fits: return entry.problem.isEmpty() ? fittingDevices(entry) : -1;
        case Speed: {
            const auto speed = bestSpeed(entry);
            return speed ? speed->milliseconds : 1e300;  // behind everything that was measured
        }
        default: return text(entry, column).toLower();
    }
}

QStringList ModelTable::detailsOf(const ModelEntry& entry) const {
    QStringList lines{QDir::toNativeSeparators(entry.files.path)};
    if (!entry.problem.isEmpty()) {
        lines << entry.problem;
    }
    for (const DeviceInfo& device : devices_) {
        if (entry.need) {
            const MemoryPlan plan{.slots = entry.slots};
            const MemoryShare share = shareOn(*entry.need, device);
            lines << tr("%1 (%2)").arg(shareText(plan, share), partsText(plan, share));
        }
        if (const auto speed = findSpeed_ ? findSpeed_(entry, device) : std::nullopt) {
            lines << tr("Measured on %1: %2 ms per step with %3 slots, mean of %4 steps, %5")
                         .arg(nameOf(device), milliseconds(speed->milliseconds), QLocale().toString(speed->slots),
                              QLocale().toString(speed->steps), QLocale().toString(speed->when.toLocalTime(), QLocale::ShortFormat));
        }
    }
    return lines;
}

int ModelTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(entries_.size());
}

int ModelTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant ModelTable::data(const QModelIndex& index, int role) const {
    const ModelEntry* const here = entry(index.row());
    if (here == nullptr) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole: return text(*here, index.column());
        case kSortRole: return sortValue(*here, index.column());
        case Qt::ToolTipRole: return detailsOf(*here).join(QLatin1Char('\n'));
        case Qt::TextAlignmentRole: return alignmentOf(index.column());
        case Qt::AccessibleTextRole:
            return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(*here, index.column()));
        default: return {};
    }
}

QVariant ModelTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(section);
    }
    if (role == Qt::ToolTipRole && section == Speed) {
        return tr("Measured in real runs on this machine: the mean of the newest run, on the fastest device");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case Name: return tr("Name");
        case Family: return tr("Family");
        case Parameters: return tr("Parameters");
        case Size: return tr("Size");
        case Format: return tr("Format");
        case Licence: return tr("Licence");
        case Fits: return tr("Memory");
        case Speed: return tr("ms per step");
        default: return {};
    }
}

}  // namespace crystallite
