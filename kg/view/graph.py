"""A store as a networkx graph: entities are nodes, facts between them edges, values stand at their node."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox

from kg.errors import FilmKGError
from kg.facts import confidence_of
from kg.link import kind_of, linked_facts
from kg.model import Document, Entity, Evidence, Fact
from kg.ontology import Ontology
from kg.ontology.terms import FILM
from kg.rdf.linked import Writer
from kg.rdf.names import INFERRED
from kg.rdf.readings import CONTEXT, PREFIX, SUFFIX
from kg.rdf.stored import ontology_of
from kg.rdf.turtle import Terms
from kg.store import reading
from kg.view.selection import around
from kg.view.wanted import Wanted, wanted
from kg.view.words import in_words, qualifiers_in_words

QUOTE = "quote"

if TYPE_CHECKING:
    from kg.store.access import Target
    from kg.view.selection import Graph


def graph_of(
    store: Target,
    *,
    about: str = "",
    hops: int = 2,
    types: Iterable[str] = (),
    relations: Iterable[str] = (),
    document: str = "",
    query: str = "",
    min_confidence: float = 0.0,
    evidence: bool = True,
    derived: bool = False,
) -> Graph:
    """The facts of a store as a graph, nodes and edges in the order of documents and text.

    A node is the IRI of an entity, with `label`, `type`, `kind` (Work for a Novel), `names`, and `values`:
    what is said of it that is no entity. An edge, and an item of `values`, has `relation`, `label` (the
    relation in words), `qualifiers` (in words), `confidence`, `evidence`, a list with `document`, `before`,
    `quote`, `after`, `rule`, `confidence`, and `turtle`, the object as Turtle writes it, with `in_full`, the
    node that says the fact in full. An item of `values` has a `value` besides. With `derived`, what follows
    from the facts stands there too; such an edge has `derived` and neither confidence nor evidence.

    `about` is a name or an IRI, and keeps what lies within `hops` steps of it. `types` and `relations` are
    names of the ontology, and keep entities and facts of these. `document` is the id of one, and keeps what
    it says. `query` is a query as `kg query` takes it, and keeps the entities in its answer, and of a
    CONSTRUCT its relations. FilmKGError where one of these names nothing.
    """
    _check(hops, min_confidence)
    with reading(store) as held:
        ontology = ontology_of(held.quads)
        only = wanted(held, ontology, types, relations, document, query)
        build = _Builder(held.quads, ontology, _all_at_once(held.quads) if evidence else None)
        for fact in linked_facts(held.quads):
            if confidence_of(fact) >= min_confidence and only.has(fact):
                build.fact(fact)
        if derived:
            build.derived(only)
    return around(build.graph, about, hops) if about else build.graph


def graph_of_facts(quads: ox.Store, ontology: Ontology, facts: Iterable[Fact]) -> Graph:
    """A few facts of a store as such a graph: the words around their evidence are looked up one by one."""
    build = _Builder(quads, ontology, _one_by_one(quads))
    for fact in facts:
        build.fact(fact)
    return build.graph


def said_in(quads: ox.Store, evidence: Evidence) -> dict[str, Any]:
    """The words that say a fact, with a few words around them: an item of `evidence` of an edge."""
    return _said(evidence, _one_by_one(quads))


def _check(hops: int, min_confidence: float) -> None:
    if not 0 <= min_confidence <= 1:
        raise FilmKGError(f"a confidence lies between 0 and 1; {min_confidence:g} does not")
    if hops < 0:
        raise FilmKGError(f"steps are counted from 0; {hops} is less")


Words = Callable[[str, ox.NamedNode], str]
"""What stands before or after a place of a text; '' where nothing does."""


def _all_at_once(quads: ox.Store) -> Words:
    """For all facts: looked up one by one they would take longer than everything else here."""
    found = {
        predicate: {
            quad.subject.value: quad.object.value
            for quad in quads.quads_for_pattern(None, predicate, None, None)
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        }
        for predicate in (PREFIX, SUFFIX)
    }
    return lambda place, predicate: found[predicate].get(place, "")


def _one_by_one(quads: ox.Store) -> Words:
    """For a few facts of a store that may be large."""

    def words(place: str, predicate: ox.NamedNode) -> str:
        found = quads.quads_for_pattern(ox.NamedNode(place), predicate, None, None)
        return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), "")

    return words


class _Builder:
    """Facts into a graph."""

    def __init__(self, quads: ox.Store, ontology: Ontology, words: Words | None) -> None:
        self.graph: Graph = nx.MultiDiGraph()
        self.quads = quads
        self.ontology = ontology
        self.writer = Writer(ontology)
        self.terms = Terms()
        self.words = words

    def fact(self, fact: Fact) -> None:
        """Adds a fact, and what it is about."""
        subject, object_ = fact.triple.subject, fact.triple.object
        self.entity(subject)
        node = self.writer.node_of(fact)
        if not self.words:
            # What a critic wrote is as much somebody's own as the sentences of a document.
            fact = replace(fact, qualifiers=tuple(q for q in fact.qualifiers if q[0] != QUOTE))
        attributes: dict[str, Any] = {
            "relation": fact.triple.relation,
            "label": self.ontology.relation(fact.triple.relation).label,
            "qualifiers": list(qualifiers_in_words(fact.qualifiers)),
            "confidence": confidence_of(fact),
            "evidence": [_said(each, self.words) for each in fact.evidence] if self.words else [],
            "turtle": self.terms.of(self.writer.flat(fact, node)[2]),
            "in_full": self.in_full(fact, node) if node else "",
        }
        if isinstance(object_, Entity):
            self.entity(object_)
            self.graph.add_edge(subject.iri, object_.iri, **attributes)
        else:
            self.graph.nodes[subject.iri]["values"].append({"value": in_words(object_), **attributes})

    def entity(self, entity: Entity) -> None:
        """Adds a node, once."""
        if entity.iri not in self.graph:
            self.graph.add_node(
                entity.iri,
                label=entity.label,
                type=entity.type,
                kind=kind_of(entity.type, self.ontology),
                names=list(entity.names),
                values=[],
            )

    def in_full(self, fact: Fact, node: ox.NamedNode) -> str:
        """The node of a fact, and those of the money in it, as lines of Turtle."""
        said: dict[str, list[str]] = {}
        for subject, predicate, object_ in self.writer.in_full(fact, node):
            objects = said.setdefault(self.terms.iri(subject.value), [])
            objects.append(f"{self.terms.iri(predicate.value)} {self.terms.of(object_)}")
        return "\n".join(f"{subject} {' ; '.join(objects)} ." for subject, objects in said.items())

    def derived(self, only: Wanted) -> None:
        """Adds what was worked out about the entities that are there, where it says anything new."""
        for quad in sorted(self.quads.quads_for_pattern(None, None, None, INFERRED), key=str):
            subject, object_ = str(quad.subject)[1:-1], str(quad.object)[1:-1]
            name = quad.predicate.value.removeprefix(FILM)
            if subject not in self.graph or object_ not in self.graph or not only.has_relation(name):
                continue
            # The other direction of a marriage is no news. What is more exact stands on what was read.
            broader = self.ontology.super_relations(name)
            read = {data["relation"] for data in (self.graph.get_edge_data(subject, object_) or {}).values()}
            if self.ontology.relation(name).symmetric or (broader and not broader & read):
                continue
            label = self.ontology.relation(name).label
            self.graph.add_edge(
                subject, object_, relation=name, label=label, qualifiers=[], evidence=[], derived=True,
                turtle=self.terms.iri(object_), in_full="",
            )  # fmt: skip


def _said(evidence: Evidence, words: Words) -> dict[str, Any]:
    span = evidence.span
    place = f"{Document(evidence.document, '').iri}#char={span.start},{span.end}"
    before, after = words(place, PREFIX), words(place, SUFFIX)
    return {
        "document": evidence.document,
        "before": _last_words(before),
        "quote": evidence.quote,
        "after": _last_words(after[::-1])[::-1],
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _last_words(text: str) -> str:
    """The end of the text from its last blank line on, without a first word that may be half."""
    _, gap, paragraph = text.rpartition("\n\n")
    return paragraph if gap or len(text) < CONTEXT else f"… {text.partition(' ')[2]}"
