"""Proportions with their uncertainty."""

from __future__ import annotations

import math


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """95 % interval of a proportion (Wilson 1927): sensible near 0 and 1, unlike the normal approximation."""
    z = 1.959964
    centre = (successes + z * z / 2) / (trials + z * z)
    half = z / (trials + z * z) * math.sqrt(successes * (trials - successes) / trials + z * z / 4)
    return max(0.0, centre - half), min(1.0, centre + half)


def proportion(successes: int, trials: int) -> dict[str, float]:
    """As it stands in evaluation.json: counts, rate and 95 % interval."""
    low, high = wilson_interval(successes, trials)
    return {"right": successes, "of": trials, "rate": round(successes / trials, 4), "low": round(low, 4), "high": round(high, 4)}
