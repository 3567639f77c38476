"""Titles in quotation marks and italics, told from speech, nicknames and emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.language.cue import Cue, text_at, trimmed
from kg.language.forms import word_set
from kg.language.parse import Block
from kg.model import Span

_PAIRS = (("“„", "”“"), ("«", "»"), ('"', '"'), ("‘'", "’'"))
_ITALIC = re.compile(r"(?<![\w*_\\])([*_])(?![\s*_])([^*_\n]{1,90}?)(?<![\s*_])\1(?![\w*_])")
_BOLD = re.compile(r"(?<![\w*_\\])(\*\*|__)(?![\s*_])([^*_\n]{1,90}?)(?<![\s*_])\1(?![\w*_])")
_PARTICULARS_BEHIND = re.compile(
    r"\**,?\s(?:[–—|-]\s)?[(\[]?"
    r"(?:[^\n()]{0,40}\b(?:18[89]|19\d|20[0-4])\d\b|[Dd]ir\b|directed by\b|['’]\d\d\))"
)
_VERB = (
    r"(?:said|says|asked|asks|told|wrote|writes|recalled|added|replied|"
    r"whisper(?:s|ed)|shout(?:s|ed)|cried|reads?)"
)
_SPEECH_BEFORE = re.compile(rf"(?:\b{_VERB}\b[^“\"‘]{{0,25}}|[,:]\s*)$")
_SPEECH_BEHIND = re.compile(
    r"\s*[”\"’]?,?\s+(?:said|says|he|she|they|I|asked|wrote|recalled|replied|added|goes|ran|went)\b"
)
_NICKNAME_BEFORE = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w.]*\s$")
_NICKNAME_BEHIND = re.compile(r"[\"”’']\s[^\W\d_a-zß-öø-ÿ]")
_NOT_TITLES = re.compile(r"(?:Best|Most|Rated|Certificate)\b|Un Certain Regard$|(?:PG|R|U|X|NC)[- ]?\d*$")
_YEAR_BEHIND = re.compile(r"[”\"’'»*_]?\s\([^()]*\b(?:18[89]|19\d|20[0-4])\d\b")
_MOST_WORDS = 12
SMALL = word_set(
    "a an and as at but by for from in into is it nor of off on or out over per so than that the to "
    "up via vs with not no my your his her our me we you i be are was del de du des da do dos das la "
    "le les el los las lo il y et e o u un una une en que se si al à au aux ne pas den der die dem "
    "und von zu ein eine ist och i på av en ett det og er til van het een na ka ki ke hai mein 's"
)


def marked(text: str, block: Block) -> Iterator[Cue]:
    """A cue for everything in quotes, italics or bold that may be a title."""
    found = (
        ("quoted", quoted(text, block.body)),
        ("italic", _emphasised(_ITALIC, text, block.body)),
        ("bold", _emphasised(_BOLD, text, block.body)),
    )
    for why, spans in found:
        for span in spans:
            inner = trimmed(text, span)
            words = text_at(text, inner)
            if not words or len(words.split()) > _MOST_WORDS or not re.search(r"[^\W_]", words):
                continue
            weight = _weight(text, block, span, words, why)
            if weight > 0:
                yield Cue(inner, weight, why)


def quoted(text: str, block: Span) -> Iterator[Span]:
    """What stands in quotation marks, the marks left out; a mark that is not closed gives nothing."""
    for opening, closing in _PAIRS:
        start = -1
        for match in re.finditer(f"[{opening}{closing}]", text_at(text, block)):
            at = block.start + match.start()
            before = text[at - 1] if at > block.start else " "
            behind = text[at + 1] if at + 1 < block.end else " "
            if text[at] in closing and start >= 0 and not before.isspace() and not behind.isalnum():
                yield Span(start + 1, at)
                start = -1
            elif text[at] in opening and not before.isalnum() and not behind.isspace():
                start = at


def _emphasised(mark: re.Pattern[str], text: str, block: Span) -> Iterator[Span]:
    for match in mark.finditer(text, block.start, block.end):
        if match.span() != (block.start, block.end):
            yield Span(*match.span(2))


def case(words: str) -> float:
    """How far the words are written like a title: 1 with all weighty words in capitals, 0 for a sentence."""
    parts = [part.strip("“”\"'’‘.,;:!?¿¡…()") for part in re.split(r"[\s-]+", words)]
    parts = [part for part in parts if part]
    if not parts or not (parts[0][0].isupper() or parts[0][0].isdigit()):
        return 0.0
    low = [part for part in parts[1:] if part[0].islower() and part.lower() not in SMALL]
    if len(parts) > 3 and all(part[0].islower() for part in parts[1:]):
        return 0.3
    return max(0.0, 0.5 - 0.15 * len(low)) if low else 1.0


def is_nickname(before: str, behind: str) -> bool:
    """True between the parts of a name: what stands before the opening mark, and behind the words."""
    return bool(_NICKNAME_BEFORE.search(before) and _NICKNAME_BEHIND.match(behind))


def _weight(text: str, block: Block, span: Span, words: str, why: str) -> float:
    """How strongly the marks point to a title; 0 for a nickname or a word in lower case."""
    before = text[max(block.body.start, span.start - 60) : span.start - 1]
    behind = text[span.end : min(block.body.end, span.end + 60)]
    if is_nickname(before, behind):
        return 0.0
    weight = case(words)
    if weight == 0 and not (words[0].isupper() or words[0] in "¿¡…"):
        return 0.0
    if why == "bold":  # also names, first words of an item, whatever matters
        return 0.0 if " | " in words else (1.3 if _PARTICULARS_BEHIND.match(text, span.end) else 0.3) * weight
    if why == "italic":
        weight = max(weight, 0.6) + 0.2
    elif len(words.split()) == 1:
        weight *= 0.7
    if _YEAR_BEHIND.match(behind):
        weight += 0.6
    spoken = text[span.end - 1] in ".!?,…" and len(words.split()) > 2
    if why == "quoted" and spoken and (_SPEECH_BEFORE.search(before) or _SPEECH_BEHIND.match(behind)):
        weight -= 0.5
    whole = block.body.end - span.end <= 1 and span.start - block.body.start <= 1
    if _NOT_TITLES.match(words) or (whole and block.kind in ("paragraph", "quotation")):
        weight -= 0.6
    return weight
