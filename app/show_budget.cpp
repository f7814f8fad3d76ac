#include "app/show_budget.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace crystallite {

void ShowBudget::forgive(int64_t now, int64_t spent) {
    balance_ = 0.0;
    aside_ = 0.0;
    now_ = now;
    spent_ = spent;
    isDrawing_ = false;
    hasShown_ = false;
}

void ShowBudget::account(int64_t now, int64_t spent) {
    const auto cost = static_cast<double>(spent - spent_);
    const double fromAside = std::min(aside_, cost);
    aside_ -= fromAside;
    balance_ = std::min(0.0, balance_ + limits_.rate * static_cast<double>(now - now_) - (cost - fromAside));
    now_ = now;
    spent_ = spent;
    if (isDrawing_ && now - shownAt_ >= kDrawnAfter) {
        settle(spent);
    }
}

/// The frame is drawn: what it cost is known.
void ShowBudget::settle(int64_t spent) {
    isDrawing_ = false;
    frameCost_ = spent - spentAtShown_;
    balance_ = std::min(0.0, balance_ + std::exchange(aside_, 0.0));
}

bool ShowBudget::mayShow(int64_t now, int64_t spent) {
    return wait(now, spent) == 0;
}

int64_t ShowBudget::wait(int64_t now, int64_t spent) {
    account(now, spent);
    const int64_t untilScreen = hasShown_ ? std::max<int64_t>(0, shownAt_ + limits_.leastInterval - now) : 0;
    const auto untilPaid = balance_ < 0.0 ? static_cast<int64_t>(std::ceil(-balance_ / limits_.rate)) : 0;
    return std::max(untilScreen, untilPaid);
}

void ShowBudget::shown(int64_t now, int64_t spent) {
    account(now, spent);
    if (isDrawing_) {
        settle(spent);
    }
    isDrawing_ = true;
    hasShown_ = true;
    shownAt_ = now;
    spentAtShown_ = spent;
    aside_ = static_cast<double>(frameCost_);
    balance_ -= aside_;
}

}  // namespace crystallite
