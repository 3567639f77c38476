"""From a logit to a confidence: the share of such pairs that was right in articles not learned from."""

from __future__ import annotations

import math
from collections.abc import Mapping


def terms(relation: str, one: str, two: str, drafted: bool) -> tuple[str, ...]:
    """The names of the terms that a relation has between ends that stand in these ways.

    What a construction drafted, too, has terms apart.
    """
    prefix = "drafted " if drafted else ""
    parts = (relation, f"s {one}", f"o {two}", f"{relation} {one}", f"{relation} {one} {two}")
    return tuple(f"{prefix}{part}" for part in ("all", *parts))


def confidence(
    calibration: Mapping[str, float], names: tuple[str, ...], logit: float, drafted: float | None
) -> float:
    """The confidence of a logit; `drafted` is that of a construction that drafted the same, or None."""
    odds = sum(calibration.get(name, 0.0) for name in names) + calibration["logit"] * logit
    if drafted is not None:
        odds += calibration["drafted"] * log_odds(drafted)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def log_odds(share: float) -> float:
    """The log odds of a probability, kept off the ends."""
    share = min(max(share, 0.02), 0.98)
    return math.log(share / (1 - share))
