"""What a query found, in the forms in which it can be shown or written, row by row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.names import label_of
from kg.query.table import aligned, on_one_line
from kg.rdf.turtle import Terms, prefix_lines, write_turtle
from kg.store import Snapshot

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle")
W3C = {
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
LABEL_SUFFIX = "_label"
"""The column ?film_label holds the labels of the column ?film."""
SAMPLE = 1000
"""So many rows decide how wide the columns of a table are, and which of a CSV have labels beside them."""
GROUPED = 100_000
"""A graph of so many triples is kept whole to be written subject by subject; a larger one as it comes."""
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
UNKNOWN = "\ufffd"


class Answer:
    """Rows of a SELECT, triples of a CONSTRUCT or DESCRIBE, or yes or no of an ASK.

    Rows and triples are worked out while they are read, once, and none is kept. The graph that they come from
    is held as long as the answer is. `warnings` tells what about the query looks like a mistake.
    """

    def __init__(self, name: str, result: Result, held: Snapshot, warnings: tuple[str, ...] = ()) -> None:
        self.name = name
        self.warnings = warnings
        self._result = result
        self._held = held
        self._labels: dict[str, str] = {}

    @property
    def variables(self) -> tuple[str, ...]:
        """The columns; none where there are no rows to come."""
        result = self._result
        names = result.variables if isinstance(result, ox.QuerySolutions) else []
        return tuple(variable.value for variable in names)

    @property
    def yes(self) -> bool | None:
        """The answer to an ASK."""
        return bool(self._result) if isinstance(self._result, ox.QueryBoolean) else None

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of a SELECT; QueryError where one cannot be worked out."""
        if isinstance(self._result, ox.QuerySolutions):
            with errors_of(self.name):
                for row in self._result:
                    yield tuple(row)

    def triples(self) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        if isinstance(self._result, ox.QueryTriples):
            with errors_of(self.name):
                yield from self._result

    def values(self) -> Iterator[dict[str, str]]:
        """The rows as plain strings by variable, without what is unbound."""
        for row in self.rows():
            yield {n: _plain(cell) for n, cell in zip(self.variables, row, strict=True) if cell is not None}

    def render(self, format: str = "table", *, width: int | None = None) -> str:  # noqa: A002
        """The whole answer as text."""
        out = io.BytesIO()
        self.write(out, format, width=width)
        return out.getvalue().decode()

    def write(self, out: IO[bytes], format: str = "table", *, width: int | None = None) -> None:  # noqa: A002
        """Writes the answer in UTF-8, row by row: as table, json, csv, tsv, xml; a graph as turtle.

        A table may have a `width`, in columns of a terminal. JSON, TSV and XML are those of SPARQL 1.1; CSV
        has a column of labels behind each column of IRIs. QueryError where the format does not fit.
        """
        self._check_format(format)
        with errors_of(self.name):
            if isinstance(self._result, ox.QueryTriples):
                out.writelines(line.encode() for line in _turtle(self.triples()))
            elif format in W3C:
                stream = cast("IO[bytes]", _XmlText(out)) if format == "xml" else out
                self._result.serialize(stream, format=W3C[format])
                out.write(b"" if format == "tsv" and self.yes is None else b"\n")
            else:
                lines = self._csv() if format == "csv" else self._table(width)
                out.writelines(line.encode() for line in lines)

    def _check_format(self, format_: str) -> None:
        problem = ""
        is_graph = isinstance(self._result, ox.QueryTriples)
        if format_ not in FORMATS:
            problem = f"{format_} is none of the formats {', '.join(FORMATS)}"
        elif is_graph and format_ not in {"table", "turtle"}:
            problem = f"the answer is a graph, which is shown as turtle, not as {format_}"
        elif format_ == "turtle" and not is_graph:
            problem = "turtle holds graphs, and this query has rows; only CONSTRUCT and DESCRIBE make graphs"
        if problem:
            raise QueryError(self.name, problem)

    def _table(self, width: int | None) -> Iterator[str]:
        """A table where labels stand beside IRIs, or one word."""
        if self.yes is not None:
            return iter(["yes\n" if self.yes else "no\n"])
        shown = [n for n, name in enumerate(self.variables) if not self._is_label(name)]
        labels = {n: self._label_column(name) for n, name in enumerate(self.variables)}
        terms = Terms()
        rows = ([self._shown(row, n, labels[n], terms) for n in shown] for row in self.rows())
        sample = list(islice(rows, SAMPLE))
        return aligned([self.variables[n] for n in shown], sample, rows, width)

    def _is_label(self, name: str) -> bool:
        return name.endswith(LABEL_SUFFIX) and name.removesuffix(LABEL_SUFFIX) in self.variables

    def _label_column(self, name: str) -> int | None:
        wanted = name + LABEL_SUFFIX
        return self.variables.index(wanted) if wanted in self.variables else None

    def _shown(self, row: Sequence[Cell], n: int, label_column: int | None, terms: Terms) -> str:
        """A cell for a person: the label with the IRI behind it, plain values, on one line."""
        cell = row[n]
        text = terms.iri(cell.value) if isinstance(cell, ox.NamedNode) else _plain(cell)
        label = "" if label_column is None else _plain(row[label_column])
        if label_column is None and isinstance(cell, ox.NamedNode):
            label = self._label(cell)
        return on_one_line(f"{label} ({text})" if label and text else label or text)

    def _label(self, node: ox.NamedNode) -> str:
        if len(self._labels) > GROUPED:
            self._labels.clear()
        if node.value not in self._labels:
            self._labels[node.value] = label_of(self._held.quads, node)
        return self._labels[node.value]

    def _csv(self) -> Iterator[str]:
        """Plain values with CRLF, as RFC 4180 has it.

        Behind a column with IRIs in its first rows stands one with their labels, unless the query has it.
        """
        if self.yes is not None:
            yield "true\r\n" if self.yes else "false\r\n"
            return
        rows = self.rows()
        sample = list(islice(rows, SAMPLE))
        labelled = [
            self._label_column(name) is None and any(isinstance(row[n], ox.NamedNode) for row in sample)
            for n, name in enumerate(self.variables)
        ]
        yield _csv_line(
            each
            for name, has_label in zip(self.variables, labelled, strict=True)
            for each in ((name, name + LABEL_SUFFIX) if has_label else (name,))
        )
        for row in chain(sample, rows):
            yield _csv_line(self._csv_cells(row, labelled))

    def _csv_cells(self, row: Sequence[Cell], labelled: Sequence[bool]) -> Iterator[str]:
        for cell, has_label in zip(row, labelled, strict=True):
            yield _plain(cell)
            if has_label:
                yield self._label(cell) if isinstance(cell, ox.NamedNode) else ""


