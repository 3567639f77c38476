"""Names looked up: what is called so, and the terms that an editor completes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.http.page.reply import Reply, as_json, html
from kg.query.names import PLACES, label_of, prefix_of
from kg.rdf.names import ID, PREFIXES, folded_name
from kg.rdf.turtle import Terms

SHOWN = 50
SUGGESTED = 10
LONGEST = 200
"""So much of a name is looked up."""

LIKE = """
SELECT ?thing (MIN(?rank) AS ?best) (MIN(?length) AS ?shortest) WHERE {
  GRAPH graph:search { ?thing film:searchKey ?key }
  FILTER(CONTAINS(?key, %(key)s) && STRSTARTS(STR(?thing), %(start)s))
  BIND(IF(?key = %(key)s, 0, IF(STRSTARTS(?key, %(key)s), 1, IF(CONTAINS(?key, %(word)s), 2, 3))) AS ?rank)
  BIND(STRLEN(?key) AS ?length)
}
GROUP BY ?thing ORDER BY ?best ?shortest ?thing LIMIT %(most)d
"""
TERMS = """
SELECT ?term ?label ?comment ?is_class WHERE {
  GRAPH graph:ontology {
    ?term rdfs:label ?label .
    OPTIONAL { ?term rdfs:comment ?comment }
    BIND(EXISTS { ?term a owl:Class } || EXISTS { ?term a rdfs:Class } AS ?is_class)
  }
} ORDER BY ?term
"""


def page(quads: ox.Store, given: Mapping[str, str]) -> Reply:
    """What is called like `q`, the likest first: as a page, or as JSON to suggest while somebody types."""
    wanted, kind = given.get("q", ""), given.get("kind", "")
    is_page = given.get("format") != "json"
    found = like(quads, wanted, kind, SHOWN if is_page else SUGGESTED)
    if not is_page:
        return as_json(found)
    return html("search.html.j2", wanted=wanted[:LONGEST], found=found, most=SHOWN)


def like(quads: ox.Store, wanted: str, kind: str, most: int) -> list[dict[str, str]]:
    """Entities of a kind (film, person, …; '' for any) by names that hold what is wanted."""
    key = folded_name(wanted[:LONGEST])
    if not key:
        return []
    starts = [f"{ID}{prefix}/" for prefix in PLACES.get(kind, ())] or [ID]
    found: list[dict[str, str]] = []
    for start in starts:
        terms = Terms()
        said = {"key": key, "word": f" {key}", "start": start}
        written: dict[str, Any] = {name: terms.of(ox.Literal(text)) for name, text in said.items()}
        rows = quads.query(LIKE % {**written, "most": most - len(found)}, prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        found += [_item(quads, row["thing"]) for row in rows if len(found) < most]
    return found[:most]


def _item(quads: ox.Store, node: Any) -> dict[str, str]:
    return {
        "iri": node.value,
        "name": label_of(quads, node) or node.value.removeprefix(ID),
        "kind": prefix_of(node),
    }


def terms(quads: ox.Store, given: Mapping[str, str]) -> Reply:
    """The classes and properties of the ontology, as JSON for the editor."""
    rows = quads.query(TERMS, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    short = Terms()
    found = {
        short.of(row["term"]): {
            "label": row["label"].value,
            "comment": row["comment"].value if row["comment"] else "",
            "class": row["is_class"].value == "true",
        }
        for row in rows
        if isinstance(row["term"], ox.NamedNode)
    }
    return as_json(found)
