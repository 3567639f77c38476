"""What speaks for and against a string's being a title, over all its occurrences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.language.cue import Cue
from kg.language.forms import is_sentence_word
from kg.language.title_types import FILM_NOUN, WORK_NOUN
from kg.model import Span

ENOUGH = 1.0
"""The score from which a string is a title."""
_IN_SENTENCES = frozenset(("model", "film", "context", "apposition", "year"))
_GENRE = re.compile(
    rf"(?:{FILM_NOUN}|{WORK_NOUN}|horror|adventure|action|crime|fantasy|animation|family)", re.IGNORECASE
)


_JOINED = re.compile(r"[*_#|]|\s[–—/]\s|^(?:18|19|20)\d\d\s")
"""What stands between a title and something else, never in one: markup, a dash, the year of a list."""


@dataclass(slots=True)
class Evidence:
    """What speaks for a string: its cues by place, and what the model thinks of its occurrences."""

    string: str
    cues: dict[Span, Cue] = field(default_factory=dict)
    title: float = 0.0
    person: float = 0.0
    other: float = 0.0
    count: int = 0
    prose: int = 0
    part: bool = False

    def add(self, cue: Cue) -> None:
        """One more cue; of several at one place the strongest counts."""
        known = self.cues.get(cue.span)
        if known is None or known.weight < cue.weight:
            self.cues[cue.span] = cue

    @property
    def best(self) -> Cue:
        """The strongest cue."""
        return max(self.cues.values(), key=lambda cue: (cue.weight, -cue.span.start))

    @property
    def kind(self) -> str:
        """Film or Work where a cue tells it."""
        return next((cue.kind for cue in self.cues.values() if cue.kind), "")

    @property
    def score(self) -> float:
        """One or more: a title."""
        weights = sorted((cue.weight for cue in self.cues.values()), reverse=True)
        repeated = min(0.5, 0.3 * sum(weights[1:]))
        against = 0.9 * max(0.0, self.person - self.title)
        if self.best.why == "italic":  # many a title is somebody's name, and nobody's name is in italics
            against /= 4
        if self.best.why not in ("film", "titled") and not any(map(is_sentence_word, self.string.split())):
            against += 0.6 * max(0.0, self.other - self.title)
        if self.best.why in ("quoted", "italic", "question"):
            against /= 2
        return weights[0] + repeated + 1.4 * self.title - against - self._doubt()

    def _doubt(self) -> float:
        """What a single word lacks that only stands in a sentence; more where a longer name holds it."""
        best = self.best
        if _JOINED.search(self.string):
            return 0.6
        if best.why in _IN_SENTENCES and _GENRE.fullmatch(self.string):
            return 2.0
        if best.why == "section" and not self.prose:
            return 1.0
        if " " in self.string or best.why not in _IN_SENTENCES:
            return 0.0
        if best.why == "year":
            return 0.5 * self.part
        return 0.9 if self.part else 0.3
