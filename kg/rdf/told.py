"""What documents say about an entity, found by the index: it takes as long as there are such readings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import pyoxigraph as ox

from kg.model import Claim, Entity, Evidence, Object, Qualifiers, Span, Triple, Value
from kg.ontology import Ontology
from kg.rdf.linked import IN_DOCUMENT
from kg.rdf.names import DEFAULT, EVIDENCE, FACT, OTHER, document_id
from kg.rdf.readings import (
    ALT_LABEL,
    CONFIDENCE,
    CURRENCY,
    EXACT,
    LABEL,
    OBJECT,
    PREDICATE,
    RULE,
    SPAN,
    SUBJECT,
    TYPE,
    VALUE,
)
from kg.rdf.stored import CHARACTERS, Node
from kg.rdf.values import to_value
from kg.rdf.vocabulary import Vocabulary

Said = dict[str, Node]


class Told:
    """The readings of a store in linked terms, asked for by the entity that they speak of."""

    def __init__(self, quads: ox.Store, ontology: Ontology) -> None:
        self.quads = quads
        self.vocabulary = Vocabulary(ontology)
        self._entities: dict[str, Entity] = {}

    def about(self, iri: str, most: int) -> list[Claim]:
        """Up to `most` claims that have an entity as their subject, their object, or in a qualifier."""
        node = ox.NamedNode(iri)
        found = chain(
            self.quads.quads_for_pattern(None, SUBJECT, node, EVIDENCE),
            self.quads.quads_for_pattern(None, None, node, EVIDENCE),
        )
        readings = dict.fromkeys(quad.subject for quad in islice(found, 2 * most))
        return [claim for each in islice(readings, most) for claim in self._claim(each)]

    def entity(self, node: ox.NamedNode) -> Entity:
        """The entity of an IRI, with the names and the type that the store gives it."""
        known = self._entities.get(node.value)
        if known is None:
            label = self._one(node, LABEL, DEFAULT)
            others = sorted(self._other_names(node))
            name = label.value if label else next(iter(others), node.value)
            names = (name, *(each for each in others if each != name))
            known = self._entities[node.value] = Entity(node.value, name, self._type(node), names)
        return known

    def _other_names(self, node: ox.NamedNode) -> Iterator[str]:
        for quad in self.quads.quads_for_pattern(node, ALT_LABEL, None, DEFAULT):
            if isinstance(quad.object, ox.Literal):
                yield quad.object.value

    def _type(self, node: ox.NamedNode) -> str:
        """The most exact of its classes: a novel is said to be a work as well."""
        names, is_a = self.vocabulary.names, self.vocabulary.ontology.is_a
        said = self.quads.quads_for_pattern(node, TYPE, None, DEFAULT)
        types = sorted(names[q.object.value] for q in said if isinstance(q.object, ox.NamedNode)
                       and q.object.value in names)  # fmt: skip
        exact = [one for one in types if not any(other != one and is_a(other, one) for other in types)]
        return exact[0] if exact else OTHER

    def _claim(self, reading: ox.NamedNode | ox.BlankNode | ox.Triple) -> Iterator[Claim]:
        """The claim of a reading; none where the store does not hold all of it."""
        if not isinstance(reading, ox.NamedNode):
            return
        said = self._said(reading, EVIDENCE)
        document = said.get(IN_DOCUMENT.value)
        subject, predicate, object_ = (said.get(each.value) for each in (SUBJECT, PREDICATE, OBJECT))
        if not (isinstance(document, ox.NamedNode) and isinstance(subject, ox.NamedNode)):
            return
        relation = self.vocabulary.names.get(predicate.value if predicate else "")
        evidence = self._evidence(reading, document)
        if relation is None or object_ is None or evidence is None:
            return
        has_value = isinstance(said.get(VALUE.value), ox.Literal)
        thing = self._value(said) if has_value else self._object(object_)
        triple = Triple(self.entity(subject), relation, thing)
        yield Claim(triple, self._qualifiers(relation, said), evidence)

    def _evidence(self, reading: ox.NamedNode, document: ox.NamedNode) -> Evidence | None:
        said = self._said(reading, document)
        place = said.get(SPAN.value)
        if not isinstance(place, ox.NamedNode):
            return None
        characters, quote = CHARACTERS.search(place.value), self._one(place, EXACT, document)
        if characters is None or quote is None:
            return None
        span = Span(int(characters[1]), int(characters[2]))
        confidence = float(said[CONFIDENCE.value].value)
        return Evidence(document_id(document.value), span, quote.value, said[RULE.value].value, confidence)

    def _qualifiers(self, relation: str, said: Said) -> Qualifiers:
        names = self.vocabulary.ontology.qualifiers(relation)
        iris = ((name, self.vocabulary.node(name).value) for name in names)
        return tuple((name, self._object(said[iri])) for name, iri in iris if iri in said)

    def _object(self, node: Node) -> Object:
        """An entity, a value, one of a few words, or the money of a node."""
        if isinstance(node, ox.Literal):
            return to_value(node)
        if node.value in self.vocabulary.words:
            return Value(self.vocabulary.words[node.value])
        if node.value.startswith(FACT):
            return self._value(self._said(node, DEFAULT))
        return self.entity(node)

    def _value(self, said: Said) -> Value:
        value, unit = said.get(VALUE.value), said.get(CURRENCY.value)
        assert isinstance(value, ox.Literal)
        return to_value(value, unit.value if unit else "")

    def _said(self, node: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph) -> Said:
        found = self.quads.quads_for_pattern(node, None, None, graph)
        return {quad.predicate.value: quad.object for quad in found if isinstance(quad.object, Node)}

    def _one(
        self, node: ox.NamedNode, predicate: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph
    ) -> Node | None:
        for quad in self.quads.quads_for_pattern(node, predicate, None, graph):
            if isinstance(quad.object, Node):
                return quad.object
        return None
