"""Titles that the layout shows: headings, label lines, sheets of particulars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.language.cue import Cue, text_at, trimmed
from kg.language.parse import Block
from kg.language.title_types import YEAR
from kg.model import Span

_FILM_LABEL = re.compile(
    r"(?:(?:opening|closing|main|original|english|french|spanish|german|working|alternative|international|next|"
    r"the|this week['’]?s?)\s)*"
    r"(?:films?|movie|picture|titles?|feature|a\.?k\.?a\.?|also known as|now showing|tonight|trivia)"
    r"(?:\s(?:reviewed|titles?|in english|of the week|of the month))?",
    re.IGNORECASE,
)
_LIST_LABEL = re.compile(
    r"(?:films|filmography|remade as|remakes?|sequels?|other films|also|reissues?|by the same.*)",
    re.IGNORECASE,
)
_WORK_LABEL = re.compile(
    r"source|based on|from|after|adapted from|(?:original )?(?:novel|book|play|story)|(?:title |theme )?song|"
    r"single|album",
    re.IGNORECASE,
)
_VALUE_END = re.compile(
    r"\s*[(\[;”»]|\"|,\s(?:by|a|an|the|from|his|her|directed)\b|\sby\s[^\W\d_a-z]|,\s\d{4}|[.]\s[^\W\d_a-z]"
)
_SHORT = re.compile(r"\b(?:[^\W\d_a-z]|Mrs?|Dr|St|No|Ms|vs|Prof)$")
_SHEET = re.compile(
    rf"\(?[^.\n]{{0,70}}?(?<!in )(?<!By )\b{YEAR}\b"
    r"[^\n]{0,40}(?:\bmin\b|\bmins\b|minutes|\bDir\b|[Dd]irect|colou?r|b&w|$)"
    r"|[^\n]{0,50}\b\d{2,3}\s?min(?:ute)?s?\b"
)
_SHEET_LABELS = frozenset(
    ("director", "year", "direction", "directed by", "country", "cast", "written by", "released")
)
_YEAR_BEHIND = re.compile(rf"\s*[(\[]\s*[^()]*{YEAR}|,\s(?:[^()]*\s)?{YEAR}\b")
_NO_TITLE = re.compile(
    r"(?:by|from|in|on|with|about|how|why|what|who|where|notes?|chapter|part|section|issue|no\.|trivia|synopsis|"
    r"plot|cast|production|release|at a glance|films?$|opening|closing|also|elsewhere|reception|credits|"
    r"biography|filmography|awards|contents|references|q|a)\b(?!.*[?!]$)"
    rf"|.*\b{YEAR}$|.*\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|.*\b(?:jan|feb|march|april|may|june|july|aug|sept|oct|nov|dec)[a-z]*\.?\s\d",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:(?:film|movie|press|production|full|more) )?(?:trivia|goofs|quotes|facts|review|notes|kit|synopsis|"
    r"cast(?: (?:and|&) crew)?|credits|soundtrack|filming locations?|locations|box office|awards|faq)|"
    r"did you know\??|who (?:plays|played) \w+|where (?:it|they) (?:was|were)? ?(?:filmed|shot)(?: it)?|"
    r"behind the scenes|the making of",
    re.IGNORECASE,
)
"""What a page about one film is of: 'Harbour: trivia', 'Review: Harbour'."""
_PRESS = re.compile(r"(?:press|production) (?:notes|kit|book)|synopsis|logline|the story", re.IGNORECASE)
_PARTS = re.compile(r"\**\s[–—|-]\s|:\s")
_ENTRY_SHEET = re.compile(
    rf"(?:[Dd]ir(?:ector|ected by|\.|:)?\s|[^\n]{{0,60}}?\b{YEAR}\b[^\n]{{0,60}}?\d{{2,3}}\s?(?:min|['’′m]))"
)
_DAY = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\d{1,2}(?:[./:]\d|\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_MOST_WORDS = 12


def laid_out(text: str, blocks: Sequence[Block], number: int) -> Iterator[Cue]:
    """The cues of a heading or of a label line."""
    block = blocks[number]
    if block.kind == "label":
        yield from _label(text, block)
    elif block.kind in ("heading", "credit"):
        behind = blocks[number + 1] if number + 1 < len(blocks) else None
        sheet = behind is not None and _is_sheet(text, behind)
        yield from _heading(text, block, first=number == 0, sheet=sheet)
        if entry := _entry(text, block.body):
            yield Cue(entry, 1.6, "heading")
        if number == 0 and any(_is_press(text, later) for later in blocks[1:4]):
            yield Cue(_bare(text, trimmed(text, block.body)), 1.6, "page")


def _label(text: str, block: Block) -> Iterator[Cue]:
    """The value of 'Film: X (Drama, 1995)' and of 'Source: X, a novel'."""
    assert block.label is not None
    label = text_at(text, block.label)
    if _LIST_LABEL.fullmatch(label):
        yield from _listed(text, block.body)
        return
    film = bool(_FILM_LABEL.fullmatch(label))
    if not film and not _WORK_LABEL.fullmatch(label):
        return
    start = block.body.start + (text[block.body.start] in '“"‘«')
    end = _VALUE_END.search(text, start + 1, block.body.end)
    while end and end.group()[0] == "." and _SHORT.search(text[start : end.start()]):
        end = _VALUE_END.search(text, end.end(), block.body.end)
    inner = trimmed(text, Span(start, end.start() if end else block.body.end))
    words = text_at(text, inner)
    opens = words[:1].isupper() or words[:1].isdigit() or words[:1] in ("¿", "¡")
    if opens and len(words.split()) <= _MOST_WORDS and (film or text[start - 1] in '“"‘«'):
        yield Cue(inner, 2.5 if film else 0.8, "label", "Film" if film else "Work")


def _listed(text: str, body: Span) -> Iterator[Cue]:
    """The titles of 'Remade as: X (Hindi); Y (1990)'."""
    start = body.start
    for border in re.finditer(r"\s*(?:\([^()]*\))?\s*(?:[;,]|$)", text_at(text, body)):
        inner = _bare(text, trimmed(text, Span(start, max(start, body.start + border.start()))))
        if len(inner) and text[inner.start].isupper():
            yield Cue(inner, 0.9, "label", "Film")
        start = body.start + border.end()


def _heading(text: str, block: Block, *, first: bool, sheet: bool) -> Iterator[Cue]:
    """A heading, or what stands in it before a year, and its parts at a dash or colon."""
    words = text_at(text, block.body)
    year = _YEAR_BEHIND.search(words)
    cut = year or re.search(r"(?<=\w)\s[(\[]", words)
    end = block.body.start + cut.start() if cut else block.body.end
    inner = _bare(text, trimmed(text, Span(block.body.start, end)))
    name = text_at(text, inner)
    if not re.search(r"[^\W_]", name) or len(name.split()) > _MOST_WORDS:
        return
    weight = 0.3 if first else 0.15
    if year and words[year.start() :].lstrip()[0] in "([":
        weight = 1.2
    elif year:
        weight = 0.3
    elif sheet:
        weight = 1.6
    if _NO_TITLE.match(name) and (sheet or weight < 1):
        return
    split = _PARTS.search(name)
    parts = [
        Span(inner.start, inner.start + split.start()),
        Span(inner.start + split.end(), inner.end),
    ] if split else []  # fmt: skip
    pages = [first and is_page_name(text_at(text, trimmed(text, part))) for part in parts]
    if sum(pages) == 1:
        yield Cue(_bare(text, trimmed(text, parts[pages.index(False)])), 1.3, "page")
        return
    yield Cue(inner, weight, "heading" if first or weight > 1 else "section")
    for part in parts:
        yield Cue(_bare(text, trimmed(text, part)), min(weight, 0.3), "heading" if first else "section")


def _entry(text: str, body: Span) -> Span | None:
    """The title of a line of a programme: 'X — Dir: Y, US 1974', '4 Oct | X | HU 1984 | 106 min'."""
    start = body.start
    for border in _PARTS.finditer(text, body.start, body.end):
        inner = _bare(text, trimmed(text, Span(start, max(start, border.start()))))
        name = text_at(text, inner)
        start = border.end()
        if not re.search(r"[^\W\d_]", name) or _DAY.match(name):
            continue
        told = _ENTRY_SHEET.match(text, border.end(), body.end) and not _NO_TITLE.match(name)
        return inner if told and len(name.split()) <= _MOST_WORDS else None
    return None


def _bare(text: str, span: Span) -> Span:
    """The span without quotation marks that hold all of it."""
    if len(span) > 2 and text[span.start] in "“\"‘«'" and text[span.end - 1] in "”\"’»'":
        return Span(span.start + 1, span.end - 1)
    return span


def is_page_name(words: str) -> bool:
    """True for what a page about a film is of and is no title itself: 'Trivia', 'Did You Know?'."""
    return bool(_PAGE.fullmatch(words))


def _is_press(text: str, block: Block) -> bool:
    """True for a heading or label of a press kit: 'Press notes: Ana Lima', 'SYNOPSIS'."""
    name = block.label or (block.body if block.kind in ("heading", "credit") else None)
    return name is not None and bool(_PRESS.fullmatch(text_at(text, name).strip(" *_#:")))


def _is_sheet(text: str, block: Block) -> bool:
    """True for a line of particulars: 'France, 1947, 94 min', 'Director: X'."""
    if block.kind == "label" and block.label is not None:
        return text_at(text, block.label).lower() in _SHEET_LABELS
    return (
        block.kind in ("heading", "paragraph")
        and len(block.body) < 140
        and bool(_SHEET.match(text_at(text, block.body)))
    )
