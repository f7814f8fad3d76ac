#include "app/search_model.h"

#include "app/run_document.h"
#include "app/search_text.h"

namespace crystallite {

SearchModel::SearchModel(const RunDocument& document, const TraceSearch& search, QObject* parent)
    : QAbstractListModel(parent), document_(document), search_(search) {}

int SearchModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : rows_;
}

QVariant SearchModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rows_) {
        return {};
    }
    const SearchHit& hit = search_.hits()[static_cast<size_t>(index.row())];
    const QString place = hitPlace(hit, document_.trace());
    const QString text = hitText(hit, document_.trace());
    switch (role) {
        case Qt::DisplayRole: return QStringLiteral("%1\n%2").arg(place, text);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return QStringLiteral("%1, %2").arg(place, text);
        default: return {};
    }
}

void SearchModel::restart() {
    beginResetModel();
    rows_ = static_cast<int>(search_.hits().size());
    endResetModel();
}

void SearchModel::grow() {
    const int rows = static_cast<int>(search_.hits().size());
    if (rows > rows_) {
        beginInsertRows({}, rows_, rows - 1);
        rows_ = rows;
        endInsertRows();
    }
    if (rows_ > 0) {
        Q_EMIT dataChanged(index(0), index(rows_ - 1));
    }
}

}  // namespace crystallite
