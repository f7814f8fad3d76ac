#include "app/run_tree_model.h"

#include "app/conversions.h"
#include "app/run_tree_text.h"

#include <QFont>

#include <utility>

namespace crystallite {

void RunTreeModel::setTree(RunTree tree) {
    beginResetModel();
    tree_ = std::move(tree);
    endResetModel();
}

const RunTree::Node* RunTreeModel::node(const QModelIndex& index) const {
    return index.isValid() ? &tree_.node(static_cast<int>(index.internalId())) : nullptr;
}

QModelIndex RunTreeModel::indexOf(int node) const {
    return node == RunTree::kNone ? QModelIndex() : createIndex(tree_.node(node).row, 0, static_cast<quintptr>(node));
}

QModelIndex RunTreeModel::indexOfRun(const QString& id) const {
    return indexOf(tree_.nodeOfRun(id.toStdString()));
}

QString RunTreeModel::keyOf(const QModelIndex& index) const {
    const RunTree::Node* found = node(index);
    if (found == nullptr) {
        return {};
    }
    switch (found->kind) {
        case RunTree::Kind::Day: return QStringLiteral("day %1").arg(static_cast<int>(found->day));
        case RunTree::Kind::Run: return toQString(tree_.entry(*found).id);
        case RunTree::Kind::Bookmark: break;
    }
    const RunEntry& entry = tree_.entry(*found);
    return QStringLiteral("%1 %2").arg(toQString(entry.id)).arg(entry.bookmarks[static_cast<size_t>(found->bookmark)].frame);
}

void RunTreeModel::setOpenRun(const QString& id) {
    const QString before = std::exchange(openRun_, id);
    for (const QString& run : {before, id}) {
        if (const QModelIndex row = indexOfRun(run); row.isValid()) {
            Q_EMIT dataChanged(row, row, {Qt::FontRole});
        }
    }
}

const std::vector<int>& RunTreeModel::childrenOf(const QModelIndex& parent) const {
    const RunTree::Node* found = node(parent);
    return found == nullptr ? tree_.top() : found->children;
}

QModelIndex RunTreeModel::index(int row, int column, const QModelIndex& parent) const {
    const std::vector<int>& children = childrenOf(parent);
    const bool exists = column == 0 && row >= 0 && row < static_cast<int>(children.size());
    return exists ? createIndex(row, 0, static_cast<quintptr>(children[static_cast<size_t>(row)])) : QModelIndex();
}

QModelIndex RunTreeModel::parent(const QModelIndex& index) const {
    const RunTree::Node* found = node(index);
    return found == nullptr ? QModelIndex() : indexOf(found->parent);
}

int RunTreeModel::rowCount(const QModelIndex& parent) const {
    return static_cast<int>(childrenOf(parent).size());
}

int RunTreeModel::columnCount(const QModelIndex& /*parent*/) const {
    return 1;
}

QString RunTreeModel::titleOf(const RunTree::Node& node) const {
    const RunEntry& entry = tree_.entry(node);
    const bool underParent = node.parent != RunTree::kNone && tree_.node(node.parent).kind == RunTree::Kind::Run;
    return branchPrefix(entry, underParent) + runTitle(entry);
}

QVariant RunTreeModel::runData(const RunTree::Node& node, int role) const {
    const RunEntry& entry = tree_.entry(node);
    int day = node.parent;
    while (day != RunTree::kNone && tree_.node(day).kind != RunTree::Kind::Day) {
        day = tree_.node(day).parent;
    }
    const QString detail = runDetail(entry, day == RunTree::kNone ? DayGroup::Older : tree_.node(day).day);
    switch (role) {
        case Qt::DisplayRole: return titleOf(node);
        case Qt::EditRole: return runTitle(entry);
        case Qt::ToolTipRole: return runToolTip(entry);
        case Qt::AccessibleTextRole: {
            const QString hit = toQString(entry.hit).remove(QLatin1Char(kHitBegin)).remove(QLatin1Char(kHitEnd)).simplified();
            const QString said = QStringLiteral("%1, %2").arg(titleOf(node), detail);
            return hit.isEmpty() ? said : tr("%1, found: %2").arg(said, hit);
        }
        case DetailRole: return detail;
        case HitRole: return toQString(entry.hit);
        case IdRole: return toQString(entry.id);
        case Qt::FontRole: {
            QFont font;
            font.setBold(toQString(entry.id) == openRun_);
            return font.bold() ? QVariant(font) : QVariant();
        }
        default: return {};
    }
}

QVariant RunTreeModel::data(const QModelIndex& index, int role) const {
    const RunTree::Node* found = node(index);
    if (found == nullptr) {
        return {};
    }
    if (role == KindRole) {
        return static_cast<int>(found->kind);
    }
    if (found->kind == RunTree::Kind::Run) {
        return runData(*found, role);
    }
    const bool isText = role == Qt::DisplayRole || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole;
    if (found->kind == RunTree::Kind::Day) {
        return isText ? QVariant(tr("%1 (%2)").arg(dayTitle(found->day)).arg(found->children.size())) : QVariant();
    }
    const RunEntry& entry = tree_.entry(*found);
    if (role == IdRole) {
        return toQString(entry.id);
    }
    return isText ? QVariant(bookmarkTitle(entry.bookmarks[static_cast<size_t>(found->bookmark)])) : QVariant();
}

bool RunTreeModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const RunTree::Node* found = node(index);
    if (role != Qt::EditRole || found == nullptr || found->kind != RunTree::Kind::Run) {
        return false;
    }
    const QString title = value.toString().simplified();
    if (title == runTitle(tree_.entry(*found))) {
        return false;
    }
    // What the row shows changes with the next listing.
    Q_EMIT renamed(toQString(tree_.entry(*found).id), title);
    return true;
}

Qt::ItemFlags RunTreeModel::flags(const QModelIndex& index) const {
    const RunTree::Node* found = node(index);
    if (found == nullptr) {
        return Qt::NoItemFlags;
    }
    const Qt::ItemFlags plain = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return found->kind == RunTree::Kind::Run ? plain | Qt::ItemIsEditable : plain;
}

}  // namespace crystallite
