"""The titles of films and other works that a document speaks of, found over the whole document.

Every cue in the text and every name that the model takes for a title proposes a string. A string is accepted
on the evidence of all its occurrences, and then marked wherever it occurs as a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from kg.language.cue import Cue
from kg.language.forms import is_common
from kg.language.names import Reading
from kg.language.parse import Block, Title
from kg.language.phrases import Words
from kg.language.title_cues import cues, from_names
from kg.language.title_evidence import ENOUGH, Evidence
from kg.language.title_rivals import is_rival, parts_of
from kg.language.title_types import kind_at
from kg.model import Span

_REACH = 8
_PART_OF_A_DOCUMENT = 60
"""A shorter text whose titles are given is a part of a document: what is plain to see is added."""
_PLAIN_TO_SEE = frozenset(("given", "label", "quoted", "italic", "question", "repeated"))
_LIKELY = 77
_SMALL_TEXT = 500_000
_OTHERS = frozenset(("Person", "Character", "Place", "Organization", "Publication", "Award"))
_PLACED = re.compile(
    r"\b(?:set in|born in|died in|shot (?:in|at)|filmed (?:in|at)|lives? in|lived in|living in|moved to|"
    r"city of|town of|streets of|near|outside)\s$"
)
_UNMARKED = frozenset(
    ("model", "film", "context", "apposition", "year", "phrase", "wording", "capitals", "heading", "section")
)


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
    if given and len(reading.start) < _PART_OF_A_DOCUMENT:
        accepted = {
            string: evidence for string, evidence in accepted.items() if evidence.best.why in _PLAIN_TO_SEE
        }
    return tuple(_marked(words, blocks, accepted))


def _widened(words: Words, span: Span) -> Span | None:
    """The span with the capitals before a comma or colon where all of it stands in the text again."""
    first = words.reading.words(span).start
    stop = max(0, first - _REACH)
    if first - 2 < stop or words.form(first - 1) not in (",", ":") or not words.touching(first - 1):
        return None
    before = words.leftward(first - 2, stop)
    if not before or not words.is_open(before.start) or words.is_named(before.start):
        return None
    wider = Span(words.reading.start[before.start], span.end)
    string = words.text[wider.start : wider.end]
    again = len(words.text) < _SMALL_TEXT and "\n" not in string and words.text.count(string) > 1
    return wider if again else None


def _people(reading: Reading) -> set[str]:
    """The full names and the surnames of the people of the document."""
    full = {
        name.text for name in reading.names if name.type == "Person" and " " in name.text and name.score > 0.6
    }
    return full | {name.split()[-1] for name in full}


def _accepted(proposed: dict[str, Evidence], people: Collection[str]) -> dict[str, Evidence]:
    """The strings with evidence enough, without those that only join one of them with something else."""
    enough = {string: evidence for string, evidence in proposed.items() if evidence.score >= ENOUGH}
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
    wider = _widened(words, cue.span)
    if wider is not None:
        _of(proposed, words.text[wider.start : wider.end]).add(
            replace(cue, span=wider, weight=1.6, why="repeated")
        )
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
        shown = [cue for cue in evidence.cues.values() if cue.why in ("heading", "section")]
        if evidence.prose and shown:
            weight = max(cue.weight for cue in shown) + min(0.95, 0.45 + 0.3 * evidence.prose)
            evidence.add(Cue(shown[0].span, weight, shown[0].why))


def occurrences(text: str, strings: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Where the strings occur as whole words, the longest first, none inside another."""
    ordered = sorted(strings, key=lambda string: (-len(string), string))
    if not ordered:
        return
    pattern = "|".join(re.escape(string) for string in ordered)
    for match in re.finditer(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", text):
        yield Span(*match.span()), match.group()


def _marked(words: Words, blocks: Sequence[Block], accepted: dict[str, Evidence]) -> Iterator[Title]:
    """The occurrences that are titles; their type is what the words around say, else what others say."""
    found = [(span, accepted[string]) for span, string in _inside(occurrences(words.text, accepted), blocks)]
    larger = _inside_larger(words)
    kept = [
        (span, evidence)
        for span, evidence in found
        if span in evidence.cues
        or ((" " in evidence.string or span.start not in larger) and _stands(words, span, evidence))
    ]
    local = [kind_at(words.text, span) for span, _ in kept]
    default: dict[str, str] = {}
    for (_, evidence), kind in zip(kept, local, strict=True):
        known = default.get(evidence.string, evidence.kind)
        default[evidence.string] = "Film" if "Film" in (known, kind) else known or kind
    for (span, evidence), kind in zip(kept, local, strict=True):
        yield Title(span, evidence.string, kind or default[evidence.string] or "Film", evidence.best.why)


def _inside(found: Iterable[tuple[Span, str]], blocks: Sequence[Block]) -> Iterator[tuple[Span, str]]:
    """The occurrences that lie in the body of one block."""
    number = 0
    for span, string in found:
        while blocks[number].span.end <= span.start:
            number += 1
        if blocks[number].body.contains(span):
            yield span, string


def _inside_larger(words: Words) -> set[int]:
    """Where the words of longer names of something else begin."""
    return {
        words.reading.start[word]
        for name in words.reading.names
        if name.type in _OTHERS and " " in name.text and name.score > 0.6
        for word in words.reading.words(name.span)
    }


def _stands(words: Words, span: Span, evidence: Evidence) -> bool:
    """True where an occurrence is the title and not a person or a word that begins a sentence."""
    inside = words.reading.words(span)
    if evidence.best.why == "given" or len(inside) != 1 or words.reading.title[inside.start] > _LIKELY:
        return True
    if kind_at(words.text, span) or words.text[span.end : span.end + 2] == " (":
        return True
    person = words.reading.mean(words.reading.person, inside)
    if person > 0.75 and evidence.person > 0.5:
        return False
    place = words.reading.mean(words.reading.other, inside) > 0.7
    if place and _PLACED.search(words.text[max(0, span.start - 20) : span.start]):
        return False
    return not (is_common(evidence.string) and words.reading.first[inside.start] > 127)
