"""Rows in columns for a person: wrapped where a terminal is narrow, wide letters counted as two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

NARROWEST = 8


def aligned(
    header: Sequence[str], sample: Sequence[Sequence[str]], more: Iterable[Sequence[str]], width: int | None
) -> Iterator[str]:
    """The lines of a table and, last, the number of rows.

    The columns are as wide as the sample needs; with a `width`, the widest give way and cells are wrapped.
    """
    widths = [
        max([columns_of(head), *(columns_of(row[n]) for row in sample)]) for n, head in enumerate(header)
    ]
    while width is not None and sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    yield from _lines(header, widths, width)
    yield "  ".join("─" * column for column in widths) + "\n"
    count = 0
    for rows in (sample, more):
        for row in rows:
            yield from _lines(row, widths, width)
            count += 1
    yield f"{count} row{'' if count == 1 else 's'}\n"


def _lines(cells: Sequence[str], widths: list[int], width: int | None) -> Iterator[str]:
    """One row: as many lines as its longest cell needs."""
    wrapped = [[cell] if width is None else _wrapped(cell, w) for cell, w in zip(cells, widths, strict=True)]
    for n in range(max(map(len, wrapped), default=1)):
        line = [
            _filled(lines[n] if n < len(lines) else "", w) for lines, w in zip(wrapped, widths, strict=True)
        ]
        yield "  ".join(line).rstrip() + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of so many columns, broken between words where that is possible."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if columns_of(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if columns_of(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def _filled(text: str, width: int) -> str:
    return text + " " * (width - columns_of(text))


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for an East Asian letter, none for an accent."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def on_one_line(text: str) -> str:
    """The text without line breaks and without what would steer a terminal."""
    return "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
