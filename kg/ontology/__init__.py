"""What may be said: the classes, relations and qualifiers of `film.ttl` and of a user's files beside it."""

from kg.ontology.reading import load_ontology, read_ontology
from kg.ontology.terms import FILM, NodeClass, Ontology

__all__ = ["FILM", "NodeClass", "Ontology", "load_ontology", "read_ontology"]
