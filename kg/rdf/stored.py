"""Document graphs back to entities and claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import Claim, Entity, Evidence, Object, Qualifiers, Span, Triple
from kg.ontology import Ontology, read_ontology
from kg.rdf.names import ONTOLOGY, document_id
from kg.rdf.readings import (
    ALT_LABEL,
    CONFIDENCE,
    CONTENT_HASH,
    CURRENCY,
    ENTITY_TYPE,
    EXACT,
    LABEL,
    OBJECT,
    PREDICATE,
    RULE,
    SPAN,
    SUBJECT,
    VALUE,
)
from kg.rdf.values import to_value
from kg.rdf.vocabulary import Vocabulary

CHARACTERS = re.compile(r"#char=(\d+),(\d+)$")
NUMBER = re.compile(r"#[er](\d+)$")

Node = ox.NamedNode | ox.Literal
Said = dict[str, list[Node]]
"""What is said of one thing: objects by the IRI of the predicate."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim and the IRI of its node in the document graph."""

    iri: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """What a document graph holds: entities in order of first mention, readings in order of the text."""

    id: str
    content_hash: str
    entities: tuple[Entity, ...]
    readings: tuple[Reading, ...]


def document_graphs(quads: ox.Store, ontology: Ontology) -> list[DocumentGraph]:
    """The document graphs of a store, in the order of their ids."""
    found = []
    for quad in quads.quads_for_pattern(None, CONTENT_HASH, None, None):
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode):
            said = quads.quads_for_pattern(None, None, None, graph)
            found.append(read_document_graph(said, graph.value, ontology))
    return sorted(found, key=lambda graph: graph.id)


def ontology_of(quads: ox.Store) -> Ontology:
    """The ontology with which a store was built."""
    data = quads.dump(format=ox.RdfFormat.TURTLE, from_graph=ONTOLOGY)
    return read_ontology(data or b"", ONTOLOGY.value)


def read_document_graph(quads: Iterable[ox.Quad], iri: str, ontology: Ontology) -> DocumentGraph:
    """The entities and claims of one document graph; entities come without their mentions."""
    about: dict[str, Said] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, Node):
            about.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    reader = _Reader(about, document_id(iri), Vocabulary(ontology))
    content_hash = about.get(iri, {}).get(CONTENT_HASH.value, [ox.Literal("")])[0].value
    return DocumentGraph(
        reader.document, content_hash, tuple(reader.entities.values()), tuple(reader.readings())
    )


class _Reader:
    """One document graph on its way back."""

    def __init__(self, about: dict[str, Said], document: str, vocabulary: Vocabulary) -> None:
        self.about = about
        self.document = document
        self.vocabulary = vocabulary
        with_type = [iri for iri, said in about.items() if ENTITY_TYPE.value in said]
        self.entities = {iri: self._entity(iri) for iri in sorted(with_type, key=_number)}

    def _entity(self, iri: str) -> Entity:
        said = self.about[iri]
        label = said[LABEL.value][0].value
        others = sorted(name.value for name in said.get(ALT_LABEL.value, []))
        type_ = self.vocabulary.names[said[ENTITY_TYPE.value][0].value]
        return Entity(iri, label, type_, (label, *others))

    def readings(self) -> Iterator[Reading]:
        """The readings in the order of their numbers."""
        for iri in sorted((iri for iri, said in self.about.items() if RULE.value in said), key=_number):
            said = self.about[iri]
            relation = self.vocabulary.names[said[PREDICATE.value][0].value]
            unit = said.get(CURRENCY.value)
            object_ = self._object(said[OBJECT.value][0], unit[0].value if unit else "")
            triple = Triple(self.entities[said[SUBJECT.value][0].value], relation, object_)
            yield Reading(iri, Claim(triple, self._qualifiers(relation, said), self._evidence(said)))

    def _object(self, node: Node, unit: str = "") -> Object:
        if isinstance(node, ox.Literal):
            return to_value(node, unit)
        if node.value in self.entities:
            return self.entities[node.value]
        if node.value in self.vocabulary.words:
            return to_value(ox.Literal(self.vocabulary.words[node.value]))
        amount = self.about[node.value]
        value, currency = amount[VALUE.value][0], amount[CURRENCY.value][0]
        return self._object(value, currency.value)

    def _qualifiers(self, relation: str, said: Said) -> Qualifiers:
        names = self.vocabulary.ontology.qualifiers(relation)
        iris = ((name, self.vocabulary.node(name).value) for name in names)
        return tuple((name, self._object(said[iri][0])) for name, iri in iris if iri in said)

    def _evidence(self, said: Said) -> Evidence:
        place = said[SPAN.value][0].value
        start, end = CHARACTERS.search(place).groups()  # type: ignore[union-attr]
        quote = self.about[place][EXACT.value][0].value
        confidence = float(said[CONFIDENCE.value][0].value)
        rule = said[RULE.value][0].value
        return Evidence(self.document, Span(int(start), int(end)), quote, rule, confidence)


def _number(iri: str) -> int:
    found = NUMBER.search(iri)
    return int(found[1]) if found else 0
