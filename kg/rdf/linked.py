"""Facts in linked terms: readings once more, flat triples, facts in full, labels."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.facts import key_of
from kg.model import Claim, Entity, Fact, Object, Value
from kg.ontology import NodeClass, Ontology
from kg.rdf.names import KINDS, fact_iri, film
from kg.rdf.readings import ALT_LABEL, CURRENCY, LABEL, OBJECT, PREDICATE, SUBJECT, TYPE, VALUE
from kg.rdf.values import to_literal
from kg.rdf.vocabulary import Vocabulary

NODE, IN_DOCUMENT = film("node"), film("inDocument")
GENDER = "gender"
DATED = frozenset({"xsd:date", "xsd:gYearMonth"})

Term = ox.NamedNode | ox.Literal
Statement = tuple[ox.NamedNode, ox.NamedNode, Term]


class Writer:
    """Linked facts to statements. There are no blank nodes, and nothing tells the time."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.vocabulary = Vocabulary(ontology)

    def node_of(self, fact: Fact) -> ox.NamedNode | None:
        """The node of a fact that has one: its IRI is a hash of what tells it from others."""
        node_class = self.ontology.node_class(fact.triple.relation)
        if node_class is None:
            return None
        said = dict(self._identity(fact, node_class))
        identity = [(name, "\t".join(key_of(said[name]))) for name in node_class.identifying if name in said]
        if node_class.kind_as:
            identity.append((node_class.kind_as, self.ontology.kind_of(fact.triple.relation)))
        return ox.NamedNode(fact_iri(node_class.name, tuple(identity)))

    def _identity(self, fact: Fact, node_class: NodeClass) -> Iterator[tuple[str, Object]]:
        triple = fact.triple
        yield node_class.subject_as, triple.subject
        yield node_class.object_as, triple.object
        if node_class.unit_as and isinstance(triple.object, Value):
            yield node_class.unit_as, Value(triple.object.unit)
        yield from fact.qualifiers

    def flat(self, fact: Fact, node: ox.NamedNode | None) -> Statement:
        """The flat triple. Money has no flat form: the triple leads to its node."""
        triple = fact.triple
        return (
            ox.NamedNode(triple.subject.iri),
            self.vocabulary.node(triple.relation),
            self.object_of(triple.relation, triple.object, node),
        )

    def object_of(self, relation: str, object_: Object, node: ox.NamedNode | None) -> Term:
        """The object of a flat triple, or of a reading of it."""
        if isinstance(object_, Entity):
            return ox.NamedNode(object_.iri)
        if node is not None and self.ontology.range_of(relation) == "Amount":
            return node
        return to_literal(object_)

    def in_full(self, fact: Fact, node: ox.NamedNode) -> Iterator[Statement]:
        """Everything that stands at the node of a fact, and at the nodes of the money in it."""
        node_class = self.ontology.node_class(fact.triple.relation)
        assert node_class is not None
        yield node, TYPE, ox.NamedNode(node_class.iri)
        if node_class.kind_as:
            kind = ox.NamedNode(self.ontology.kind_of(fact.triple.relation))
            yield node, self.vocabulary.node(node_class.kind_as), kind
        own = {*node_class.identifying, *node_class.also, node_class.subject_as, node_class.object_as}
        for name, value in self._identity(fact, node_class):
            if name in own:
                yield from self._said_of(node, name, value)

    def _said_of(self, node: ox.NamedNode, name: str, value: Object) -> Iterator[Statement]:
        """A property of a node; money has a node of its own, and a date also gives its year."""
        property_ = self.vocabulary.node(name)
        if isinstance(value, Value) and value.unit and name != "value":
            amount = self._amount(node, name, value)
            yield node, property_, amount
            yield amount, TYPE, film("Amount")
            yield amount, film("of"), node
            yield amount, film("kind"), ox.NamedNode(self.ontology.kind_of(name))
            yield amount, VALUE, to_literal(value)
            yield amount, CURRENCY, ox.Literal(value.unit)
        else:
            yield node, property_, self._of(name, value)
        if name == "date" and isinstance(value, Value) and value.datatype in DATED:
            yield node, self.vocabulary.node("year"), to_literal(Value(value.text[:4], "xsd:integer"))

    def _amount(self, of: ox.NamedNode, name: str, value: Value) -> ox.NamedNode:
        """The node of the money that a qualifier of another node names."""
        kind = self.ontology.kind_of(name)
        identity = (("of", of.value), ("kind", kind), ("value", value.text), ("currency", value.unit))
        return ox.NamedNode(fact_iri("Amount", identity))

    def evidence(self, reading: str, claim: Claim, node: ox.NamedNode | None) -> Iterator[Statement]:
        """A reading in linked terms, under the IRI that it has in its document."""
        this, triple = ox.NamedNode(reading), claim.triple
        yield this, IN_DOCUMENT, ox.NamedNode(reading.partition("#")[0])
        yield this, SUBJECT, ox.NamedNode(triple.subject.iri)
        yield this, PREDICATE, self.vocabulary.node(triple.relation)
        yield this, OBJECT, self.object_of(triple.relation, triple.object, node)
        if isinstance(triple.object, Value) and triple.object.unit:
            yield this, VALUE, to_literal(triple.object)
            yield this, CURRENCY, ox.Literal(triple.object.unit)
        for name, value in claim.qualifiers:
            if not (isinstance(value, Value) and value.unit):
                yield this, self.vocabulary.node(name), self._of(name, value)
            elif node is not None:
                yield this, self.vocabulary.node(name), self._amount(node, name, value)
        if node is not None:
            yield this, NODE, node

    def _of(self, name: str, value: Object) -> Term:
        return ox.NamedNode(value.iri) if isinstance(value, Entity) else self.vocabulary.of_value(name, value)

    def entity(self, entity: Entity, kind: str) -> Iterator[Statement]:
        """Type, label and names of something. A novel is also said to be a work, for who asks for works."""
        node = ox.NamedNode(entity.iri)
        yield node, TYPE, self.vocabulary.node(entity.type)
        if kind in KINDS and kind not in {entity.type, "Body"}:
            yield node, TYPE, self.vocabulary.node(kind)
        yield node, LABEL, ox.Literal(entity.label)
        for name in entity.names:
            if name != entity.label:
                yield node, ALT_LABEL, ox.Literal(name)

    def inferred(self, fact: Fact, flat: Statement) -> Iterator[Statement]:
        """What follows from a fact that was read: the other direction of a marriage, a son or a daughter.

        film:contributor is not written out: `rdfs:subPropertyOf` in graph:ontology says it in a query.
        """
        subject, predicate, object_ = flat
        if not isinstance(object_, ox.NamedNode):
            return
        relation = self.ontology.relation(fact.triple.relation)
        if relation.symmetric:
            yield object_, predicate, subject
        if relation.inverse:
            yield object_, self.vocabulary.node(relation.inverse), subject
        gender = dict(fact.qualifiers).get(GENDER)
        narrower = self.ontology.gendered(relation.name)
        if isinstance(gender, Value) and gender.text in narrower:
            yield subject, self.vocabulary.node(narrower[gender.text]), object_
