"""Text to blocks: headings, paragraphs, list items, label lines, credit blocks, quotations.

A sentence never crosses the border of a block, so what is decided here is decided for good: which line
breaks are soft (the line was full, the sentence goes on) and which end something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.language.labels import embedded, is_role, labelled
from kg.language.parse import Block
from kg.model import Span

_ENDS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"([^{_ENDS}]*)(\r\n|[{_ENDS}]|\Z)")
_MARKS = (
    ("heading", re.compile(r"#{1,6}[ \t]+(?=\S)")),
    ("item", re.compile(r"(?:[-*+•‣◦▪●·–—][ \t]+|\(?\d{1,3}[.)][ \t]+|\([a-z]\)[ \t]+)(?=\S)")),
    ("quotation", re.compile(r"(?:>[ \t]?)+(?=\S)")),
)
_RULE = re.compile(r"[-=*_~#\s|:+]{3,}$")
_SETEXT = re.compile(r"(?:={3,}|-{3,})$")
_SENTENCE_END = re.compile(r".*[\w)%\]\"”’][.!?…;][\"”’')\]*_]*(?:\[\d+\])*$", re.DOTALL)
_GOES_ON = re.compile(
    r".*(?:[,(–—&/-]|\b(?:and|or|of|the|a|an|in|on|by|with|to|for|from|at|as|is|was|his|her|its|who|that))$",
    re.DOTALL,
)
_EDGE = " \t\xa0\u3000|"
_HEADING_WORDS = 14
_CREDIT_WORDS = 8
_WRAPPED = range(50, 101)
"""Widths at which a text may have been wrapped; longer lines are paragraphs of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its margins; `kind` is what its marks say ("" for none), `body` where text begins."""

    start: int
    end: int
    kind: str
    body: int


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of `text` in order: everything in it but white space and bare rules."""
    groups = list(_groups(text))
    width = _width([line for group in groups for line in group])
    found: list[Block] = []
    run: list[Line] = []  # consecutive lines that may be a credit block
    for group in groups:
        for line in _joined(text, group, width):
            short = not line.kind and _is_short(text, line, _CREDIT_WORDS)
            if short and not labelled(text, line.body, line.end):
                run.append(line)
                continue
            found += _short_lines(text, run)
            run = []
            found += _block(text, line)
    return (*found, *_short_lines(text, run))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends of `text[start:end]` without the white space and table bars around it."""
    while start < end and (text[start].isspace() or text[start] in _EDGE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
        end -= 1
    return start, end


def _line(text: str, start: int, end: int) -> Line | None:
    start, end = trimmed(text, start, end)
    if start == end:
        return None
    if _RULE.match(text, start, end):
        return Line(start, end, "rule", start)
    for kind, pattern in _MARKS:
        match = pattern.match(text, start, end)
        if match:
            return Line(start, end, kind, match.end())
    return Line(start, end, "", start)


def _groups(text: str) -> Iterator[list[Line]]:
    """Runs of lines with no empty line between them; a rule below a single line makes it a heading."""
    group: list[Line] = []
    for match in _LINE.finditer(text):
        line = _line(text, match.start(1), match.end(1))
        if line is not None and line.kind != "rule":
            group.append(line)
            continue
        if line is not None and len(group) == 1 and _SETEXT.match(text, line.start, line.end):
            group = [replace(group[0], kind=group[0].kind or "heading")]
        if group:
            yield group
        group = []
    if group:
        yield group


def _width(lines: Sequence[Line]) -> int:
    """The width at which the text was wrapped, 0 where it was not."""
    widths = sorted(line.end - line.start for line in lines)
    widest = widths[-1 - len(widths) // 50] if len(widths) > 3 else 0
    return widest if widest in _WRAPPED else 0


def _joined(text: str, group: Sequence[Line], width: int) -> Iterator[Line]:
    """The lines of a group, those that a soft break divides made one."""
    held: Line | None = None
    last: Line | None = None
    for line in group:
        if held is not None and last is not None and _soft(text, last, line, width):
            held = replace(held, end=line.end)
        else:
            if held is not None:
                yield held
            held = line
        last = line
    if held is not None:
        yield held


def _soft(text: str, above: Line, below: Line, width: int) -> bool:
    """True where the break between two lines is only there because the line was full."""
    if below.kind not in ("", above.kind if above.kind == "quotation" else ""):
        return False
    if above.kind == "heading" or labelled(text, below.body, below.end):
        return False
    first = text[below.body : below.end].split(None, 1)[0]
    upper, lower = text[above.body : above.end], text[below.body : below.end]
    if upper.isupper() != lower.isupper() and any(c.isalpha() for c in lower) and not width:
        return False
    if width and above.end - above.start + 1 + len(first) > width:
        return True
    if lower[0].islower() or _GOES_ON.match(upper):
        return not labelled(text, above.body, above.end) or above.end - above.start > 40
    return False


def _is_short(text: str, line: Line, most: int) -> bool:
    """True for a line that is no sentence: few words, no full stop at its end."""
    words = text[line.body : line.end].split()
    if len(words) > most or "\n" in text[line.body : line.end]:
        return False
    return not _SENTENCE_END.match(text, line.body, line.end) or text[line.end - 1] in "?!"


def _short_lines(text: str, run: Sequence[Line]) -> Iterator[Block]:
    """A credit block where one of the lines is a role alone ('Director'); headings, paragraphs otherwise."""
    roles = [is_role(text[line.body : line.end]) for line in run]
    credit = len(run) > 1 and any(roles) and not all(roles)
    for line in run:
        if credit:
            span = Span(line.start, line.end)
            yield Block("credit", span, Span(line.body, line.end))
        else:
            yield from _block(text, line)


def _block(text: str, line: Line) -> Iterator[Block]:
    """The block of one line, or several where it holds several labels."""
    span, body = Span(line.start, line.end), Span(line.body, line.end)
    pieces = labelled(text, line.body, line.end) if line.kind in ("", "item", "quotation") else []
    if pieces:
        for number, (label, value) in enumerate(pieces):
            outer = label.join(value)
            start = line.start if number == 0 else outer.start
            yield Block("label", Span(start, outer.end), value, label)
        return
    split = embedded(text, line.body, line.end)
    if split:
        yield from _block(text, replace(line, end=split[0]))
        yield from _block(text, Line(split[1], line.end, "", split[1]))
        return
    kind = line.kind
    if not kind:
        kind = "heading" if _is_heading(text, line) else "paragraph"
    if kind == "heading":
        end = line.end
        while end > line.body + 1 and text[end - 1] in "# :":
            end -= 1
        body = Span(line.body, end)
    yield Block(kind, span, body)


def _is_heading(text: str, line: Line) -> bool:
    if not _is_short(text, line, _HEADING_WORDS):
        return False
    words = text[line.body : line.end]
    if words.isupper():
        return True
    return not words.endswith(",") and (words[0].isupper() or not words[0].isalpha())
