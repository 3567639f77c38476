"""Which facts of a store somebody asks for, by names of the ontology, a document, a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import FilmKGError
from kg.model import Entity, Fact
from kg.ontology import Ontology
from kg.ontology.terms import FILM
from kg.query import run
from kg.rdf.readings import DOCUMENT_ID

if TYPE_CHECKING:
    from kg.store import Snapshot


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts are wanted; None is all."""

    types: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    entities: frozenset[str] | None = None
    document: str = ""

    def has(self, fact: Fact) -> bool:
        """True where the fact, and all that it connects, is wanted."""
        triple = fact.triple
        ends = [end for end in (triple.subject, triple.object) if isinstance(end, Entity)]
        return (
            self.has_relation(triple.relation)
            and (self.types is None or all(end.type in self.types for end in ends))
            and (self.entities is None or all(end.iri in self.entities for end in ends))
            and (not self.document or any(each.document == self.document for each in fact.evidence))
        )

    def has_relation(self, name: str) -> bool:
        """True where facts of that relation are wanted."""
        return self.relations is None or name in self.relations


def wanted(
    held: Snapshot,
    ontology: Ontology,
    types: Iterable[str],
    relations: Iterable[str],
    document: str,
    query: str,
) -> Wanted:
    """What somebody asks for by names; FilmKGError where one of them is unknown."""
    classes = set(ontology.ancestors)
    chosen = {_known(name, classes, "type") for name in types}
    kinds = frozenset(name for name in classes if any(ontology.is_a(name, each) for each in chosen))
    given = {_known(name, set(ontology.names), "relation") for name in relations}
    named = frozenset(given) if given else None
    entities, asked = _answered(held, query) if query else (None, None)
    if asked is not None:
        named = asked if named is None else named & asked
    return Wanted(
        types=kinds if chosen else None,
        relations=named,
        entities=entities,
        document=_known(document, _documents(held), "document") if document else "",
    )


def _documents(held: Snapshot) -> set[str]:
    found = held.quads.quads_for_pattern(None, DOCUMENT_ID, None, None)
    return {quad.object.value for quad in found if isinstance(quad.object, ox.Literal)}


def _known(name: str, names: set[str], what: str) -> str:
    """The name as the store writes it; FilmKGError, with what is like it, where there is none."""
    by_folded = {each.casefold(): each for each in sorted(names)}
    found = by_folded.get(name.strip().casefold())
    if found is None:
        close = get_close_matches(name.strip().casefold()[:100], by_folded, 1, 0.5)
        hint = f"; did you mean {by_folded[close[0]]}?" if close else ""
        raise FilmKGError(f"{name.strip()[:100]!r} is no {what} of this graph{hint}")
    return found


def _answered(held: Snapshot, query: str) -> tuple[frozenset[str], frozenset[str] | None]:
    """The IRIs in the answer to a query and, of a graph, the relations in it."""
    answer = run(held, query)
    if answer.yes is not None:
        raise FilmKGError("a query that answers yes or no names nothing to draw; SELECT or CONSTRUCT does")
    if answer.variables:
        cells = (cell for row in answer.rows() for cell in row)
        return frozenset(cell.value for cell in cells if isinstance(cell, ox.NamedNode)), None
    triples = list(answer.triples())
    ends = (end for triple in triples for end in (triple.subject, triple.object))
    relations = frozenset(triple.predicate.value.removeprefix(FILM) for triple in triples)
    return frozenset(end.value for end in ends if isinstance(end, ox.NamedNode)), relations
