#include "app/export/export_dialog.h"

#include "app/export/export_preview.h"
#include "app/export/run_export.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

namespace crystallite {
namespace {

constexpr QSize kPreview(440, 280);

/// A spin box whose name a screen reader says.
template <typename Box, typename Value>
Box* spinBox(const QString& name, Value least, Value most, Value value) {
    auto* box = new Box;
    box->setAccessibleName(name);
    box->setRange(least, most);
    box->setValue(value);
    return box;
}

QComboBox* comboBox(const QString& name) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    return box;
}

}  // namespace

ExportDialog::ExportDialog(Trace trace, uint32_t frame, const PictureSettings& picture, AskPath askPath, QWidget* parent)
    : QDialog(parent), trace_(std::move(trace)), picture_(picture), askPath_(std::move(askPath)) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    setupChoices(rememberedExport({.picture = picture, .frame = frame}));
    refresh();
}

void ExportDialog::setupChoices(const ExportRequest& start) {
    kind_ = comboBox(tr("What to export"));
    for (const ExportKind kind : kExportKinds) {
        kind_->addItem(labelOf(kind), static_cast<int>(kind));
    }
    kind_->setCurrentIndex(kind_->findData(static_cast<int>(start.kind)));
    table_ = comboBox(tr("Table"));
    table_->addItem(tr("Slots: a line per slot and step"), static_cast<int>(CsvTable::Slots));
    table_->addItem(tr("Steps"), static_cast<int>(CsvTable::Steps));
    table_->addItem(tr("Tokens"), static_cast<int>(CsvTable::Tokens));
    table_->setCurrentIndex(static_cast<int>(start.table));
    step_ = spinBox<QSpinBox>(tr("Step"), 0, static_cast<int>(trace_.steps()), static_cast<int>(start.frame));
    speed_ = spinBox<QDoubleSpinBox>(tr("Steps a second"), kSlowestExport, kFastestExport, start.stepsPerSecond);
    width_ = spinBox<QSpinBox>(tr("Width in pixels"), kShortestSide, kLongestSide, start.picture.size.width());
    height_ = spinBox<QSpinBox>(tr("Height in pixels"), kShortestSide, kLongestSide, start.picture.size.height());
    scale_ = comboBox(tr("Scale"));
    for (int factor = 1; factor <= static_cast<int>(kGreatestScale); ++factor) {
        scale_->addItem(tr("%1×").arg(factor), static_cast<double>(factor));
    }
    scale_->setCurrentIndex(static_cast<int>(start.picture.scale) - 1);
    theme_ = comboBox(tr("Theme"));
    theme_->addItems({tr("As the window"), tr("Dark"), tr("Light")});
    loops_ = new QCheckBox(tr("Plays for ever"));
    loops_->setChecked(start.loops);

    auto* form = new QFormLayout;
    form->addRow(tr("E&xport"), kind_);
    form->addRow(tr("&Table"), table_);
    form->addRow(tr("&Step"), step_);
    form->addRow(tr("Steps a s&econd"), speed_);
    auto* size = new QHBoxLayout;
    size->addWidget(width_, 1);
    size->addWidget(new QLabel(QStringLiteral("×")));
    size->addWidget(height_, 1);
    size->addWidget(scale_);
    form->addRow(tr("Si&ze"), size);
    static_cast<QLabel*>(form->labelForField(size))->setBuddy(width_);
    form->addRow(tr("T&heme"), theme_);
    form->addRow(QString(), loops_);
    setupBelow(*form);
    for (QComboBox* box : {kind_, table_, scale_, theme_}) {
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    }
    for (QSpinBox* box : {step_, width_, height_}) {
        connect(box, &QSpinBox::valueChanged, this, &ExportDialog::refresh);
    }
    connect(speed_, &QDoubleSpinBox::valueChanged, this, &ExportDialog::refresh);
}

