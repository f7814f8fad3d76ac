#pragma once

#include <QLabel>
#include <QRect>
#include <QTimer>

namespace crystallite {

/// One sentence beside a slot about what could not be done there. It waits for nothing and goes by itself.
class SlotNote : public QLabel {
    Q_OBJECT
public:
    explicit SlotNote(QWidget* canvas);

    void tell(const QString& sentence, const QRect& slot);
    [[nodiscard]] QString sentence() const { return isHidden() ? QString() : text(); }

private:
    QTimer over_;
};

}  // namespace crystallite
