#include "app/model_page.h"

#include "app/conversions.h"
#include "app/disclosure.h"
#include "app/memory_view.h"
#include "app/model_fields.h"
#include "app/model_text.h"
#include "app/shell_style.h"

#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace crystallite {
namespace {

/// A path breaks at no space; without these it would make the dialog as wide as it is long.
QString breakable(QString path) {
    return path.replace(QDir::separator(), QString(QDir::separator()) + QChar(0x200B));
}

}  // namespace

ModelPage::ModelPage(QWidget* parent) : QWidget(parent) {
    title_ = makeSentence(style_class::kTitle, this);
    place_ = makeSentence(style_class::kMuted, this);
    headline_ = new QLabel(this);
    fields_ = new ModelFields(this);
    memory_ = new MemoryView(this);
    anyway_ = new QCheckBox(tr("Load anyway"), this);
    anyway_->setToolTip(tr("The system may become slow or refuse the memory; what is loaded now comes back in that case"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(title_);
    layout->addWidget(place_);
    layout->addWidget(headline_);
    layout->addSpacing(12);
    layout->addWidget(fields_);
    layout->addSpacing(10);
    layout->addWidget(memory_);
    layout->addWidget(anyway_);
    layout->addSpacing(6);
    QWidget* details = makeDetails();
    layout->addWidget(details_);
    layout->addWidget(details);
    layout->addStretch();
    connect(fields_, &ModelFields::placementChanged, this, &ModelPage::showMemory);
    connect(anyway_, &QCheckBox::toggled, this, &ModelPage::changed);
}

QWidget* ModelPage::makeDetails() {
    facts_ = new QWidget(this);
    factRows_ = new QFormLayout(facts_);
    factRows_->setContentsMargins(4, 2, 0, 0);
    factRows_->setHorizontalSpacing(16);
    factRows_->setVerticalSpacing(5);
    factRows_->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    details_ = new Disclosure(tr("All that its files say"), facts_, this);
    return facts_;
}

void ModelPage::setDevices(const std::vector<DeviceInfo>& devices) {
    fields_->setDevices(devices);
    showMemory();
}

void ModelPage::start(const ModelRequest& request) {
    preview_ = {};
    const QFileInfo file(toQString(request.model));
    title_->setText(file.fileName());
    place_->setText(breakable(QDir::toNativeSeparators(file.path())));
    headline_->setText(tr("Reading…"));
    headline_->show();
    anyway_->setChecked(false);
    details_->setChecked(false);
    fields_->start(request);
    showFacts();
    showMemory();
    startReading();
}

void ModelPage::startReading() {
    isRead_ = false;
    Q_EMIT changed();
}

void ModelPage::setPreview(const ModelPreview& preview) {
    preview_ = preview;
    isRead_ = true;
    const QString headline = headlineOf(preview);
    headline_->setText(headline);
    headline_->setVisible(!headline.isEmpty());
    fields_->setPreview(preview);
    showFacts();
    showMemory();
}

void ModelPage::setEditable(bool editable) {
    fields_->setEnabled(editable);
    anyway_->setEnabled(editable);
}

void ModelPage::showFacts() {
    while (factRows_->rowCount() > 0) {
        factRows_->removeRow(0);
    }
    for (const ModelFact& fact : factsOf(preview_)) {
        auto* name = new QLabel(fact.name, facts_);
        setStyleClass(name, style_class::kMuted);
        auto* value = makeSentence(style_class::kPlain, facts_);
        value->setText(fact.value);
        value->setAccessibleName(QStringLiteral("%1: %2").arg(fact.name, fact.value));
        factRows_->addRow(name, value);
    }
    details_->setVisible(factRows_->rowCount() > 0);
    facts_->setVisible(details_->isChecked() && factRows_->rowCount() > 0);
}

MemoryPlan ModelPage::plan() const {
    return preview_.planMemory ? preview_.planMemory(fields_->request(), fields_->devices()) : MemoryPlan{};
}

void ModelPage::showMemory() {
    const MemoryPlan plan = this->plan();
    memory_->setVisible(!plan.shares.empty());
    memory_->setPlan(plan);
    anyway_->setVisible(!plan.fits());
    Q_EMIT changed();
}

ModelRequest ModelPage::request() const {
    ModelRequest request = fields_->request();
    request.decided = true;
    request.load.loadAnyway = anyway_->isChecked() && !plan().fits();
    return request;
}

bool ModelPage::isReady() const {
    return isRead_ && preview_.problem.empty() && (anyway_->isChecked() || plan().fits());
}

QString ModelPage::problem() const {
    return toQString(preview_.problem);
}

}  // namespace crystallite
