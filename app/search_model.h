#pragma once

#include "app/trace_search.h"

#include <QAbstractListModel>

namespace crystallite {

class RunDocument;

/// The matches of a search as a list of two lines each; texts are made when they are seen.
class SearchModel : public QAbstractListModel {
    Q_OBJECT
public:
    /// Both are borrowed; search() of the panel grows from outside and says so by the functions below.
    SearchModel(const RunDocument& document, const TraceSearch& search, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// The search is another one.
    void restart();
    /// The search went on: there are more matches, and earlier ones may last longer.
    void grow();

private:
    const RunDocument& document_;
    const TraceSearch& search_;
    int rows_ = 0;
};

}  // namespace crystallite
