"""A line of the benchmark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured: our figure, that of a peer if there is one, their unit, what to know of it."""

    what: str
    ours: float
    peer: float | None
    unit: str
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by the peer's."""
        return self.ours / self.peer if self.peer else None
