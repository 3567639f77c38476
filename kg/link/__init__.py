"""Which entities of different documents are one, and the IRI that each gets.

A function of the set of document graphs, never of their order. Films and other works are told first (title,
year, makers, cast), people by them (full name, works and relatives they share), characters within their film;
everything else goes by its name. What cannot be told stays open and is shown as an ambiguous name.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.link.clusters import families_of
from kg.link.naming import AmbiguousName, Links, Naming
from kg.link.profiles import kind_of, profiles_of
from kg.ontology import Ontology
from kg.rdf.stored import DocumentGraph

__all__ = ["AmbiguousName", "Links", "kind_of", "link"]


def link(graphs: Iterable[DocumentGraph], ontology: Ontology) -> Links:
    """The linked entity of every entity of every document."""
    return Naming(ontology).links(families_of(profiles_of(graphs, ontology), ontology))
