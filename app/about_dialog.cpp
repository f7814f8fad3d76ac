#include "app/about_dialog.h"

#include "app/dialogs.h"
#include "app/shell_style.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

namespace crystallite {
namespace {

struct Library {
    const char* name;
    const char* licence;  ///< SPDX
};

/// What the window and the engine link.
constexpr Library kLibraries[] = {{"Qt", "LGPL-3.0-only"},    {"Vulkan loader", "Apache-2.0"}, {"GLM", "MIT"},
                                  {"nlohmann/json", "MIT"},   {"SQLite", "blessing"},          {"PCRE2", "BSD-3-Clause"},
                                  {"xxHash", "BSD-2-Clause"}, {"OpenBLAS", "BSD-3-Clause"}};

QString versionText() {
    const QString commit = QStringLiteral(CRYSTALLITE_COMMIT);
    const QString version = QCoreApplication::applicationVersion();
    return commit.isEmpty() ? version : QStringLiteral("%1 (%2)").arg(version, commit);
}

}  // namespace

QString AboutDialog::details() {
    QStringList lines = {QStringLiteral("Crystallite %1").arg(versionText()),
                         tr("Qt %1, built with %2").arg(QString::fromLatin1(qVersion()), QStringLiteral(QT_VERSION_STR)),
                         QStringLiteral("%1, %2").arg(QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture()), QString(),
                         tr("Libraries and their licences (SPDX):")};
    for (const Library& library : kLibraries) {
        lines << QStringLiteral("%1: %2").arg(QLatin1String(library.name), QLatin1String(library.licence));
    }
    return lines.join(QLatin1Char('\n'));
}

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About Crystallite"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* title = new QLabel(tr("Crystallite %1").arg(versionText()), this);
    setStyleClass(title, style_class::kTitle);
    auto* what = makeSentence(style_class::kPlain, this);
    what->setText(
        tr("Runs masked-diffusion language models and shows every denoising step. What is drawn is a number that the model "
           "produced. Apache License 2.0."));
    auto* text = new QPlainTextEdit(details(), this);
    text->setAccessibleName(tr("Versions and licences"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copy->setToolTip(tr("Copy the versions and licences, for a report"));
    copy->setObjectName(QStringLiteral("copyAbout"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [] { copyToClipboard(details()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(title);
    layout->addWidget(what);
    layout->addWidget(text, 1);
    layout->addWidget(buttons);
    resize(520, 420);
}

}  // namespace crystallite
