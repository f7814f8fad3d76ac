#include "app/memory_view.h"

#include "app/memory_bar.h"
#include "app/model_text.h"
#include "app/shell_style.h"

#include <QLabel>
#include <QVBoxLayout>

namespace crystallite {

MemoryView::MemoryView(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addWidget(makeCaption(tr("Memory"), this));
    for (Row& row : rows_) {
        row = {
            .bar = new MemoryBar(this), .sum = makeSentence(style_class::kPlain, this), .parts = makeSentence(style_class::kMuted, this)};
        layout->addWidget(row.bar);
        layout->addWidget(row.sum);
        layout->addWidget(row.parts);
    }
    advice_ = makeSentence(style_class::kWarning, this);
    layout->addWidget(advice_);
}

void MemoryView::setPlan(const MemoryPlan& plan) {
    for (size_t i = 0; i < rows_.size(); ++i) {
        const bool used = i < plan.shares.size();
        for (QWidget* widget : std::initializer_list<QWidget*>{rows_[i].bar, rows_[i].sum, rows_[i].parts}) {
            widget->setVisible(used);
        }
        if (used) {
            const MemoryShare& share = plan.shares[i];
            const QString sum = shareText(plan, share);
            rows_[i].bar->setShare(share);
            rows_[i].bar->setAccessibleName(tr("Memory: %1").arg(sum));
            rows_[i].sum->setText(sum);
            setStyleClass(rows_[i].sum, share.fits() ? style_class::kPlain : style_class::kWarning);
            rows_[i].parts->setText(partsText(plan, share));
        }
    }
    advice_->setVisible(!plan.fits());
    advice_->setText(plan.isSplit() ? tr("Choose smaller weights, another number of layers, or another device.")
                                    : tr("Choose smaller weights or another device."));
}

}  // namespace crystallite
