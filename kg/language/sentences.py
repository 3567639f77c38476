"""Words to sentences: where the model sees a first word, mended by rules for what it does wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.language.names import Reading
from kg.model import Span

_MOST_WORDS = 120
"""Longer ones are cut: the encoder has 512 positions, and a tree of such a length is worth little."""
_MARKS = frozenset(".!?…") | {"...", "....", "?!", "!!", "!?", "??", "!!!", "???", ".."}
_CLOSERS = frozenset(")]}”’»")
_OPENERS = frozenset("([{“‘«¿¡„")
_STRAIGHT = frozenset("\"'")
_VERBS = (
    "said|says|asked|asks|told|wrote|writes|recalled|recalls|added|adds|replied|cried|shouted|whispered|admitted|laughed|"
    "insisted|joked|noted|explained|declared|shrugged"
)
_ATTRIBUTION = re.compile(rf"(?:(?:\w[\w.’'-]*\s){{1,4}}?(?:{_VERBS})\b|(?:{_VERBS})\s)")


def divide(text: str, words: Sequence[Span], reading: Reading) -> Iterator[Sequence[Span]]:
    """The words of one block, sentence by sentence."""
    begin = 0
    for at in range(1, len(words)):
        if _begins(text, words, at, reading):
            yield from _cut(text, words[begin:at])
            begin = at
    if words:
        yield from _cut(text, words[begin:])


def _form(text: str, word: Span) -> str:
    return text[word.start : word.end]


def _probability(reading: Reading, word: Span) -> float:
    found = reading.words(word)
    return reading.first[found.start] / 255 if found else 0.0


def _begins(text: str, words: Sequence[Span], at: int, reading: Reading) -> bool:
    """True where a sentence begins with the word `at`."""
    form = _form(text, words[at])
    if _closes(text, words, at) or _opens(text, words, at - 1):
        return False
    opening = at
    while opening + 1 < len(words) and _opens(text, words, opening):
        opening += 1
    first = _form(text, words[opening])
    probability = max(_probability(reading, word) for word in words[at : opening + 1])
    last = at - 1
    while last > 0 and _closes(text, words, last):
        last -= 1
    mark = _form(text, words[last])
    if mark not in _MARKS:
        return _begins_unmarked(text, words, at, probability)
    if first[0].islower() or not (first[0].isalnum() or opening > at or form[0] in "—–-*#$£€'’"):
        return probability > 0.85 and first[0].isalnum() and mark[0] in ".!?" and mark[:2] != ".."
    if last < at - 1 and mark != "." and _ATTRIBUTION.match(text, words[at].start):
        return False
    return probability > _needed(text, words, last, first)


def _needed(text: str, words: Sequence[Span], last: int, first: str) -> float:
    """How sure the model must be after the mark at `last`: little after a full stop, more after '...'."""
    mark = _form(text, words[last])
    if mark == ".":
        before = _form(text, words[last - 1]) if last else ""
        abbreviated = len(before) <= 3 and before[:1].isupper() and before.isalpha() and last > 0
        return 0.15 if abbreviated or not first[0].isupper() else 0.0
    return 0.03 if mark[0] in "!?" else 0.3


def _begins_unmarked(text: str, words: Sequence[Span], at: int, probability: float) -> bool:
    """True where a sentence begins although no mark ended the one before."""
    form, before = _form(text, words[at]), _form(text, words[at - 1])
    broken = any(c in "\n\r" for c in text[words[at - 1].end : words[at].start])
    if broken and (form[0].isupper() or form[0] in _OPENERS):
        return probability > 0.6
    return probability > 0.9 and before not in {",", "and", "the", "of"} and not form[0].islower()


def _closes(text: str, words: Sequence[Span], at: int) -> bool:
    """True for a bracket or quotation mark that ends something."""
    form = _form(text, words[at])
    if form in _CLOSERS:
        return True
    return (
        form in _STRAIGHT
        and at > 0
        and words[at - 1].end == words[at].start
        and not _touches(text, words, at)
    )


def _opens(text: str, words: Sequence[Span], at: int) -> bool:
    """True for a bracket or quotation mark that begins something."""
    form = _form(text, words[at])
    return form in _OPENERS or (
        form in _STRAIGHT and _touches(text, words, at) and not _closes(text, words, at)
    )


def _touches(text: str, words: Sequence[Span], at: int) -> bool:
    """True where a word follows with no space between."""
    behind = text[words[at].end : words[at].end + 1]
    return bool(behind) and not behind.isspace() and behind not in ".,;:!?)]"


def _cut(text: str, words: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """The sentence, in parts where it is too long: at a semicolon, a comma, or anywhere near its middle."""
    if len(words) <= _MOST_WORDS:
        yield words
        return
    middle = len(words) // 2
    inner = range(len(words) // 4, 3 * len(words) // 4)
    for marks in (";", ":", ",", ""):
        places = [at for at in inner if not marks or _form(text, words[at - 1]) == marks]
        if places:
            at = min(places, key=lambda place: abs(place - middle))
            yield from _cut(text, words[:at])
            yield from _cut(text, words[at:])
            return
