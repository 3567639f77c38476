"""Graphs drawn: a page to click through, and a still picture of what lies around an entity."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice

import pyoxigraph as ox

from kg.facts import facts_of
from kg.http.page.answers import answered
from kg.http.page.entity import known
from kg.http.page.reply import HTML, Reply, text
from kg.http.refusals import RefusedError
from kg.model import Entity
from kg.rdf.names import ID
from kg.rdf.stored import ontology_of
from kg.rdf.told import Told
from kg.view.graph import graph_of_facts
from kg.view.selection import Graph, best_connected, connected_with

SVG = "image/svg+xml"
MOST_ENTITIES = 200
"""So many entities of an answer are drawn, with what connects them."""
MOST_READINGS = 300
"""So many readings of one entity."""
IN_A_PAGE, IN_A_PICTURE = 400, 25


def page(quads: ox.Store, given: Mapping[str, str]) -> Reply:
    """The page of the graph around an entity (`iri`), or of the entities in the answer to a query."""
    # pyvis is for this page alone.
    from kg.view.html import page as drawn

    if given.get("query"):
        asked = _entities_in(quads, given["query"])
        about = ""
    else:
        node = known(quads, given.get("iri", ""))
        asked = [node.value]
        about = Told(quads, ontology_of(quads)).entity(node).label
    whole = _around(quads, asked)
    left_out = []
    if len(asked) == MOST_ENTITIES:
        left_out.append(f"These are the first {MOST_ENTITIES} entities of the answer.")
    if len(whole) > IN_A_PAGE:
        left_out.append(f"The {IN_A_PAGE} best connected of {len(whole):,} entities are here.")
    return text(HTML, drawn(best_connected(whole, IN_A_PAGE), about, " ".join(left_out)))


def picture(quads: ox.Store, given: Mapping[str, str]) -> Reply:
    """A still picture of an entity and of its best connected neighbours, as SVG; `theme` may be dark."""
    # It needs numpy, which takes more memory than all other pages.
    from kg.view import still

    node = known(quads, given.get("iri", ""))
    graph = _around(quads, [node.value])
    if node.value not in graph:
        raise RefusedError(404, "nothing to draw: no fact connects it with anything")
    near = best_connected(connected_with(graph, node.value), IN_A_PICTURE)
    return text(SVG, still.svg(near, dark=given.get("theme") == "dark"))


def _entities_in(quads: ox.Store, query: str) -> list[str]:
    """The entities in the answer to a query, in their order; RefusedError where it has none."""
    answer = answered(quads, query, {})
    cells = (cell for row in answer.rows() for cell in row)
    ends = (end for triple in answer.triples() for end in (triple.subject, triple.object))
    iris = (
        each.value
        for found in (cells, ends)
        for each in found
        if isinstance(each, ox.NamedNode) and each.value.startswith(ID)
    )
    found = list(islice(dict.fromkeys(islice(iris, 100 * MOST_ENTITIES)), MOST_ENTITIES))
    if not found:
        raise RefusedError(
            400, "nothing to draw: this answer has no IRI of an entity in it; SELECT ?film, not ?title"
        )
    return found


def _around(quads: ox.Store, asked: Collection[str]) -> Graph:
    """The facts about some entities; of several, only what lies between them or beside two of them."""
    ontology = ontology_of(quads)
    told = Told(quads, ontology)
    claims = {id(claim.evidence): claim for iri in asked for claim in told.about(iri, MOST_READINGS)}
    beside: dict[str, set[str]] = {}
    for claim in claims.values():
        ends = (claim.triple.subject, claim.triple.object)
        one, other = ends[0].iri, ends[1].iri if isinstance(ends[1], Entity) else ends[0].iri
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    kept = {iri for iri, others in beside.items() if len(others & set(asked) - {iri}) > 1} | set(asked)
    facts = facts_of(claims.values(), ontology)
    if len(asked) > 1:
        facts = tuple(
            fact
            for fact in facts
            if fact.triple.subject.iri in kept
            and (not isinstance(fact.triple.object, Entity) or fact.triple.object.iri in kept)
        )
    graph = graph_of_facts(quads, ontology, facts)
    graph.graph["about"] = [iri for iri in asked if iri in graph]
    return graph