@contextmanager
def errors_of(name: str) -> Iterator[None]:
    """Turns what Oxigraph raises about a query into a QueryError."""
    try:
        yield
    except (RuntimeError, ValueError, SyntaxError) as problem:
        raise QueryError(name, f"the query cannot be answered: {problem}") from problem


class _XmlText:
    """A stream to which no character goes that XML cannot hold."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.decode: Callable[[bytes], str] = codecs.getincrementaldecoder("utf-8")().decode

    def write(self, data: bytes) -> int:
        self.out.write(NO_XML.sub(UNKNOWN, self.decode(bytes(data))).encode())
        return len(data)

    def flush(self) -> None:
        self.out.flush()


def _turtle(triples: Iterator[ox.Triple]) -> Iterator[str]:
    """Subject by subject, in order; what is too much to be kept, triple by triple."""
    first = list(islice(triples, GROUPED))
    rest = next(triples, None)
    if rest is None:
        yield from write_turtle(dict.fromkeys(first))
        return
    terms = Terms()
    yield from prefix_lines()
    for each in chain(first, [rest], triples):
        subject = each.subject
        about = terms.iri(subject.value) if isinstance(subject, ox.NamedNode) else str(subject)
        yield f"{about} {terms.iri(each.predicate.value)} {terms.of(each.object)} .\n"


def _plain(cell: Cell) -> str:
    """The text of a term, or its IRI."""
    if cell is None:
        return ""
    return cell.value if isinstance(cell, ox.NamedNode | ox.Literal | ox.BlankNode) else str(cell)


def _csv_line(cells: Iterator[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
