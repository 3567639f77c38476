"""The terms of an ontology and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.model import Relation

FILM = "https://w3id.org/film-kg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"

DATES = frozenset({"xsd:date", "xsd:gYearMonth", "xsd:gMonthDay", "xsd:gYear", "xsd:integer"})
"""What may stand where the ontology says `xsd:date`: texts give as much of a date as they know."""


@dataclass(frozen=True, slots=True)
class NodeClass:
    """A class whose nodes say a flat fact in full; the fields name properties of the ontology."""

    name: str
    iri: str
    describes: tuple[str, ...]
    subject_as: str
    object_as: str
    kind_as: str
    unit_as: str
    identifying: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """The properties that a claim gives as qualifiers, in alphabetical order."""
        given = {self.subject_as, self.object_as, self.kind_as, self.unit_as}
        return tuple(sorted({*self.identifying, *self.also} - given))


@dataclass(frozen=True, slots=True)
class Ontology:
    """The terms of one or more ontology files, by their local names."""

    paths: tuple[Path, ...]
    relations: tuple[Relation, ...]
    derived: tuple[Relation, ...]
    node_classes: tuple[NodeClass, ...]
    labels: Mapping[str, str]
    iris: Mapping[str, str]
    at_most_one: frozenset[str]
    names: Mapping[str, Relation]
    ancestors: Mapping[str, frozenset[str]]
    supers: Mapping[str, frozenset[str]]
    ranges: Mapping[str, str]
    qualified: Mapping[str, tuple[str, ...]]
    node_of: Mapping[str, NodeClass]
    kinds: Mapping[str, str]
    genders: Mapping[str, str]
    terms: Mapping[str, Mapping[str, str]]

    def relation(self, name: str) -> Relation:
        """The relation of that name, derived ones too; OntologyError where there is none."""
        try:
            return self.names[name]
        except KeyError:
            raise OntologyError(self.paths[0], name, "no such relation") from None

    def qualifiers(self, relation: str) -> tuple[str, ...]:
        """The names of the qualifiers that a claim of the relation may have."""
        return self.qualified.get(self.relation(relation).name, ())

    def is_a(self, type_: str, ancestor: str) -> bool:
        """True where the class `type_` is `ancestor` or a kind of it."""
        return type_ == ancestor or ancestor in self.ancestors.get(type_, ())

    def super_relations(self, relation: str) -> frozenset[str]:
        """The relations that this one is a kind of: `contributor` for `director`."""
        return self.supers.get(relation, frozenset())

    def fits(self, type_: str, expected: str) -> bool:
        """True where something of `type_`, a class or a datatype, may stand where `expected` is asked for.

        Dates may be as vague as the text, money is a number, and one of a few words is a string.
        """
        if not expected or self.is_a(type_, expected):
            return True
        if expected == "xsd:date":
            return type_ in DATES
        if expected == "rdfs:Literal":
            return type_.startswith("xsd:")
        if expected == "Amount":
            return type_ in {"xsd:decimal", "xsd:integer"}
        return expected in self.terms and type_ == "xsd:string"

    def node_class(self, relation: str) -> NodeClass | None:
        """The class whose nodes say the relation in full, or None."""
        return self.node_of.get(relation)

    def identifying(self, node_class: str) -> tuple[str, ...]:
        """The properties that tell one node of the class from another."""
        for known in self.node_classes:
            if known.name == node_class:
                return known.identifying
        raise OntologyError(self.paths[0], node_class, "no such node class")

    def range_of(self, term: str) -> str:
        """The class or datatype that a qualifier or relation points to; '' where anything may stand."""
        try:
            return self.ranges[term]
        except KeyError:
            raise OntologyError(self.paths[0], term, "no such property") from None

    def kind_of(self, term: str) -> str:
        """The IRI that tells the node of this flat property from its class's others, or ''."""
        return self.kinds.get(term, "")

    def gendered(self, relation: str) -> Mapping[str, str]:
        """The derived relations that a reading's gender gives: `{"male": "sonOf"}` for `childOf`."""
        return {g: name for name, g in self.genders.items() if relation in self.super_relations(name)}

    def choices(self, class_: str) -> Mapping[str, str]:
        """The words that stand for the individuals of an enumerated class, with their IRIs."""
        return self.terms.get(class_, {})

    def iri(self, name: str) -> str:
        """The IRI of a class, property or datatype; OntologyError where the name is unknown."""
        if name.startswith("xsd:"):
            return XSD + name[4:]
        try:
            return self.iris[name]
        except KeyError:
            raise OntologyError(self.paths[0], name, "no such term") from None
