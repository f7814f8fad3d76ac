#pragma once

#include <QDialog>

namespace crystallite {

/// Version, commit and what the program stands on, with the licence of each; to copy into a report.
class AboutDialog : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(QWidget* parent = nullptr);

    /// The same as plain text.
    [[nodiscard]] static QString details();
};

}  // namespace crystallite
