"""Names over the whole document: one string, one type, the titles among them, no loose ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.language.names import TITLE_TYPES, Reading
from kg.language.parse import Name, Title
from kg.model import Span

_PLAIN = frozenset(("Time", "Number"))
_PEOPLE = frozenset(("Person", "Character"))
_EDGE = r"\s,;:.\"“”'‘’()\[\]*_–—-"
_BEHIND = re.compile(rf"(?:['’]s\b|[{_EDGE}])+$")
_BEFORE = re.compile(rf"^[{_EDGE}]+")
_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]|[JS]r|Inc|Ltd|Co|Bros|Corp)\.$")
_BORDER = re.compile(r"[*_]{1,3}(?:\s|$)|\n\s*\n")
_LIST = re.compile(r",\s+(?!Jr|Sr|I{1,3}\b)|;\s+")
_JOINED = re.compile(
    r"(?: |-|(?<=\b(?:St|Mr|Dr|Ms))\. |(?<=\bMrs)\. "
    r"| (?:de|del|de la|von|van|van der|di|da|dos|du|al|el|bin|ibn) )"
)
_AWARD = r"\b(?:Awards?|Prizes?|Prix|Medal|Oscars?|Globes?|BAFTAs?|Emmys?|Palme d['’]Or|Trophy|Diploma)\b"
_PUBLICATION = (
    r"\b(?:Times|Post|Herald|Tribune|Gazette|Courier|Chronicle|Telegraph|Observer|Guardian|Weekly|Monthly|"
    r"Newsletter|Magazine|Clarion|Examiner|Bulletin|Journal|Review|Reporter|Dispatch|Argus|Echo|Ledger|"
    r"Rotten Tomatoes|Metacritic|IMDb)$"
)
_ORGANIZATION = (
    r"\b(?:Films?|Pictures|Productions?|Studios?|Entertainment|Company|Inc\.|Ltd\.?|Releasing|Distributors?|"
    r"Corporation|University|College|Academy|Institute|Orchestra|Records|Filmes|Filmproduktion)$"
    r"|^(?:Producciones|Distribuidora|Películas|Films|Cinematográfica|Estudios?|Studio)\b"
)
_KINDS = (
    ("Award", re.compile(_AWARD)),
    ("Publication", re.compile(_PUBLICATION)),
    ("Organization", re.compile(_ORGANIZATION)),
)
_LEAST_SECOND = 0.12
_SURE = 0.8


def settled(text: str, reading: Reading, titles: Sequence[Title]) -> tuple[Name, ...]:
    """Every name in order, none inside another; titles are names of type Film or Work with score 1."""
    found = list(_joined(text, _parted(_mended(reading))))
    votes = _votes(found)
    names = [_retyped(name, votes) for name in found]
    names += _repeated(text, names)
    marked = [Name(title.span, title.text, title.type, 1.0) for title in titles]
    return tuple(_apart(marked, names))


def _mended(reading: Reading) -> Iterator[Name]:
    """The names; what only the model took for a title is what else it may be."""
    for name, second in zip(reading.names, reading.seconds, strict=True):
        if name.type not in TITLE_TYPES:
            yield name
        elif second.score >= _LEAST_SECOND and second.type not in _PLAIN:
            yield second


def _parted(names: Iterable[Name]) -> Iterator[Name]:
    """The names without marks at their ends, divided where markup or a list of people divides them."""
    for name in names:
        if name.type in _PLAIN:
            yield name
            continue
        start = 0
        borders = [*_BORDER.finditer(name.text), *(_LIST.finditer(name.text) if name.type in _PEOPLE else ())]
        for border in sorted(borders, key=re.Match.start):
            yield from _trimmed(name, start, border.start())
            start = border.end()
        yield from _trimmed(name, start, len(name.text))


def _trimmed(name: Name, start: int, end: int) -> Iterator[Name]:
    """The part of a name from `start` to `end` without marks and possessives at its ends, if it is one."""
    words = name.text[start:end]
    start += len(words) - len(_BEFORE.sub("", words))
    if not _ABBREVIATED.search(words):
        end = start + len(_BEHIND.sub("", name.text[start:end]))
    words = name.text[start:end]
    if any(c.isupper() or c.isdigit() for c in words):
        yield replace(name, span=Span(name.span.start + start, name.span.start + end), text=words)


def _joined(text: str, names: Iterable[Name]) -> Iterator[Name]:
    """The names, those of people that only a space or hyphen parts made one."""
    held: Name | None = None
    for name in names:
        people = held is not None and held.type in _PEOPLE and name.type in _PEOPLE
        if held is not None and people and _JOINED.fullmatch(text, held.span.end, name.span.start):
            span = held.span.join(name.span)
            kind = name.type if len(name.span) > len(held.span) else held.type
            held = Name(span, text[span.start : span.end], kind, max(held.score, name.score))
            continue
        if held is not None:
            yield held
        held = name
    if held is not None:
        yield held


def _votes(names: Iterable[Name]) -> dict[str, dict[str, float]]:
    """How much speaks for each type of each string; a part of a person's name counts for a person."""
    votes: dict[str, dict[str, float]] = {}
    for name in names:
        if name.type in _PLAIN:
            continue
        own = votes.setdefault(name.text, {})
        own[name.type] = own.get(name.type, 0.0) + name.score
        for kind, pattern in _KINDS:
            if pattern.search(name.text) and " " in name.text:
                own[kind] = own.get(kind, 0.0) + 1.0
        parts = name.text.split()
        if name.type in _PEOPLE and len(parts) > 1:
            for part in parts[-1:] if len(parts) > 2 else parts:
                held = votes.setdefault(part, {})
                held[name.type] = held.get(name.type, 0.0) + 0.6 * name.score
    return votes


def _retyped(name: Name, votes: Mapping[str, Mapping[str, float]]) -> Name:
    """The name with the type that most of its occurrences have."""
    if name.type in _PLAIN:
        return name
    own = votes[name.text]
    best = max(own, key=lambda kind: (own[kind], kind == name.type, kind))
    return replace(name, type=best) if best != name.type and own[best] > 1.2 * own[name.type] else name


def _repeated(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """Further occurrences of sure names of several words that the model passed over."""
    sure = {
        name.text: name
        for name in names
        if " " in name.text and name.score > _SURE and name.type not in _PLAIN
    }
    if not sure:
        return
    known = {name.span for name in names}
    pattern = "|".join(
        re.escape(string) for string in sorted(sure, key=lambda string: (-len(string), string))
    )
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text):
        span = Span(*match.span())
        if span not in known:
            yield replace(sure[match.group()], span=span, score=0.5)


def _apart(titles: Sequence[Name], names: Sequence[Name]) -> Iterator[Name]:
    """Titles and names in order; a name that overlaps a title gives way, of two names the later one."""
    free: list[Name] = []
    at = 0
    for name in sorted(names, key=lambda name: (name.span.start, -len(name.span), -name.score)):
        while at < len(titles) and titles[at].span.end <= name.span.start:
            at += 1
        overlapped = at < len(titles) and titles[at].span.start < name.span.end
        if not overlapped and (not free or free[-1].span.end <= name.span.start):
            free.append(name)
    yield from sorted([*titles, *free], key=lambda name: name.span.start)
