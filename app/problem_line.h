#pragma once

#include <QLabel>

namespace crystallite {

/// The sentence of a small dialog that says why it is still there; hidden while there is none. Its window grows with it.
class ProblemLine : public QLabel {
    Q_OBJECT
public:
    explicit ProblemLine(QWidget* parent);

    void tell(const QString& sentence);  ///< empty: nothing is wrong
    [[nodiscard]] QString sentence() const { return isHidden() ? QString() : text(); }
};

}  // namespace crystallite
