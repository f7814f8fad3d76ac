#include "app/canvas/slot_light.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace crystallite {

std::optional<LargestWeight> largestWeight(const SlotLight& light) {
    const auto largest = std::ranges::max_element(light.weights);
    if (largest == light.weights.end() || !(*largest > 0.0F)) {
        return std::nullopt;
    }
    return LargestWeight{.position = static_cast<uint32_t>(largest - light.weights.begin()), .weight = *largest};
}

std::vector<float> lightShares(const SlotLight& light) {
    std::vector<float> shares(light.weights.size(), 0.0F);
    if (const auto largest = largestWeight(light)) {
        std::ranges::transform(light.weights, shares.begin(),
                               [&](float weight) { return std::clamp(weight / largest->weight, 0.0F, 1.0F); });
    }
    return shares;
}

QString lightCaption(const SlotLight& light) {
    const auto translated = [](const char* text) { return QCoreApplication::translate("crystallite::SlotLight", text); };
    const auto largest = largestWeight(light);
    const QString scale = !largest ? translated("No weight is above 0.")
                                   : translated("Light grows in proportion to the weight; brightest: %1 at position %2.")
                                         .arg(QLocale().toString(static_cast<double>(largest->weight), 'f', 3))
                                         .arg(largest->position + 1);
    return QStringLiteral("%1\n%2  ·  %3").arg(light.caption, translated("Extra measurement, not part of the run."), scale);
}

}  // namespace crystallite
