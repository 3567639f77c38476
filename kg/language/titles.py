"""The titles of films and other works that a document speaks of, found over the whole document.

Every cue in the text and every name that the model takes for a title proposes a string. A string is accepted
on the evidence of all its occurrences, and then marked wherever it occurs as a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.language.cue import Cue
from kg.language.forms import is_common
from kg.language.names import Reading
from kg.language.parse import Block, Title
from kg.language.phrases import Words
from kg.language.title_cues import cues, from_names
from kg.language.title_rivals import is_rival, parts_of
from kg.language.title_types import FILM_NOUN, WORK_NOUN, kind_at
from kg.model import Span

_ENOUGH = 1.0
_OTHERS = frozenset(("Person", "Character", "Place", "Organization", "Publication", "Award"))
_GENRE = re.compile(
    rf"(?:{FILM_NOUN}|{WORK_NOUN}|horror|adventure|action|crime|fantasy|animation|family)", re.IGNORECASE
)
_UNMARKED = frozenset(
    ("model", "film", "context", "apposition", "year", "phrase", "wording", "capitals", "heading", "section")
)
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
    def kind(self) -> str:
        """Film or Work where a cue tells it."""
        return next((cue.kind for cue in self.cues.values() if cue.kind), "")

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
        best = self.best
        if best.why in _IN_SENTENCES and _GENRE.fullmatch(self.string):
            return 2.0
        if best.why == "section" and not self.prose:
            return 1.0
        if " " in self.string or best.why not in _IN_SENTENCES:
            return 0.0
        if best.why == "year":
            return 0.5 * self.part
        return 0.9 if self.part else 0.3


def find(
    text: str, blocks: Sequence[Block], reading: Reading, given: Sequence[str] = ()
) -> tuple[Title, ...]:
    """Every occurrence of every title, in order, none inside another."""
    words = Words(text, reading)
    people = _people(reading)
    proposed: dict[str, Evidence] = {}
    for cue in (*cues(words, blocks), *from_names(words, blocks, reading.names)):
        _propose(words, proposed, people, cue)
    for title in given:
        if title.strip():
            _of(proposed, title.strip()).add(Cue(Span(0, 0), 9.0, "given"))
    _weigh(words, blocks, proposed)
    accepted = _accepted(proposed, people)
    return tuple(_marked(words, accepted))


def _people(reading: Reading) -> set[str]:
    """The full names and the surnames of the people of the document."""
    full = {
        name.text for name in reading.names if name.type == "Person" and " " in name.text and name.score > 0.6
    }
    return full | {name.split()[-1] for name in full}


def _accepted(proposed: dict[str, Evidence], people: Collection[str]) -> dict[str, Evidence]:
    """The strings with evidence enough, without those that only join one of them with something else."""
    enough = {string: evidence for string, evidence in proposed.items() if evidence.score >= _ENOUGH}
    return {
        string: evidence
        for string, evidence in enough.items()
        if evidence.best.why not in _UNMARKED or not is_rival(string, enough, people)
    }


def _propose(words: Words, proposed: dict[str, Evidence], people: Collection[str], cue: Cue) -> None:
    """Adds a cue, and a like one for what may be the title inside it."""
    string = words.text[cue.span.start : cue.span.end]
    if not string:
        return
    _of(proposed, string).add(cue)
    if cue.why not in _UNMARKED:
        return
    for part in parts_of(string, people):
        if " " not in part and cue.why in ("wording", "phrase"):
            continue
        start = cue.span.start + string.index(part)
        span = Span(start, start + len(part))
        left_out = words.reading.words(
            Span(cue.span.start, start) if start > cue.span.start else Span(span.end, cue.span.end)
        )
        if words.reading.mean(words.reading.title, left_out) < 0.5 or string[: len(part)] != part:
            _of(proposed, part).add(replace(cue, span=span))


def _of(proposed: dict[str, Evidence], string: str) -> Evidence:
    if string not in proposed:
        proposed[string] = Evidence(string)
    return proposed[string]


def _weigh(words: Words, blocks: Sequence[Block], proposed: dict[str, Evidence]) -> None:
    """Notes for each string what the model thinks of all its occurrences, and how often prose has it."""
    number = 0
    longer = {
        part
        for name in words.reading.names
        if name.type in _OTHERS
        for part in name.text.split()[: 9 * (" " in name.text)]
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
        best = evidence.best
        if evidence.prose and best.why in ("heading", "section"):
            evidence.add(Cue(best.span, best.weight + min(0.8, 0.4 * evidence.prose), best.why))


def occurrences(text: str, strings: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Where the strings occur as whole words, the longest first, none inside another."""
    ordered = sorted(strings, key=lambda string: (-len(string), string))
    if not ordered:
        return
    pattern = "|".join(re.escape(string) for string in ordered)
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text):
        yield Span(*match.span()), match.group()


def _marked(words: Words, accepted: dict[str, Evidence]) -> Iterator[Title]:
    """The occurrences that are titles; their type is what the words around say, else what others say."""
    found = [(span, accepted[string]) for span, string in occurrences(words.text, accepted)]
    kept = [(span, evidence) for span, evidence in found if _stands(words, span, evidence)]
    local = [kind_at(words.text, span) for span, _ in kept]
    default: dict[str, str] = {}
    for (_, evidence), kind in zip(kept, local, strict=True):
        known = default.get(evidence.string, evidence.kind)
        default[evidence.string] = "Film" if "Film" in (known, kind) else known or kind
    for (span, evidence), kind in zip(kept, local, strict=True):
        yield Title(span, evidence.string, kind or default[evidence.string] or "Film", evidence.best.why)


def _stands(words: Words, span: Span, evidence: Evidence) -> bool:
    """True where an occurrence is the title and not a person or a word that begins a sentence."""
    if span in evidence.cues or evidence.best.why == "given":
        return True
    inside = words.reading.words(span)
    title = words.reading.mean(words.reading.title, inside)
    if (
        len(inside) > 1
        or not inside
        or title > 0.3
        or kind_at(words.text, span)
        or words.text[span.end : span.end + 2] == " ("
    ):
        return True
    person = words.reading.mean(words.reading.person, inside)
    if person > 0.75 and evidence.person > 0.5:
        return False
    return not (is_common(evidence.string) and words.reading.first[inside.start] > 127)
