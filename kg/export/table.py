"""Facts as a table for a spreadsheet: one fact a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from kg.facts import confidence_of
from kg.model import Entity, Fact, Object

COLUMNS = (
    "subject", "subject type", "relation", "object", "object type", "qualifiers", "confidence", "documents",
    "text", "subject iri", "object iri",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""


def write_table(facts: Iterable[Fact], *, evidence: bool = True) -> Iterator[str]:
    """The rows as CSV: commas, quotes where need be, CRLF as RFC 4180 has it."""
    yield _row(COLUMNS)
    for fact in facts:
        triple = fact.triple
        object_ = triple.object
        qualifiers = "; ".join(f"{name}: {_said(value)}" for name, value in fact.qualifiers)
        documents = list(dict.fromkeys(each.document for each in fact.evidence))
        yield _row(
            (
                triple.subject.label,
                triple.subject.type,
                triple.relation,
                _said(object_),
                object_.type if isinstance(object_, Entity) else object_.datatype,
                qualifiers,
                f"{confidence_of(fact):g}",
                "; ".join(documents) if evidence else "",
                fact.evidence[0].quote if evidence else "",
                triple.subject.iri,
                object_.iri if isinstance(object_, Entity) else "",
            )
        )


def _said(thing: Object) -> str:
    """An entity by its label, a value with its unit."""
    return thing.label if isinstance(thing, Entity) else f"{thing.text} {thing.unit}".strip()


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    # An apostrophe in front keeps a spreadsheet from computing what a text says.
    csv.writer(line).writerow(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)
    return line.getvalue()
