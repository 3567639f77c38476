"""What an evaluation found, as lines of a table and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import console

if TYPE_CHECKING:
    from kg.evaluate import Report

HEAD = ("", "right", "wrong", "missed", "precision", "recall", "F1")
WIDTHS = (22, 7, 7, 8, 11, 8, 8)


def show(found: Report, *, words: bool, verbose: bool, html: Path | None) -> None:
    """Prints the table, before it every miss and error if `verbose`, and writes the page to `html`."""
    from kg.files import write_whole

    if html:
        write_whole(html, [page(found, words=words)])
    console.write_lines(verdicts(found, words=words) if verbose else ())
    console.write_lines(scores(found))
    if html:
        console.write_lines([f"The page is in {html}"])


def table(found: Report) -> Iterator[tuple[str, ...]]:
    """A row for everything, then one for each relation: counts, precision, recall, F1; or - for none."""
    every = ("all", found.right.total(), found.wrong.total(), found.missed.total())
    for name, right, wrong, missed in [every, *found.rows()]:
        shares = (
            _share(right, right + wrong),
            _share(right, right + missed),
            _share(2 * right, 2 * right + wrong + missed),
        )
        yield (name, str(right), str(wrong), str(missed), *shares)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def scores(found: Report) -> Iterator[str]:
    """The table as lines."""
    for row in (HEAD, *table(found)):
        first, *others = (
            f"{cell:{'<' if at == 0 else '>'}{width}}"
            for at, (cell, width) in enumerate(zip(row, WIDTHS, strict=True))
        )
        yield first + "".join(others)


def verdicts(found: Report, *, words: bool) -> Iterator[str]:
    """What was missed and wrong, with the words of the text where they may be shown."""
    for each in found.verdicts:
        if each.kind != "right":
            yield f"{each.kind:<8}{each.document}: {each.said}"
            if words:
                yield f"        {' '.join(each.words.split())}"


def page(found: Report, *, words: bool) -> str:
    """The table and everything missed or wrong, by relation, as one HTML file that asks nobody."""
    from kg.view.templates import filled

    amiss = sorted(
        (each for each in found.verdicts if each.kind != "right"),
        key=lambda each: (each.relation, each.document, each.kind, each.said),
    )
    return filled(
        "report.html.j2",
        Path(__file__).parent,
        documents=found.documents,
        rows=list(table(found)),
        relations=[(name, list(group)) for name, group in groupby(amiss, key=lambda each: each.relation)],
        words=words,
    )
