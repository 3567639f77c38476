"""Everything that follows from the document graphs: links, evidence, facts, what is inferred, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.facts import Joined, join
from kg.link import Links, kind_of, link, linked_readings
from kg.model import Claim, Entity
from kg.ontology import Ontology
from kg.rdf.linked import Statement, Writer
from kg.rdf.names import DEFAULT, EVIDENCE, INFERRED, LINKS, ONTOLOGY, READ, SEARCH, film, folded_name
from kg.rdf.readings import ALT_LABEL, LABEL, TYPE
from kg.rdf.stored import DocumentGraph

DENOTES, MAY_DENOTE, AMBIGUOUS = film("denotes"), film("mayDenote"), film("AmbiguousName")
PART_OF, SEARCH_KEY = film("partOf"), film("searchKey")


def derive(graphs: list[DocumentGraph], ontology: Ontology) -> Iterator[ox.Quad]:
    """The quads of all derived graphs: a function of the set of document graphs and of the ontology."""
    for quad in _facts_and_names(graphs, ontology):
        yield quad
        names = quad.predicate in (LABEL, ALT_LABEL) and quad.graph_name == DEFAULT
        if names and isinstance(quad.object, ox.Literal):
            yield ox.Quad(quad.subject, SEARCH_KEY, ox.Literal(folded_name(quad.object.value)), SEARCH)


def _facts_and_names(graphs: list[DocumentGraph], ontology: Ontology) -> Iterator[ox.Quad]:
    links = link(graphs, ontology)
    for iri, entity in links.entities.items():
        yield ox.Quad(ox.NamedNode(iri), DENOTES, ox.NamedNode(entity.iri), LINKS)
    readings = linked_readings(graphs, links)
    iri_of = {id(reading.claim): reading.iri for reading in readings}
    joined = join((reading.claim for reading in readings), ontology)
    writer = Writer(ontology)
    told = {entity.iri: entity for each in joined for claim in each.claims for entity in _entities_in(claim)}
    yield from _facts(joined, iri_of, writer)
    yield from _entities(told, links, writer)
    yield from _award_categories(told, ontology)
    yield from _ontology_graph(ontology)


def _facts(joined: Iterable[Joined], iri_of: dict[int, str], writer: Writer) -> Iterator[ox.Quad]:
    """Evidence, flat facts, facts in full, and what is inferred from them."""
    read: dict[Statement, None] = {}
    inferred: dict[Statement, None] = {}
    in_full: dict[Statement, None] = {}
    for each in joined:
        node = writer.node_of(each.fact) if each.node else None
        flat = writer.flat(each.fact, node)
        read[flat] = None
        inferred.update(dict.fromkeys(writer.inferred(each.fact, flat)))
        if node is not None:
            in_full.update(dict.fromkeys(writer.in_full(each.fact, node)))
        for claim in each.claims:
            for statement in writer.evidence(iri_of[id(claim)], claim, node):
                yield ox.Quad(*statement, EVIDENCE)
    for statement in read:
        yield ox.Quad(*statement, READ)
    for statement in inferred:
        if statement not in read:
            yield ox.Quad(*statement, INFERRED)
    for statement in {**read, **inferred, **in_full}:
        yield ox.Quad(*statement, DEFAULT)


def _entities_in(claim: Claim) -> list[Entity]:
    things = (claim.triple.subject, claim.triple.object, *(value for _, value in claim.qualifiers))
    return [thing for thing in things if isinstance(thing, Entity)]


def _entities(told: dict[str, Entity], links: Links, writer: Writer) -> Iterator[ox.Quad]:
    """Labels and types of what facts speak of, and the names that stand for several things."""
    open_names = {name.iri for name in links.ambiguous}
    for iri, entity in told.items():
        if iri not in open_names:
            for statement in writer.entity(entity, kind_of(entity.type, writer.ontology)):
                yield ox.Quad(*statement, DEFAULT)
    for name in links.ambiguous:
        node = ox.NamedNode(name.iri)
        yield ox.Quad(node, TYPE, AMBIGUOUS, DEFAULT)
        for iri in name.may_denote:
            yield ox.Quad(node, MAY_DENOTE, ox.NamedNode(iri), DEFAULT)
        for form in name.names:
            yield ox.Quad(node, ALT_LABEL, ox.Literal(form), DEFAULT)


def _award_categories(told: dict[str, Entity], ontology: Ontology) -> Iterator[ox.Quad]:
    """The award that a category is part of, where facts speak of both: a Bear for best actor, a Bear."""
    awards = {iri: entity for iri, entity in told.items() if ontology.is_a(entity.type, "Award")}
    by_name = {entity.label.casefold(): iri for iri, entity in sorted(awards.items(), reverse=True)}
    for iri, entity in awards.items():
        name, category, _ = entity.label.casefold().partition(" for ")
        whole = by_name.get(name)
        if category and whole:
            for graph in (INFERRED, DEFAULT):
                yield ox.Quad(ox.NamedNode(iri), PART_OF, ox.NamedNode(whole), graph)


def _ontology_graph(ontology: Ontology) -> Iterator[ox.Quad]:
    """The ontology in its graph; its labels also where a plain query sees them."""
    for path in ontology.paths:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, ONTOLOGY)
                if quad.predicate == LABEL:
                    yield ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT)
