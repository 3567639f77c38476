"""A store as a networkx graph: entities are nodes, facts between them edges, values stand at their node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox

from kg.errors import FilmKGError
from kg.facts import confidence_of
from kg.link import kind_of, linked_facts
from kg.model import Document, Entity, Evidence, Fact
from kg.ontology import Ontology
from kg.rdf.readings import CONTEXT, PREFIX, SUFFIX
from kg.rdf.stored import ontology_of
from kg.store import reading
from kg.view.selection import around
from kg.view.words import in_words, qualifiers_in_words

if TYPE_CHECKING:
    from kg.store.access import Target
    from kg.view.selection import Graph


def graph_of(
    store: Target,
    *,
    about: str = "",
    hops: int = 2,
    min_confidence: float = 0.0,
    evidence: bool = True,
) -> Graph:
    """The facts of a store as a graph, nodes and edges in the order of documents and text.

    A node is the IRI of an entity, with `label`, `type`, `kind` (Work for a Novel), `names`, and `values`:
    what is said of it that is no entity. An edge, and an item of `values`, has `relation`, `label` (the
    relation in words), `qualifiers` (in words), `confidence` and `evidence`, a list with `document`,
    `before`, `quote`, `after`, `rule`, `confidence`; an item of `values` has a `value` besides. What was
    inferred is left out: behind everything here are words that say it.

    `about` is a name or an IRI, and keeps what lies within `hops` steps of it.
    """
    if not 0 <= min_confidence <= 1:
        raise FilmKGError(f"a confidence lies between 0 and 1; {min_confidence:g} does not")
    if hops < 0:
        raise FilmKGError(f"steps are counted from 0; {hops} is less")
    graph: Graph = nx.MultiDiGraph()
    with reading(store) as held:
        add = _Builder(graph, held.quads, ontology_of(held.quads), evidence)
        for fact in linked_facts(held.quads):
            if confidence_of(fact) >= min_confidence:
                add.fact(fact)
    return around(graph, about, hops) if about else graph


class _Builder:
    """Facts into a graph."""

    def __init__(self, graph: Graph, quads: ox.Store, ontology: Ontology, evidence: bool) -> None:
        self.graph = graph
        self.quads = quads
        self.ontology = ontology
        self.with_evidence = evidence

    def fact(self, fact: Fact) -> None:
        """Adds a fact, and what it is about."""
        subject, object_ = fact.triple.subject, fact.triple.object
        self.entity(subject)
        attributes: dict[str, Any] = {
            "relation": fact.triple.relation,
            "label": self.ontology.relation(fact.triple.relation).label,
            "qualifiers": list(qualifiers_in_words(fact.qualifiers)),
            "confidence": confidence_of(fact),
            "evidence": [self.said(each) for each in fact.evidence] if self.with_evidence else [],
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

    def said(self, evidence: Evidence) -> dict[str, Any]:
        """The words that say a fact, with a few words around them."""
        span = evidence.span
        place = ox.NamedNode(f"{Document(evidence.document, '').iri}#char={span.start},{span.end}")
        before, after = (next(self._literals(place, each), "") for each in (PREFIX, SUFFIX))
        return {
            "document": evidence.document,
            "before": _last_words(before),
            "quote": evidence.quote,
            "after": _last_words(after[::-1])[::-1],
            "rule": evidence.rule,
            "confidence": evidence.confidence,
        }

    def _literals(self, node: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[str]:
        for quad in self.quads.quads_for_pattern(node, predicate, None, None):
            if isinstance(quad.object, ox.Literal):
                yield quad.object.value


def _last_words(text: str) -> str:
    """The end of the text from its last blank line on, without a first word that may be half."""
    _, gap, paragraph = text.rpartition("\n\n")
    return paragraph if gap or len(text) < CONTEXT else f"… {text.partition(' ')[2]}"
