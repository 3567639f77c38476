"""A store of invented films that is large enough to be asked in earnest, and questions to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.names import PREFIXES, READ, film
from kg.rdf.readings import LABEL, TYPE
from kg.store import reading, writing

FILMS = 2000
PEOPLE = 800
CAST = 6
DECLARED = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("film", "rdfs", "person", "movie"))
QUERIES = tuple(
    DECLARED + query
    for query in (
        "SELECT ?title ?year { ?film film:director person:p7 ; rdfs:label ?title ; film:releaseYear ?year }",
        "SELECT ?name { movie:f11 film:castMember/rdfs:label ?name } ORDER BY ?name",
        """SELECT ?other (COUNT(?film) AS ?films) {
          ?film film:castMember person:p5, ?person . ?person rdfs:label ?other FILTER(?person != person:p5)
        } GROUP BY ?other ORDER BY DESC(?films) ?other""",
        """SELECT ?decade (COUNT(?film) AS ?films) {
          ?film film:releaseYear ?year BIND(FLOOR(?year / 10) * 10 AS ?decade)
        } GROUP BY ?decade ORDER BY ?decade""",
        """SELECT ?name ?title { ?film film:director ?who ; film:castMember ?who ; rdfs:label ?title .
          ?who rdfs:label ?name } ORDER BY ?name ?title""",
    )
)
"""As people ask: one film, one person, who is near whom, a table over all, a join over all."""


def film_store(folder: Path, films: int = FILMS) -> tuple[Path, list[int]]:
    """The store, and how many rows each of the QUERIES has there. A film has some twenty quads."""
    store = folder / "store"
    with writing(store) as writer:
        writer.draft()
        writer.change([], quads(films))
        writer.publish("")
    with reading(store) as held:
        return store, [_rows(held.quads, query) for query in QUERIES]


def _rows(quads: ox.Store, query: str) -> int:
    found = quads.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return len(list(found))


def quads(films: int) -> Iterator[ox.Quad]:
    """All facts, in the graph of what was read and in the default graph, as a build leaves them."""
    for triple in triples(films):
        for graph in (ox.DefaultGraph(), READ):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def triples(films: int) -> Iterator[ox.Triple]:
    """Films with directors, casts and years, by arithmetic: the same each time."""
    for number in range(PEOPLE):
        yield ox.Triple(_person(number), TYPE, film("Person"))
        yield ox.Triple(_person(number), LABEL, ox.Literal(f"Person {number}"))
    for number in range(films):
        movie = ox.NamedNode(f"{PREFIXES['movie']}f{number}")
        yield ox.Triple(movie, TYPE, film("Film"))
        yield ox.Triple(movie, LABEL, ox.Literal(f"Film {number}"))
        yield ox.Triple(movie, film("releaseYear"), ox.Literal(1920 + number % 105))
        yield ox.Triple(movie, film("director"), _person(number * 7 % PEOPLE))
        for place in range(CAST):
            yield ox.Triple(movie, film("castMember"), _person((number * 3 + place * place * 11) % PEOPLE))


def _person(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"{PREFIXES['person']}p{number}")
