#pragma once

#include "app/run_tree.h"

#include <QAbstractItemModel>

namespace crystallite {

/// The history for a view. What a row says is made when it is asked for; a row without children in view costs a few numbers.
class RunTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role { DetailRole = Qt::UserRole + 1, HitRole, IdRole, KindRole };

    using QAbstractItemModel::QAbstractItemModel;

    void setTree(RunTree tree);
    [[nodiscard]] const RunTree& tree() const { return tree_; }
    [[nodiscard]] const RunTree::Node* node(const QModelIndex& index) const;  ///< nullptr: not valid
    [[nodiscard]] QModelIndex indexOfRun(const QString& id) const;
    /// What identifies a row through another listing: the run with its bookmark's frame, or the day.
    [[nodiscard]] QString keyOf(const QModelIndex& index) const;
    /// The run that is shown in the window; its row is bold.
    void setOpenRun(const QString& id);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void renamed(const QString& id, const QString& title);

private:
    [[nodiscard]] QModelIndex indexOf(int node) const;
    [[nodiscard]] const std::vector<int>& childrenOf(const QModelIndex& parent) const;
    [[nodiscard]] QVariant runData(const RunTree::Node& node, int role) const;
    [[nodiscard]] QString titleOf(const RunTree::Node& node) const;

    RunTree tree_;
    QString openRun_;
};

}  // namespace crystallite
