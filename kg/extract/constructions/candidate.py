"""A frame that matched somewhere, before its slots are resolved and the gate has seen it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.context import Argument
from kg.extract.tree import Tree
from kg.lexicon import Frame


@dataclass(slots=True)
class Candidate:
    """One match of one frame: `slots` hold the heads of what stands there, `fixed` what is already resolved.

    `trigger` is the token that set the frame off; `predicate` the clause whose negation or modality counts;
    `single` the slot that one thing fills, whatever is coordinated with it ("X, a poet, and Y").
    """

    frame: Frame
    construction: str
    tree: Tree
    trigger: int
    slots: dict[str, list[int]] = field(default_factory=dict)
    fixed: dict[str, list[Argument]] = field(default_factory=dict)
    confidence: float = 1.0
    predicate: int | None = None
    single: str = ""

    @property
    def rule(self) -> str:
        """The row and the construction, `director/verb:direct/passive`."""
        return f"{self.frame.rule}/{self.construction}"

    def filled(self, slot: str) -> bool:
        """True where something stands in the slot, resolved or not."""
        return bool(self.slots.get(slot)) or bool(self.fixed.get(slot))
