#pragma once

#include "app/measured_speeds.h"
#include "app/model_entry.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <functional>
#include <vector>

namespace crystallite {

/// The models of the index as a table; sorts by numbers where it shows numbers (kSortRole).
class ModelTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Family, Parameters, Size, Format, Licence, Fits, Speed, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole;
    /// The newest measurement of a model on a device.
    using FindSpeed = std::function<std::optional<MeasuredSpeed>(const ModelEntry& entry, const DeviceInfo& device)>;

    explicit ModelTable(FindSpeed findSpeed, QObject* parent = nullptr);

    /// Takes the place of the entry with the same path.
    void put(const ModelEntry& entry);
    /// Leaves out what is not among these paths.
    void keepOnly(const QStringList& paths);
    void setDevices(std::vector<DeviceInfo> devices);
    /// Speeds may be others now.
    void refreshSpeeds();
    [[nodiscard]] const ModelEntry* entry(int row) const;
    /// Everything about a model in sentences: path, reason, the sum on each device, what was measured.
    [[nodiscard]] QStringList detailsOf(const ModelEntry& entry) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const ModelEntry& entry, int column) const;
    [[nodiscard]] QVariant sortValue(const ModelEntry& entry, int column) const;
    [[nodiscard]] QString fitsText(const ModelEntry& entry) const;
    [[nodiscard]] int fittingDevices(const ModelEntry& entry) const;
    [[nodiscard]] std::optional<MeasuredSpeed> bestSpeed(const ModelEntry& entry) const;

    FindSpeed findSpeed_;
    std::vector<ModelEntry> entries_;
    std::vector<DeviceInfo> devices_;
};

}  // namespace crystallite
