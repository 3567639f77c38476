"""What a query found, in the forms in which it can be shown."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.ontology.terms import XSD
from kg.rdf.turtle import Terms, write_turtle

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
XML_CHARACTERS = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), "\ufffd")
NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a SELECT, triples of a CONSTRUCT, or yes or no of an ASK; the other two are None."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] | None = None
    triples: tuple[ox.Triple, ...] | None = None
    yes: bool | None = None

    def values(self) -> Iterator[dict[str, str]]:
        """The rows as plain strings by variable, without what is unbound."""
        for row in self.rows or ():
            yield {n: _plain(cell) for n, cell in zip(self.variables, row, strict=True) if cell is not None}

    def render(self, format: str = "table", *, width: int | None = None) -> str:  # noqa: A002
        """The answer as text: table, json, csv, tsv, xml; a graph as turtle. A table may have a `width`."""
        if self.triples is not None:
            if format in {"turtle", "table"}:
                return "".join(write_turtle(self.triples))
            raise QueryError("", f"the answer is a graph, which is shown as turtle, not as {format}")
        forms = {
            "table": self._table,
            "json": self._json,
            "csv": self._csv,
            "tsv": self._tsv,
            "xml": self._xml,
        }
        if format not in forms:
            problem = f"{format} is none of the formats {', '.join(forms)}, turtle"
            if format == "turtle":
                problem = (
                    "turtle holds graphs, and this query has rows; only CONSTRUCT and DESCRIBE make graphs"
                )
            raise QueryError("", problem)
        return self._table(width) if format == "table" else forms[format]()

    def _table(self, width: int | None = None) -> str:
        if self.yes is not None:
            return "yes\n" if self.yes else "no\n"
        terms = Terms()
        rows = [[_shown(cell, terms) for cell in row] for row in self.rows or ()]
        return _aligned(list(self.variables), rows, width)

    def _json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        document: dict[str, Any] = {"head": {}, "boolean": self.yes}
        if self.rows is not None:
            bindings = [
                {n: _json_term(cell) for n, cell in zip(self.variables, row, strict=True) if cell is not None}
                for row in self.rows
            ]
            document = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def _csv(self) -> str:
        """SPARQL 1.1 Query Results CSV: plain values, CRLF."""
        if self.yes is not None:
            return "true\r\n" if self.yes else "false\r\n"
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.variables)
        writer.writerows(["" if cell is None else _plain(cell) for cell in row] for row in self.rows or ())
        return out.getvalue()

    def _tsv(self) -> str:
        """SPARQL 1.1 Query Results TSV: terms as in Turtle."""
        if self.yes is not None:
            return "true\n" if self.yes else "false\n"
        lines = ["\t".join(f"?{name}" for name in self.variables)]
        lines += [
            "\t".join("" if cell is None else str(cell).replace("\t", "\\t") for cell in r)
            for r in self.rows or ()
        ]
        return "\n".join(lines) + "\n"

    def _xml(self) -> str:
        """SPARQL 1.1 Query Results XML, without the characters that XML cannot hold."""
        from xml.etree import ElementTree as Xml

        root = Xml.Element("sparql", xmlns="http://www.w3.org/2005/sparql-results#")
        head = Xml.SubElement(root, "head")
        if self.yes is not None:
            Xml.SubElement(root, "boolean").text = str(self.yes).lower()
        else:
            for name in self.variables:
                Xml.SubElement(head, "variable", name=name)
            results = Xml.SubElement(root, "results")
            for row in self.rows or ():
                result = Xml.SubElement(results, "result")
                for name, cell in zip(self.variables, row, strict=True):
                    if cell is not None:
                        _xml_term(Xml.SubElement(result, "binding", name=name), cell, Xml)
        Xml.indent(root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _plain(cell: Cell) -> str:
    """The text of a term, or its IRI."""
    return cell.value if isinstance(cell, ox.NamedNode | ox.Literal | ox.BlankNode) else str(cell)


def _shown(cell: Cell, terms: Terms) -> str:
    """A term for a person: prefixed names, plain values, on one line."""
    if cell is None:
        return ""
    text = terms.iri(cell.value) if isinstance(cell, ox.NamedNode) else _plain(cell)
    # What a text says must not steer the terminal.
    return "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)


def _json_term(cell: Cell) -> dict[str, str]:
    if isinstance(cell, ox.NamedNode):
        return {"type": "uri", "value": cell.value}
    if not isinstance(cell, ox.Literal):
        return {"type": "bnode", "value": _plain(cell)}
    found = {"type": "literal", "value": cell.value}
    if cell.language:
        found["xml:lang"] = cell.language
    elif cell.datatype.value != XSD + "string":
        found["datatype"] = cell.datatype.value
    return found


def _xml_term(binding: Any, cell: Cell, xml: Any) -> None:
    said = _json_term(cell)
    name = said["type"]
    attributes = {key: said[key] for key in ("datatype", "xml:lang") if key in said}
    xml.SubElement(binding, name, attributes).text = said["value"].translate(XML_CHARACTERS)


def _aligned(header: list[str], rows: list[list[str]], width: int | None) -> str:
    """A table in columns; with a width, the widest columns give way."""
    widths = [max([columns_of(head), *(columns_of(row[n]) for row in rows)]) for n, head in enumerate(header)]
    while width is not None and sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    rule = ["─" * column for column in widths]
    lines = [_line(cells, widths) for cells in (header, rule, *rows)]
    return "\n".join(lines) + f"\n{len(rows)} row{'' if len(rows) == 1 else 's'}\n"


def _line(cells: Sequence[str], widths: list[int]) -> str:
    return "  ".join(_fitted(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _fitted(text: str, width: int) -> str:
    """The text cut or filled to so many columns."""
    if columns_of(text) > width:
        kept = ""
        for letter in text:
            if columns_of(kept + letter) > width - 1:
                break
            kept += letter
        text = kept + "…"
    return text + " " * (width - columns_of(text))


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for an East Asian letter, none for an accent."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
