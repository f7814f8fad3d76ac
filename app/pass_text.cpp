#include "app/pass_text.h"

#include "app/conversions.h"

#include <QStringList>

namespace crystallite {
namespace {

QString passText(const PassRecord& pass) {
    const QString rows = pass.rows == 1 ? translate("1 row") : translate("%1 rows").arg(pass.rows);
    switch (pass.kind) {
        case PassKind::Denoise: return translate("denoises %1").arg(rows);
        case PassKind::Refresh: return translate("refreshes %1").arg(rows);
        case PassKind::Prefill: return translate("prefills %1").arg(rows);
        case PassKind::Commit: return translate("commits %1").arg(rows);
    }
    return {};
}

}  // namespace

QString cacheLabel(CacheKind cache) {
    const QString name = toQString(nameOf(cache));
    return isApproximate(cache) ? translate("%1 (approximate)").arg(name) : name;
}

QString cacheText(CacheKind cache) {
    switch (cache) {
        case CacheKind::None: return translate("Every pass computes every row that it needs");
        case CacheKind::Exact: return translate("Keeps what is finished; the answer is the same to the last token, and comes sooner");
        case CacheKind::Prefix:
            return translate("Keeps what stands before the block as it was when the block began; the answer may be another one");
        case CacheKind::Dual:
            return translate("Keeps what stands before and behind the block as it was when the block began; the answer may be another one");
        case CacheKind::SubBlock:
            return translate("Keeps what is finished and, inside a block, its other parts as they were; the answer may be another one");
    }
    return {};
}

QString passesText(const StepRecord& record) {
    if (record.lacksPasses()) {
        return {};
    }
    QStringList texts;
    for (const PassRecord& pass : record.passes) {
        texts.append(passText(pass));
    }
    return texts.isEmpty() ? translate("no pass") : texts.join(QStringLiteral(", "));
}

}  // namespace crystallite
