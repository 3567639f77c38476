"""Answers as tables: to a query that somebody wrote, or to a question of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.http.page.reply import Reply, as_json, html
from kg.http.refusals import RefusedError
from kg.query import Answer, NamedQuery, catalogue, filled_in, run
from kg.query.names import label_of
from kg.rdf.turtle import Terms
from kg.store import Snapshot

SHOWN = 1000
"""So many rows are shown; a download has all."""
LABEL = "_label"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle; charset=utf-8",
}


def answered(quads: ox.Store, query: str | NamedQuery, parameters: Mapping[str, str]) -> Answer:
    """The answer; a text is always SPARQL here, never the name of a question or of a file."""
    asked = NamedQuery("", "", (), query) if isinstance(query, str) else query
    return run(Snapshot(quads), asked, parameters)


def page(quads: ox.Store, given: Mapping[str, str]) -> Reply:
    """The answer to `query` as a page, or as a file of `format`."""
    query = given.get("query", "")
    if not query.strip():
        raise RefusedError(400, "there is no query")
    answer = answered(quads, query, {})
    if format_ := given.get("format", ""):
        return _file(answer, format_)
    return html("answer.html.j2", query=query, question=None, given={}, **_shown(quads, answer))


def question(quads: ox.Store, given: Mapping[str, str]) -> Reply:
    """The answer to the question `name` of the catalogue; with `format` sparql only its query, filled in."""
    asked = named(given.get("name", ""))
    own = {
        each.name: given[each.name].strip() for each in asked.parameters if given.get(each.name, "").strip()
    }
    if any(not each.optional and each.name not in own for each in asked.parameters):
        return html("answer.html.j2", query="", question=asked, given=own, columns=(), rows=(), is_cut=False,
                    yes=None, triples="", warnings=(), most=SHOWN)  # fmt: skip
    query = filled_in(Snapshot(quads), asked, own)
    if given.get("format") == "sparql":
        return as_json({"query": query})
    answer = answered(quads, asked, own)
    return html("answer.html.j2", query=query, question=asked, given=own, **_shown(quads, answer))


def named(name: str) -> NamedQuery:
    """The question of that name; RefusedError where there is none."""
    found = [each for each in catalogue() if each.name == name]
    if not found:
        raise RefusedError(404, f"there is no question {name[:100]!r}")
    return found[0]


def _file(answer: Answer, format_: str) -> Reply:
    if format_ not in MEDIA_TYPES:
        raise RefusedError(400, f"{format_[:20]!r} is none of {', '.join(MEDIA_TYPES)}")
    if (format_ == "turtle") != (not answer.variables and answer.yes is None):
        raise RefusedError(400, f"this answer cannot be written as {format_}")
    return Reply(MEDIA_TYPES[format_], lambda out: answer.write(out, format_))


def _shown(quads: ox.Store, answer: Answer) -> dict[str, Any]:
    """What the page of an answer shows: rows with links, yes or no, or triples."""
    variables = answer.variables
    labels = {name: n for n, name in enumerate(variables)}
    columns = [
        name for name in variables if not (name.endswith(LABEL) and name.removesuffix(LABEL) in labels)
    ]
    rows = list(islice(answer.rows(), SHOWN + 1))
    terms = Terms()

    def cell(row: tuple[Any, ...], name: str) -> dict[str, str]:
        term = row[labels[name]]
        label = row[labels[name + LABEL]] if name + LABEL in labels else None
        if isinstance(term, ox.NamedNode):
            text = label.value if isinstance(label, ox.Literal) else label_of(quads, term)
            return {"iri": term.value, "text": text or terms.of(term), "class": "iri"}
        if isinstance(term, ox.Literal):
            is_number = term.datatype.value.rpartition("#")[2] in {"integer", "decimal", "double"}
            return {"iri": "", "text": term.value, "class": "number" if is_number else ""}
        return {"iri": "", "text": "" if term is None else str(term), "class": ""}

    triples = [f"{' '.join(map(terms.of, each))} ." for each in islice(answer.triples(), SHOWN + 1)]
    return {
        "columns": columns,
        "rows": [[cell(row, name) for name in columns] for row in rows[:SHOWN]],
        "is_cut": max(len(rows), len(triples)) > SHOWN,
        "yes": answer.yes,
        "triples": "\n".join(triples[:SHOWN]),
        "warnings": answer.warnings,
        "most": SHOWN,
    }
