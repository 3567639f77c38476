"""The service description (SPARQL 1.1) of the endpoint."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.http.negotiation import GRAPHS, RESULTS
from kg.ontology.terms import RDF

SD = "http://www.w3.org/ns/sparql-service-description#"
PREFIXES = {"sd": SD, "formats": "http://www.w3.org/ns/formats/"}
TYPE = ox.NamedNode(RDF + "type")


def sd(name: str) -> ox.NamedNode:
    """A term of the service description vocabulary."""
    return ox.NamedNode(SD + name)


def description(endpoint: str, quads: ox.Store) -> Iterator[ox.Triple]:
    """What the endpoint speaks, and which graphs it has."""
    service = ox.NamedNode(endpoint)
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    default = ox.NamedNode(f"{endpoint}#default-graph")
    yield ox.Triple(service, TYPE, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), service)
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    results = {ox.QueryResultsFormat.from_media_type(each) for each in RESULTS}
    graphs = {ox.RdfFormat.from_media_type(each) for each in GRAPHS}
    for iri in sorted(each.iri for each in results | graphs if each):
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(iri))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, TYPE, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, TYPE, sd("Graph"))
    for number, graph in enumerate(quads.named_graphs(), 1):
        node = ox.NamedNode(f"{endpoint}#graph-{number}")
        yield ox.Triple(dataset, sd("namedGraph"), node)
        yield ox.Triple(node, TYPE, sd("NamedGraph"))
        yield ox.Triple(node, sd("name"), graph)
