#include "app/shell_style.h"

#include "app/sentence.h"

#include <QApplication>
#include <QFontDatabase>
#include <QLabel>
#include <QPainter>
#include <QPolygonF>
#include <QProxyStyle>
#include <QRegularExpression>
#include <QStyle>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolButton>
#include <QVariant>
#include <QWidget>

#include <glm/common.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace crystallite {
namespace {

constexpr char kClassProperty[] = "styleClass";

/// Points of a sheet that is written for text of its usual size.
constexpr double kUsualPoints = 10.0;

/// Placeholders are @name; values are colours of the theme. Points (pt) and units (u, a pixel at the usual size) grow with the text.
constexpr char kSheet[] = R"(
* { outline: none; }
QMainWindow, QDialog { background: @panel; }
QMainWindow::separator { background: @border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QMenuBar { background: @panel; padding: 3px 4px; border: none; }
QMenuBar::item { padding: 5px 10px; border-radius: 5px; background: transparent; color: @mutedText; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @raised; color: @text; }
QMenu { background: @panel; border: 1px solid @border; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 24px; border-radius: 4px; }
QMenu::item:selected { background: @accent; color: @onAccent; }
QMenu::item:disabled { color: @disabled; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: 5px 8px; }
QToolBar { background: @panel; border: none; border-bottom: 1px solid @border; padding: 0; spacing: 0; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 5px 7px; }

QLabel[styleClass="caption"] { color: @mutedText; font-weight: 600; font-size: 8.2pt; }
QLabel[styleClass="muted"] { color: @mutedText; }
QLabel[styleClass="title"] { font-weight: 600; font-size: 11.5pt; }
QLabel[styleClass="name"] { font-weight: 700; padding: 5px 8px 5px 14px; }
QLabel[styleClass="warning"] { color: @warning; }
QLabel[styleClass="tag"] { color: @mutedText; border: 1px solid @border; border-radius: 3px; padding: 0px 4px; font-size: 7.5pt; }
QLabel[styleClass="live"] { background: @accent; color: @onAccent; border: 1px solid @accent; border-radius: 4px; padding: 2px 8px; font-weight: 700; font-size: 8.5pt; }
QLabel[styleClass="replay"] { color: @text; border: 1px solid @facetEdge; border-radius: 4px; padding: 2px 8px; font-weight: 700; font-size: 8.5pt; }

QPushButton, QComboBox, QToolButton#choice { background: @window; border: 1px solid @border; border-radius: 5px; padding: 4px 11px; min-height: 18px; }
QPushButton:hover, QComboBox:hover { background: @raised; border-color: @facetEdge; }
QPushButton:pressed, QPushButton:checked { background: @raised; border-color: @facetEdge; }
QPushButton:focus, QComboBox:focus, QToolButton:focus { border-color: @accent; }
QPushButton:disabled, QComboBox:disabled { color: @disabled; background: @panel; }
QPushButton[styleClass="primary"] { background: @primary; border-color: @primaryEdge; color: @onPrimary; font-weight: 600; }
QPushButton[styleClass="primary"]:hover { background: @primaryHover; }
QPushButton:checked:focus { border-color: @focusRing; }
QPushButton[styleClass="primary"]:focus { background: @primaryFocus; color: @onPrimaryFocus; border-color: @focusRing; }
QPushButton[styleClass="primary"]:disabled { background: @panel; border-color: @border; color: @disabled; font-weight: 400; }
QComboBox { padding-right: 4px; }
QComboBox::drop-down { border: none; width: 20u; }
QComboBox::down-arrow { image: url(@down); width: 12u; height: 12u; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @border; selection-background-color: @accent; selection-color: @onAccent; padding: 3px; }

QToolButton { border: 1px solid transparent; border-radius: 5px; padding: 4px; background: transparent; }
QToolButton:hover { background: @raised; }
QToolButton:pressed, QToolButton:checked { background: @raised; border-color: @border; }

QPlainTextEdit, QLineEdit, QAbstractSpinBox { background: @window; border: 1px solid @border; border-radius: 5px; padding: 4px 7px; selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit:focus, QLineEdit:focus, QAbstractSpinBox:focus { border-color: @accent; }
QAbstractSpinBox { min-height: 18px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none; width: 18u; }
QAbstractSpinBox::up-arrow { image: url(@up); width: 10u; height: 10u; }
QAbstractSpinBox::down-arrow { image: url(@down); width: 10u; height: 10u; }
QPlainTextEdit#reading { font-size: 11pt; border: 1px solid transparent; border-radius: 0; background: @window; padding: 0; }
QPlainTextEdit#reading:focus { border-color: @accent; border-radius: 4px; }
QCheckBox { spacing: 7px; color: @mutedText; border: 1px solid transparent; border-radius: 4px; padding: 1px; }
QCheckBox:focus { color: @text; border-color: @accent; }
QCheckBox::indicator { width: 13u; height: 13u; border: 1px solid @facetEdge; border-radius: 3px; background: @window; }
QCheckBox:disabled { color: @disabled; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@check); }
QCheckBox::indicator:disabled { background: @panel; border-color: @border; image: none; }
QRadioButton { spacing: 7px; border: 1px solid transparent; border-radius: 4px; padding: 1px; }
QRadioButton:focus { border-color: @accent; }
QRadioButton::indicator { width: 11u; height: 11u; border: 1px solid @facetEdge; border-radius: 6u; background: @window; }
QRadioButton::indicator:checked { border-color: @accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0.55 @accent, stop: 0.65 @window); }
QRadioButton::indicator:disabled { background: @panel; border-color: @border; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @facetEdge; }
QSlider::sub-page:horizontal { border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 14px; margin: -6px 0; border: 1px solid @window; border-radius: 8px; background: @text; }
QSlider:focus { border: 1px solid @accent; border-radius: 4px; }
QWidget#transport, QWidget#runPanel, QWidget#searchPanel, QWidget#verdict { background: @panel; }
QWidget#verdict { border-top: 1px solid @border; }

QDockWidget { titlebar-close-icon: url(@close); titlebar-normal-icon: url(@float); font-weight: 600; color: @mutedText; }
QDockWidget::title { background: @panel; padding: 7px 12px; border-bottom: 1px solid @border; text-align: left; }
QDockWidget::close-button, QDockWidget::float-button { border: none; border-radius: 4px; padding: 1px; background: transparent; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: @panel; color: @mutedText; padding: 5px 12px; border: 1px solid transparent; border-radius: 4px; }
QTabBar::tab:selected { color: @text; background: @raised; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { border-color: @accent; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: @raised; }
QScrollArea, QScrollArea > QWidget > QWidget { background: @panel; border: none; }
QTableWidget { background: @panel; border: 1px solid transparent; border-radius: 4px; gridline-color: transparent; selection-background-color: @raised; selection-color: @text; }
QTableWidget:focus { border-color: @accent; }
QTableWidget#keys { background: @window; border-color: @border; }
QTableWidget#keys::item { padding: 0 8px; }
QTableView#models { background: @window; border: 1px solid @border; border-radius: 4px; selection-background-color: @raised; selection-color: @text; }
QTableView#models:focus { border-color: @accent; }
QTableView#models::item { padding: 0 8px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QHeaderView::section { background: @panel; border: none; border-bottom: 1px solid @border; padding: 5px 8px; color: @mutedText; }
QSplitter::handle { background: @border; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @facetEdge; border-radius: 3px; min-height: 28px; min-width: 28px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QFrame#messageBar { background: @raised; border: none; border-bottom: 1px solid @border; }
QFrame#messageBar[styleClass="problem"] { border-left: 3px solid @warning; }
QWidget#centre { background: @window; }
QFrame#slotOverlay, QLabel#slotNote { background: @raised; border: 1px solid @accent; border-radius: 6px; }
QFrame#slotOverlay QLabel { background: transparent; }
QFrame#branchBar { background: @panel; border: none; border-top: 1px solid @border; }
QFrame#branchBar QLabel { background: transparent; }
QFrame#dropArea { background: @window; border: 1px dashed @facetEdge; border-radius: 8px; }
QFrame#dropArea QLabel { background: transparent; }
QToolButton#section { color: @mutedText; font-weight: 600; font-size: 8.2pt; padding: 2px 4px 2px 0; }
QToolButton#section:checked { background: transparent; border-color: transparent; }
QToolButton#section:hover, QToolButton#section:focus { color: @text; }
QToolButton#section:focus { border-color: @accent; }
QToolButton#lock { border-color: @border; padding: 2px 8px; color: @mutedText; }
QToolButton#lock:checked { color: @text; border-color: @accent; }
QToolButton#lock:focus { border-color: @accent; }
QToolButton#lock:disabled { color: @disabled; }
QPlainTextEdit#raw { background: @window; padding: 4px; }
QListView#searchResults { background: @panel; border: 1px solid transparent; border-radius: 4px; }
QListView#searchResults:focus { border-color: @accent; }
QListView#searchResults::item { padding: 4px 4px; border-bottom: 1px solid @border; color: @text; }
QListView#searchResults::item:selected { background: @raised; color: @text; }
QTreeView#runTree { background: @panel; border: 1px solid transparent; border-radius: 4px; }
QTreeView#runTree:focus { border-color: @accent; }
QTreeView#runTree::item { color: @text; }
QTreeView#runTree::item:selected { background: @raised; color: @text; }
QListView#changes { background: @panel; border: 1px solid transparent; border-radius: 4px; padding: 5px; }
QListView#changes:focus { border-color: @accent; }
QListView#changes::item { padding: 5px 8px; border-radius: 4px; color: @text; }
QListView#changes::item:selected { background: @raised; color: @text; }
QListWidget { background: @window; border: 1px solid @border; border-radius: 5px; padding: 3px; }
QListWidget:focus { border-color: @accent; }
QListWidget::item { padding: 5px 8px; border-radius: 4px; color: @text; }
QListWidget::item:selected { background: @raised; color: @text; }
QToolButton#disclosure { color: @mutedText; padding: 2px 4px 2px 0; }
QToolButton#disclosure:checked { background: transparent; border-color: transparent; }
QToolButton#disclosure:hover, QToolButton#disclosure:focus { color: @text; }
QToolButton#disclosure:focus { border-color: @accent; }
QFrame#hairline { background: @border; border: none; }
QScrollArea#sent { border: 1px solid transparent; border-radius: 4px; }
QScrollArea#sent:focus { border-color: @accent; }
QFrame#messageBar QLabel { border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QFrame#messageBar QLabel:focus { border-color: @accent; }
QProgressBar { background: @raised; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
)";

/// Where everything has the same ground, a state that was a fill is a heavier outline.
constexpr char kHighContrastSheet[] = R"(
QPlainTextEdit:focus, QLineEdit:focus, QAbstractSpinBox:focus { border: 2px solid @focusRing; padding: 3px 6px; }
QToolButton:focus, QToolButton#disclosure:focus { border: 2px solid @focusRing; }
QTableWidget:focus, QTableView#models:focus, QListWidget:focus, QListView#changes:focus, QTreeView#runTree:focus, QPlainTextEdit#reading:focus, QScrollArea#sent:focus { border: 2px solid @focusRing; }
QPushButton:checked { border: 2px solid @text; padding: 3px 10px; text-decoration: underline; }
QToolButton:checked { border: 2px solid @text; padding: 3px; }
QTabBar::tab:selected { border-bottom: 3px solid @text; padding-bottom: 3px; }
QTabBar::tab:focus { border: 2px solid @focusRing; padding: 4px 11px; }
QPushButton:hover, QComboBox:hover { border-color: @text; }
QToolButton:hover { border-color: @border; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @accent; color: @onAccent; }
QListWidget::item:selected, QListView#changes::item:selected, QTableWidget::item:selected, QTableView#models::item:selected { background: @accent; color: @onAccent; }
QPushButton[styleClass="primary"] { background: @window; color: @text; border: 2px solid @accent; padding: 3px 10px; }
QPushButton[styleClass="primary"]:hover { background: @window; border-color: @text; }
QPushButton[styleClass="primary"]:disabled { border: 1px solid @border; padding: 4px 11px; }
QPushButton:focus, QPushButton[styleClass="primary"]:focus, QComboBox:focus { background: @focusRing; color: @window; }
QProgressBar { border: 1px solid @border; max-height: 6px; }
)";

QString scaledSizes(const QString& sheet, double factor) {
    static const QRegularExpression kSizes(QStringLiteral("(\\d+(?:\\.\\d+)?)(pt|u)\\b"));
    QString scaled;
    qsizetype end = 0;
    for (auto found = kSizes.globalMatch(sheet); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const double size = match.captured(1).toDouble() * factor;
        scaled += sheet.mid(end, match.capturedStart() - end);
        scaled += match.captured(2) == QStringLiteral("pt") ? QString::number(size, 'f', 2) + QStringLiteral("pt")
                                                            : QString::number(std::lround(size)) + QStringLiteral("px");
        end = match.capturedEnd();
    }
    return scaled + sheet.mid(end);
}

/// What no style sheet can say: buttons are words, and the icons of title bars grow with the text.
class ShellStyle final : public QProxyStyle {
public:
    ShellStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override {
        return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }

    /// Fusion's arrows have one size; ours fill the place that a tool button gives its icon.
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override {
        const bool isArrow = element == PE_IndicatorArrowDown || element == PE_IndicatorArrowUp || element == PE_IndicatorArrowRight ||
                             element == PE_IndicatorArrowLeft;
        if (isArrow && qobject_cast<const QToolButton*>(widget) != nullptr) {
            drawArrow(element, *option, *painter);
        } else {
            QProxyStyle::drawPrimitive(element, option, painter, widget);
        }
    }

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override {
        const int usual = QProxyStyle::pixelMetric(metric, option, widget);
        return metric == PM_TitleBarButtonIconSize || metric == PM_SmallIconSize ? static_cast<int>(std::lround(usual * textScale()))
                                                                                 : usual;
    }

private:
    static void drawArrow(PrimitiveElement element, const QStyleOption& option, QPainter& painter) {
        constexpr double kLong = 0.62;  // of the place
        const double side = std::min(option.rect.width(), option.rect.height()) * kLong;
        const double turn = element == PE_IndicatorArrowDown    ? 0.0
                            : element == PE_IndicatorArrowUp    ? 180.0
                            : element == PE_IndicatorArrowRight ? -90.0
                                                                : 90.0;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(QRectF(option.rect).center());
        painter.rotate(turn);
        painter.setPen(Qt::NoPen);
        painter.setBrush(option.palette.buttonText());
        painter.drawPolygon(QPolygonF{{-side / 2.0, -side / 4.0}, {side / 2.0, -side / 4.0}, {0.0, side / 4.0}});
        painter.restore();
    }
};

}  // namespace

double textScale() {
    return QApplication::font().pointSizeF() / kUsualPoints;
}

void setStyleClass(QWidget* widget, const char* name) {
    if (widget->property(kClassProperty) == QLatin1String(name)) {
        return;
    }
    widget->setProperty(kClassProperty, QLatin1String(name));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QFont captionFont() {
    QFont font;  // no more than this: its size comes from the style sheet, which grows with the text of the window
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::PercentageSpacing, 106);
    return font;
}

QLabel* makeCaption(const QString& text, QWidget* parent) {
    auto* caption = new QLabel(text, parent);
    caption->setFont(captionFont());
    setStyleClass(caption, style_class::kCaption);
    return caption;
}

QLabel* makeSentence(const char* styleClass, QWidget* parent) {
    auto* sentence = new Sentence(parent);
    setStyleClass(sentence, styleClass);
    return sentence;
}

QColor mix(const Colour& a, const Colour& b, float share) {
    return toQColor(glm::mix(a, b, share));
}

QFont shellFont(int percent) {
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (QFontDatabase::families().contains(QStringLiteral("Inter"))) {
        font.setFamily(QStringLiteral("Inter"));
    }
    font.setPointSizeF(std::max(font.pointSizeF(), kUsualPoints) * percent / 100.0);
    return font;
}

QString shellStyleSheet(const Theme& theme, int percent) {
    // The primary button stands out by a tint of the accent that keeps text at full contrast in both themes.
    const float tint = theme.dark ? 0.34F : 1.0F;
    const Colour onPrimary = theme.dark ? theme.text : theme.onAccent;
    const std::pair<const char*, QColor> colours[] = {
        {"@window", toQColor(theme.window)},
        {"@panel", toQColor(theme.panel)},
        {"@raised", toQColor(theme.raised)},
        {"@border", toQColor(theme.border)},
        {"@text", toQColor(theme.text)},
        {"@mutedText", toQColor(theme.mutedText)},
        {"@disabled", toQColor(theme.masked)},
        {"@accent", toQColor(theme.accent)},
        {"@onAccent", toQColor(theme.onAccent)},
        {"@warning", toQColor(theme.warning)},
        {"@facetEdge", toQColor(theme.facetEdge)},
        {"@focusRing", toQColor(theme.focusRing)},
        // On a light ground the button is as dark as any ring around it.
        {"@primaryFocus", theme.dark ? mix(theme.panel, theme.accent, tint) : toQColor(theme.window)},
        {"@onPrimaryFocus", toQColor(theme.dark ? theme.text : theme.accent)},
        {"@primaryHover", mix(theme.panel, theme.accent, theme.dark ? 0.46F : 0.86F)},
        {"@primaryEdge", mix(theme.panel, theme.accent, theme.dark ? 0.62F : 1.0F)},
        {"@primary", mix(theme.panel, theme.accent, tint)},
        {"@onPrimary", toQColor(onPrimary)}};
    QString sheet = scaledSizes(QString::fromLatin1(kSheet) + QLatin1String(theme.highContrast ? kHighContrastSheet : ""),
                                shellFont(percent).pointSizeF() / kUsualPoints);
    const QString shade = theme.dark ? QStringLiteral("dark") : QStringLiteral("light");
    for (const char* icon : {"close", "float", "check", "up", "down"}) {
        sheet.replace(QStringLiteral("url(@%1)").arg(QLatin1String(icon)),
                      QStringLiteral("url(:/icons/%1-%2.png)").arg(QLatin1String(icon), shade));
    }
    for (const auto& [name, colour] : colours) {
        sheet.replace(QRegularExpression(QLatin1String(name) + QStringLiteral("\\b")), colour.name());
    }
    return sheet;
}

void setupApplicationStyle(QApplication& application) {
    application.setStyle(new ShellStyle);
    application.setFont(shellFont());
}

void applyTheme(QApplication& application, const Theme& theme, int textPercent) {
    application.setPalette(theme.palette());
    application.setFont(shellFont(textPercent));
    application.setStyleSheet(shellStyleSheet(theme, textPercent));
}

QPalette desktopPalette(QApplication& application) {
    // An application palette hides the desktop's until it is taken back.
    application.setPalette(QPalette());
    return QApplication::palette();
}

}  // namespace crystallite