void ExportDialog::setupBelow(QFormLayout& form) {
    preview_ = new QLabel;
    preview_->setAlignment(Qt::AlignCenter);
    preview_->setMinimumSize(kPreview);
    preview_->setAccessibleName(tr("Preview of the picture"));
    sentence_ = new QLabel;
    sentence_->setObjectName(QStringLiteral("exportSentence"));
    sentence_->setWordWrap(true);
    sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    progress_ = new QProgressBar;
    progress_->setRange(0, 1000);
    progress_->setAccessibleName(tr("How far the export is"));
    progress_->hide();
    auto* buttons = new QDialogButtonBox;
    export_ = buttons->addButton(tr("Export…"), QDialogButtonBox::AcceptRole);
    close_ = buttons->addButton(QDialogButtonBox::Close);
    connect(export_, &QPushButton::clicked, this, &ExportDialog::exportNow);
    connect(close_, &QPushButton::clicked, this, &ExportDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(&form);
    for (QWidget* widget : std::initializer_list<QWidget*>{preview_, sentence_, progress_, buttons}) {
        layout->addWidget(widget);
    }
}

ExportRequest ExportDialog::request() const {
    ExportRequest request{.kind = static_cast<ExportKind>(kind_->currentData().toInt()),
                          .path = {},
                          .picture = picture_,
                          .frame = static_cast<uint32_t>(step_->value()),
                          .stepsPerSecond = speed_->value(),
                          .loops = loops_->isChecked(),
                          .table = static_cast<CsvTable>(table_->currentData().toInt())};
    request.picture.size = {width_->value(), height_->value()};
    request.picture.scale = scale_->currentData().toDouble();
    if (theme_->currentIndex() > 0) {
        request.picture.theme = Theme::of(theme_->currentIndex() == 1, false);
    }
    return request;
}

QString ExportDialog::sentence() const {
    return sentence_->text();
}

void ExportDialog::refresh() {
    const ExportRequest wanted = request();
    const bool isPicture = !dataFormatOf(wanted.kind);
    table_->setEnabled(wanted.kind == ExportKind::Csv);
    step_->setEnabled(isStill(wanted.kind));
    speed_->setEnabled(isAnimated(wanted.kind));
    loops_->setEnabled(wanted.kind == ExportKind::Gif);
    for (QWidget* box : std::initializer_list<QWidget*>{width_, height_}) {
        box->setEnabled(isPicture);
    }
    scale_->setEnabled(isPicture && wanted.kind != ExportKind::Svg);
    theme_->setEnabled(isPicture || wanted.kind == ExportKind::Html);
    preview_->setVisible(isPicture);
    const auto checked = checkExport(wanted, trace_);
    export_->setEnabled(checked.has_value());
    sentence_->setText(checked ? previewSentence(wanted, trace_) : QString::fromStdString(checked.error().message));
    if (isPicture && checked) {
        PictureSettings small = wanted.picture;
        const QSizeF fitting = QSizeF(small.size).scaled(QSizeF(kPreview), Qt::KeepAspectRatio);
        small.scale = fitting.width() / small.size.width() * devicePixelRatioF();
        QImage image = FrameRenderer(trace_, small).still(wanted.frame);
        image.setDevicePixelRatio(devicePixelRatioF());
        preview_->setPixmap(QPixmap::fromImage(image));
    }
}

void ExportDialog::exportNow() {
    ExportRequest wanted = request();
    const QString ending = endingOf(wanted.kind);
    const QString name = ending.isEmpty() ? suggestion_ : suggestion_ + QLatin1Char('.') + ending;
    const QString filter = ending.isEmpty()
                               ? tr("New folder")
                               : QStringLiteral("%1 (*.%2)").arg(labelOf(wanted.kind).section(QLatin1Char('('), 0, 0).trimmed(), ending);
    wanted.path = askPath_ ? askPath_(name, filter) : QString();
    if (wanted.path.isEmpty() || exporting_) {
        return;
    }
    rememberExport(wanted);
    write(wanted);
}

void ExportDialog::write(const ExportRequest& request) {
    setExporting(true);
    stop_ = std::stop_source();
    const ExportWatch watch{.stop = stop_.get_token(), .progress = [this](double share) {
                                progress_->setValue(static_cast<int>(share * progress_->maximum()));
                                QCoreApplication::processEvents();
                            }};
    const auto outcome = exportRun(trace_, request, watch);
    setExporting(false);
    if (!outcome) {
        sentence_->setText(QString::fromStdString(outcome.error().message));
        return;
    }
    const QString size = QLocale().formattedDataSize(static_cast<qint64>(outcome->bytes), 1, QLocale::DataSizeSIFormat);
    const QString done = tr("%1 was written, %2.").arg(request.path, size);
    sentence_->setText(outcome->note.isEmpty() ? done : done + QLatin1Char(' ') + outcome->note);
}

void ExportDialog::setExporting(bool exporting) {
    exporting_ = exporting;
    progress_->setVisible(exporting);
    progress_->setValue(0);
    for (QWidget* box : std::initializer_list<QWidget*>{kind_, table_, step_, speed_, width_, height_, scale_, theme_, loops_, export_}) {
        box->setEnabled(!exporting);
    }
    close_->setText(exporting ? tr("Stop") : tr("Close"));
    if (!exporting) {
        refresh();
    }
}

void ExportDialog::reject() {
    if (exporting_) {
        stop_.request_stop();
        return;
    }
    QDialog::reject();
}

}  // namespace crystallite
