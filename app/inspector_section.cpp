#include "app/inspector_section.h"

#include "app/disclosure.h"
#include "app/shell_style.h"

#include <QSettings>
#include <QVBoxLayout>

namespace crystallite {
namespace {

QString settingOf(const QString& name) {
    return QStringLiteral("inspector/%1").arg(name);
}

}  // namespace

InspectorSection::InspectorSection(const QString& title, const QString& name, bool openAtFirst, QWidget* parent) : QWidget(parent) {
    auto* content = new QWidget(this);
    body_ = new QVBoxLayout(content);
    body_->setContentsMargins(0, 0, 0, 6);
    body_->setSpacing(5);
    heading_ = new Disclosure(title, content, this);
    heading_->setObjectName(QStringLiteral("section"));
    heading_->setIconSize(QSize(14, 8));  // an arrow with room behind it
    heading_->setFont(captionFont());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(heading_, 0, Qt::AlignLeft);
    layout->addWidget(content);
    heading_->setChecked(QSettings().value(settingOf(name), openAtFirst).toBool());
    connect(heading_, &Disclosure::toggled, this, [this, name](bool open) {
        QSettings().setValue(settingOf(name), open);
        if (open) {
            Q_EMIT opened();
        }
    });
}

bool InspectorSection::isOpen() const {
    return heading_->isChecked();
}

void InspectorSection::setOpen(bool open) {
    heading_->setChecked(open);
}

}  // namespace crystallite
