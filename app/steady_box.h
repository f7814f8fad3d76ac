#pragma once

#include <QHash>
#include <QSize>
#include <QWidget>

namespace crystallite {

/// Holds one widget whose content changes with every step, and passes its wishes for room on only when they are others than before. A label
/// by itself makes all layouts around it, up to the window's, be computed again whenever its text changes.
class SteadyBox final : public QWidget {
    Q_OBJECT
public:
    /// Takes `content` as its child, and comes and goes with it.
    explicit SteadyBox(QWidget* content);

    [[nodiscard]] QSize sizeHint() const override { return hint_; }
    [[nodiscard]] QSize minimumSizeHint() const override { return least_; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QSize steady(QSize before, QSize now) const;
    void refresh();

    QWidget* content_;
    QSize hint_;
    QSize least_;
    mutable QHash<int, int> heights_;  // of the content as it is, by width
};

}  // namespace crystallite
