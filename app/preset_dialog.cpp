#include "app/preset_dialog.h"

#include "app/conversions.h"
#include "app/policy_text.h"
#include "app/shell_style.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <utility>

namespace crystallite {

QString presetText(const Preset& preset) {
    const DecodeRequest& settings = preset.settings;
    QStringList parts;
    const auto add = [&parts](const QString& text) { parts << text; };
    if (settings.policy) {
        add(PresetDialog::tr("policy %1").arg(toQString(nameOf(*settings.policy))));
    }
    if (settings.order) {
        add(PresetDialog::tr("order %1").arg(toQString(nameOf(*settings.order))));
    }
    if (settings.length) {
        add(PresetDialog::tr("length %1").arg(*settings.length));
    }
    if (settings.steps) {
        add(PresetDialog::tr("%1 steps").arg(*settings.steps));
    }
    if (settings.blockLength) {
        add(*settings.blockLength == 0 ? PresetDialog::tr("one block") : PresetDialog::tr("blocks of %1").arg(*settings.blockLength));
    }
    if (settings.temperature) {
        add(PresetDialog::tr("temperature %1").arg(QLocale().toString(double{*settings.temperature}, 'g', 3)));
    }
    for (const OptionValue& value : settings.options) {
        add(QStringLiteral("%1 %2").arg(optionLabel(value.name), QLocale().toString(value.value, 'g', 4)));
    }
    if (preset.chat) {
        add(*preset.chat ? PresetDialog::tr("sent as chat turn") : PresetDialog::tr("sent as plain text"));
    }
    if (preset.system && !preset.system->isEmpty()) {
        add(PresetDialog::tr("system text “%1”").arg(preset.system->simplified().left(120)));
    }
    return parts.isEmpty() ? PresetDialog::tr("changes nothing") : parts.join(QStringLiteral(", "));
}

PresetDialog::PresetDialog(PresetStore& store, Host host, QWidget* parent) : QDialog(parent), store_(store), host_(std::move(host)) {
    setWindowTitle(tr("Presets"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    auto* columns = new QHBoxLayout;
    columns->addWidget(makeList(), 1);
    columns->addWidget(makeCommands());
    layout->addLayout(columns, 1);
    layout->addWidget(makeBottom());
    connect(&store_, &PresetStore::changed, this, &PresetDialog::refresh);
    resize(620, 520);
    refresh();
}

QWidget* PresetDialog::makeList() {
    auto* part = new QWidget(this);
    list_ = new QListWidget(part);
    list_->setObjectName(QStringLiteral("presets"));
    list_->setAccessibleName(tr("Presets"));
    connect(list_, &QListWidget::currentRowChanged, this, &PresetDialog::refreshSelected);
    connect(list_, &QListWidget::itemActivated, this, &PresetDialog::use);
    summary_ = makeSentence(style_class::kMuted, part);
    summary_->setObjectName(QStringLiteral("presetSummary"));
    default_ = new QCheckBox(tr("Start with it whenever this model is &loaded"), part);
    connect(default_, &QCheckBox::clicked, this, &PresetDialog::setDefault);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(list_, 1);
    layout->addWidget(summary_);
    layout->addWidget(default_);
    return part;
}

QPushButton* PresetDialog::addButton(const QString& text, const QString& help, void (PresetDialog::*command)()) {
    auto* button = new QPushButton(text, this);
    button->setToolTip(help);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, command);
    return button;
}

QWidget* PresetDialog::makeCommands() {
    auto* part = new QWidget(this);
    name_ = new QLineEdit(part);
    name_->setObjectName(QStringLiteral("presetName"));
    name_->setAccessibleName(tr("Name of the preset"));
    name_->setPlaceholderText(tr("Name"));
    name_->setMaxLength(static_cast<int>(kLongestPresetName));
    keep_ = addButton(tr("&Keep what is chosen"), tr("Keeps the settings and the system text of the Run panel under this name"),
                      &PresetDialog::keep);
    rename_ = addButton(tr("&Rename"), tr("Gives the selected preset this name"), &PresetDialog::rename);
    remove_ = addButton(tr("&Delete"), tr("Deletes the selected preset; it can be brought back"), &PresetDialog::remove);
    undo_ = addButton(tr("&Bring back"), tr("Brings back the preset that was deleted last"), &PresetDialog::undo);
    QPushButton* const import = addButton(tr("&Import…"), tr("Adds the presets of a file"), &PresetDialog::importPresets);
    export_ = addButton(tr("E&xport…"), tr("Writes your own presets to a file"), &PresetDialog::exportPresets);
    connect(name_, &QLineEdit::textChanged, this, &PresetDialog::refreshSelected);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(name_);
    for (QWidget* widget : std::initializer_list<QWidget*>{keep_, rename_, remove_, undo_}) {
        layout->addWidget(widget);
    }
    layout->addStretch();
    layout->addWidget(import);
    layout->addWidget(export_);
    return part;
}

QWidget* PresetDialog::makeBottom() {
    auto* part = new QWidget(this);
    sentence_ = makeSentence(style_class::kMuted, part);
    auto* close = new QPushButton(tr("&Close"), part);
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    use_ = new QPushButton(tr("&Use"), part);
    use_->setToolTip(tr("Puts the selected preset into the Run panel; prompt and seed stay"));
    use_->setDefault(true);
    setStyleClass(use_, style_class::kPrimary);
    connect(use_, &QPushButton::clicked, this, &PresetDialog::use);
    auto* layout = new QHBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sentence_, 1);
    layout->addWidget(close);
    layout->addWidget(use_);
    return part;
}

void PresetDialog::open() {
    refresh();
    show();
    raise();
    activateWindow();
    list_->setFocus(Qt::OtherFocusReason);
}

QString PresetDialog::sentence() const {
    return sentence_->text();
}

const Preset* PresetDialog::selected() const {
    const QListWidgetItem* const item = list_->currentItem();
    return item == nullptr ? nullptr : store_.find(item->data(Qt::UserRole).toString());
}

void PresetDialog::refresh() {
    const Preset* const before = selected();
    const QString name = before == nullptr ? QString() : before->name;
    {
        const QSignalBlocker blocked(list_);
        list_->clear();
        for (const Preset& preset : store_.presets()) {
            auto* item = new QListWidgetItem(preset.builtIn ? tr("%1 (built in)").arg(preset.name) : preset.name, list_);
            item->setData(Qt::UserRole, preset.name);
            item->setToolTip(presetText(preset));
            if (preset.name == name || list_->count() == 1) {
                list_->setCurrentItem(item);
            }
        }
    }
    refreshSelected();
}

void PresetDialog::refreshSelected() {
    const Preset* const preset = selected();
    const QString model = host_.model();
    const bool isOwn = preset != nullptr && !preset->builtIn;
    summary_->setText(preset == nullptr ? QString() : presetText(*preset));
    use_->setEnabled(preset != nullptr);
    keep_->setEnabled(!name_->text().simplified().isEmpty());
    rename_->setEnabled(isOwn && !name_->text().simplified().isEmpty());
    remove_->setEnabled(isOwn);
    undo_->setEnabled(store_.canUndo());
    export_->setEnabled(!store_.presets().back().builtIn);
    default_->setEnabled(preset != nullptr && !model.isEmpty());
    default_->setChecked(preset != nullptr && !model.isEmpty() && store_.defaultFor(model) == preset->name);
}

void PresetDialog::tell(const Result<void>& result, const QString& done) {
    sentence_->setText(result ? done : toQString(result.error().message));
    setStyleClass(sentence_, result ? style_class::kMuted : style_class::kWarning);
    refreshSelected();
}

void PresetDialog::use() {
    if (const Preset* const preset = selected()) {
        const auto used = host_.use(*preset);
        tell(used, tr("'%1' is in the Run panel.").arg(preset->name));
        if (used) {
            hide();
        }
    }
}

void PresetDialog::keep() {
    Preset preset = host_.current();
    preset.name = name_->text();
    tell(store_.keep(std::move(preset)), tr("'%1' is kept.").arg(name_->text().simplified()));
}

void PresetDialog::rename() {
    if (const Preset* const preset = selected()) {
        const QString before = preset->name;
        tell(store_.rename(before, name_->text()), tr("'%1' is called '%2' now.").arg(before, name_->text().simplified()));
    }
}

void PresetDialog::remove() {
    if (const Preset* const preset = selected()) {
        const QString name = preset->name;
        tell(store_.remove(name), tr("'%1' is deleted; “Bring back” undoes it.").arg(name));
    }
}

void PresetDialog::undo() {
    tell(store_.undo(), tr("It is there again."));
}

void PresetDialog::importPresets() {
    if (const QString path = host_.fileToRead(); !path.isEmpty()) {
        const auto count = store_.importFrom(path);
        tell(count ? Result<void>() : Result<void>(count.error()),
             count ? tr("%n preset(s) came in.", nullptr, static_cast<int>(*count)) : QString());
    }
}

void PresetDialog::exportPresets() {
    if (const QString path = host_.fileToWrite(); !path.isEmpty()) {
        std::vector<Preset> own;
        for (const Preset& preset : store_.presets()) {
            if (!preset.builtIn) {
                own.push_back(preset);
            }
        }
        tell(store_.exportTo(path, own), tr("%n preset(s) are in the file.", nullptr, static_cast<int>(own.size())));
    }
}

void PresetDialog::setDefault(bool on) {
    if (const Preset* const preset = selected()) {
        store_.setDefaultFor(host_.model(), on ? preset->name : QString());
        tell({}, on ? tr("%1 starts with '%2'.").arg(host_.model(), preset->name) : tr("%1 starts with what is usual.").arg(host_.model()));
    }
}

}  // namespace crystallite
