"""The titles of films and other works that a document speaks of, found over the whole document.

Every cue in the text and every name that the model takes for a title proposes a string. A string is accepted
on the evidence of all its occurrences, and then marked wherever it occurs as a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.language.cue import Cue
from kg.language.names import Reading
from kg.language.parse import Block, Title
from kg.language.phrases import Words
from kg.language.title_cues import cues, from_names
from kg.language.title_types import kind_at
from kg.model import Span

_ENOUGH = 1.0
_OTHERS = frozenset(("Person", "Character", "Place", "Organization", "Publication", "Award"))
_IN_SENTENCES = frozenset(("model", "film", "context", "apposition", "year"))


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
    def score(self) -> float:
        """One or more: a title."""
        weights = sorted((cue.weight for cue in self.cues.values()), reverse=True)
        repeated = min(0.5, 0.3 * sum(weights[1:]))
        against = 0.9 * max(0.0, self.person - self.title)
        if self.best.why != "wording":
            against += 0.6 * max(0.0, self.other - self.title)
        return weights[0] + repeated + 1.4 * self.title - against - self._doubt()

    def _doubt(self) -> float:
        """What a single word lacks that only stands in a sentence; more where a longer name holds it."""
        if " " in self.string or self.best.why not in _IN_SENTENCES:
            return 0.0
        if self.best.why == "year":
            return 0.5 * self.part
        return 0.9 if self.part else 0.3


def find(
    text: str, blocks: Sequence[Block], reading: Reading, given: Sequence[str] = ()
) -> tuple[Title, ...]:
    """Every occurrence of every title, in order, none inside another."""
    words = Words(text, reading)
    proposed: dict[str, Evidence] = {}
    for cue in (*cues(words, blocks), *from_names(words, blocks, reading.names)):
        if len(cue.span):
            _of(proposed, text[cue.span.start : cue.span.end]).add(cue)
    for title in given:
        if title.strip():
            _of(proposed, title.strip()).add(Cue(Span(0, 0), 9.0, "given"))
    _weigh(words, blocks, proposed)
    accepted = {string: evidence for string, evidence in proposed.items() if evidence.score >= _ENOUGH}
    return tuple(_marked(words, accepted))


def _of(proposed: dict[str, Evidence], string: str) -> Evidence:
    if string not in proposed:
        proposed[string] = Evidence(string)
    return proposed[string]


def _weigh(words: Words, blocks: Sequence[Block], proposed: dict[str, Evidence]) -> None:
    """Notes for each string what the model thinks of all its occurrences, and how often prose has it."""
    number = 0
    longer = {
        part for name in words.reading.names if name.type in _OTHERS for part in name.text.split()[: 9 * (" " in name.text)]
    }
    for span, string in occurrences(words.text, proposed):
        while blocks[number].span.end <= span.start:
            number += 1
        evidence = proposed[string]
        inside = words.reading.words(span)
        evidence.count += 1
        evidence.part = string in longer
        evidence.prose += blocks[number].kind not in ("heading", "label")
        evidence.title += words.reading.mean(words.reading.title, inside)
        evidence.person += words.reading.mean(words.reading.person, inside)
        evidence.other += words.reading.mean(words.reading.other, inside)
    for evidence in proposed.values():
        times = max(1, evidence.count)
        evidence.title /= times
        evidence.person /= times
        evidence.other /= times
        if evidence.prose and evidence.best.why == "heading":
            evidence.add(Cue(evidence.best.span, evidence.best.weight + min(0.8, 0.4 * evidence.prose), "heading"))


def occurrences(text: str, strings: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Where the strings occur as whole words, the longest first, none inside another."""
    ordered = sorted(strings, key=lambda string: (-len(string), string))
    if not ordered:
        return
    pattern = "|".join(re.escape(string) for string in ordered)
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text):
        yield Span(*match.span()), match.group()


def _marked(words: Words, accepted: dict[str, Evidence]) -> Iterator[Title]:
    for span, string in occurrences(words.text, accepted):
        yield Title(span, string, kind_at(words.text, span) or "Film", accepted[string].best.why)
