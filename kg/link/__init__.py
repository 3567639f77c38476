"""Which entities of different documents are one, and the IRI that each gets.

A function of the set of document graphs, never of their order. Films and other works are told first (title,
year, makers, cast), people by them (full name, works and relatives they share), characters within their film;
everything else goes by its name. What cannot be told stays open and is shown as an ambiguous name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from kg.facts import facts_of
from kg.link.clusters import families_of
from kg.link.naming import AmbiguousName, Links, Naming
from kg.link.profiles import kind_of, profiles_of
from kg.model import Entity, Fact, Object, Triple
from kg.ontology import Ontology
from kg.rdf.stored import DocumentGraph, Reading, document_graphs, ontology_of

__all__ = ["AmbiguousName", "Links", "kind_of", "link", "linked_facts", "linked_readings"]


def link(graphs: Iterable[DocumentGraph], ontology: Ontology) -> Links:
    """The linked entity of every entity of every document."""
    return Naming(ontology).links(families_of(profiles_of(graphs, ontology), ontology))


def linked_readings(graphs: Iterable[DocumentGraph], links: Links) -> list[Reading]:
    """The readings of all documents in linked terms, under their own IRIs."""

    def linked(thing: Object) -> Object:
        return links.entities[thing.iri] if isinstance(thing, Entity) else thing

    def in_linked_terms(reading: Reading) -> Reading:
        claim = reading.claim
        subject = links.entities[claim.triple.subject.iri]
        triple = Triple(subject, claim.triple.relation, linked(claim.triple.object))
        qualifiers = tuple((name, linked(value)) for name, value in claim.qualifiers)
        return Reading(reading.iri, replace(claim, triple=triple, qualifiers=qualifiers))

    return [in_linked_terms(reading) for graph in graphs for reading in graph.readings]


def linked_facts(quads: ox.Store) -> tuple[Fact, ...]:
    """The facts of a store, with all their evidence, in the order of documents and text."""
    ontology = ontology_of(quads)
    graphs = document_graphs(quads, ontology)
    readings = linked_readings(graphs, link(graphs, ontology))
    return facts_of((reading.claim for reading in readings), ontology)
