"""The ontology's terms as RDF nodes, and what a claim says as objects of its qualifiers."""

from __future__ import annotations

from functools import cached_property

import pyoxigraph as ox

from kg.model import Value
from kg.ontology import Ontology
from kg.rdf.values import to_literal


class Vocabulary:
    """Names of the ontology to nodes and back, each made once."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.nodes: dict[str, ox.NamedNode] = {}

    def node(self, name: str) -> ox.NamedNode:
        """The node of a class, a relation, or a qualifier."""
        known = self.nodes.get(name)
        if known is None:
            known = self.nodes[name] = ox.NamedNode(self.ontology.iri(name))
        return known

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each IRI."""
        return {iri: name for name, iri in self.ontology.iris.items()}

    @cached_property
    def words(self) -> dict[str, str]:
        """The word that stands for each individual of an enumerated class: `lead` for film:Lead."""
        return {iri: word for terms in self.ontology.terms.values() for word, iri in terms.items()}

    def of_value(self, property_: str, value: Value) -> ox.NamedNode | ox.Literal:
        """A value as the object of a property: an individual where the property asks for one of a few."""
        term = self.ontology.choices(self.ontology.range_of(property_)).get(value.text)
        return ox.NamedNode(term) if term else to_literal(value)
