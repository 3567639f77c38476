"""RDF: document graphs there and back, the IRIs, facts in full, what a plain query sees."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from invented import reads, says

from kg.build import build
from kg.model import Document, Extraction, Span, Value
from kg.ontology import load_ontology
from kg.rdf.names import PREFIXES, document_id, slug
from kg.rdf.readings import around, document_quads
from kg.rdf.stored import read_document_graph
from kg.rdf.turtle import Terms, write_trig, write_turtle
from kg.rdf.values import to_literal, to_value
from kg.store import open_store, reading

PERFORMANCE = "Rain/Film | castMember | Ann Bly/Person | portrayed=Mina/Character | billing=lead"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Bly", "ann-bly"),
        ("Renée Dé’Or", "renée-déor"),
        ("七人の侍", "七人の侍"),
        ("आवारा", "आवारा"),
        ("Bread & Roses", "bread-and-roses"),
        ("a/b#c  d", "a-b-c-d"),
        ("1-2-3!", "1-2-3"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_slugs_of_what_has_no_letters_and_of_what_has_many() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}", slug("!?"))
    assert slug("!?") != slug("?!")
    assert len(slug("word " * 100)) < 100
    assert slug("word " * 100) != slug("word " * 101)


@pytest.mark.parametrize("id_", ["a.txt", "b/c d.txt", "ü#?%.md"])
def test_the_iri_of_a_document_tells_its_id(id_: str) -> None:
    iri = Document(id_, "x").iri
    assert document_id(iri) == document_id(iri + "#e12") == id_
    assert "/" not in iri.removeprefix("https://w3id.org/film-kg/id/doc/")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Value("1995", "xsd:integer"), '"1995"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (Value("00:35", "xsd:time"), '"00:35:00"^^<http://www.w3.org/2001/XMLSchema#time>'),
        (Value("--04-27", "xsd:gMonthDay"), '"--04-27"^^<http://www.w3.org/2001/XMLSchema#gMonthDay>'),
        (Value('say "no"\n'), r'"say \"no\"\n"'),
    ],
)
def test_values(value: Value, written: str) -> None:
    assert str(to_literal(value)) == written
    assert to_value(to_literal(value)) == value


def test_a_document_graph_comes_back() -> None:
    extraction = says(
        "sub/a b.txt",
        PERFORMANCE,
        "Rain/Film | boxOffice | 4000000^xsd:decimal^USD | bound=at least",
        "Ann Bly+Bly/Person | ownerOf | house | price=90000^xsd:decimal^GBP | date=1958-03^xsd:gYearMonth",
        "Rain/Film | airedOn | Nova/Organization | time=00:35^xsd:time | attributedTo=reportedly",
        "Ann Bly+Bly/Person | sibling | Bea/Person | attributedTo=The Post/Publication",
    )
    ontology = load_ontology()
    store = ox.Store()
    store.extend(document_quads(extraction, "hash", ontology))
    assert {str(quad.graph_name) for quad in store} == {f"<{extraction.document.iri}>"}
    assert not any("_:" in str(quad) for quad in store)
    graph = read_document_graph(store, extraction.document.iri, ontology)
    assert (graph.id, graph.content_hash) == ("sub/a b.txt", "hash")
    assert graph.entities == tuple(replace(entity, mentions=()) for entity in extraction.entities)
    found_claims = [each.claim for each in graph.readings]
    assert [claim.evidence for claim in found_claims] == [claim.evidence for claim in extraction.claims]
    for found, claim in zip(found_claims, extraction.claims, strict=True):
        assert found.triple.relation == claim.triple.relation
        assert [name for name, _ in found.qualifiers] == [name for name, _ in claim.qualifiers]
        for (_, thing), (_, value) in zip(found.qualifiers, claim.qualifiers, strict=True):
            assert thing == (value if isinstance(value, Value) else replace(value, mentions=()))


def graph_of(folder: Path, **documents: str) -> ox.Store:
    """The graph of documents whose lines are facts."""
    for name, text in documents.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    store = open_store()
    build([folder], store, extract=reads, fingerprint="test")
    with reading(store) as held:
        return held.quads


def asked(quads: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a query, as they are written in Turtle."""
    rows = quads.query(query, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    terms = Terms()
    return sorted(tuple("" if cell is None else terms.of(cell) for cell in row) for row in rows)


def test_facts_in_full(tmp_path: Path) -> None:
    quads = graph_of(
        tmp_path,
        a="\n".join(
            [
                PERFORMANCE,
                "Ann Bly/Person | awardWon | Bear/Award | forFilm=Rain/Film | year=2003^xsd:integer",
                "Rain/Film | budget | 4000000^xsd:decimal^USD",
                "Rain/Film | airedOn | Nova/Organization | date=1999-04-27^xsd:date | time=00:35^xsd:time",
                "Rain/Film | aggregateRating | 92% | audience=critics",
                "Ann Bly/Person | ownerOf | house | price=90000^xsd:decimal^GBP",
            ]
        ),
    )
    about = "SELECT ?p ?o { ?node a film:%s ; ?p ?o }"
    assert asked(quads, about % "Performance") == [
        ("film:billing", "film:Lead"),
        ("film:inFilm", "movie:rain"),
        ("film:performer", "person:ann-bly"),
        ("film:portrayed", "character:rain--mina"),
        ("rdf:type", "film:Performance"),
    ]
    assert asked(quads, about % "Recognition") == [
        ("film:award", "award:bear"),
        ("film:forFilm", "movie:rain"),
        ("film:outcome", "film:Won"),
        ("film:recipient", "person:ann-bly"),
        ("film:year", "2003"),
        ("rdf:type", "film:Recognition"),
    ]
    assert asked(quads, about % "Broadcast") == [
        ("film:channel", "org:nova"),
        ("film:date", '"1999-04-27"^^xsd:date'),
        ("film:inFilm", "movie:rain"),
        ("film:time", '"00:35:00"^^xsd:time'),
        ("film:year", "1999"),
        ("rdf:type", "film:Broadcast"),
    ]
    assert asked(
        quads, "SELECT ?v ?c { movie:rain film:budget ?b . ?b film:value ?v ; film:currency ?c }"
    ) == [('"4000000"^^xsd:decimal', '"USD"')]
    assert asked(
        quads, "SELECT ?k ?v { ?n a film:Ownership ; film:price ?p . ?p film:kind ?k ; film:value ?v }"
    ) == [("film:Price", '"90000"^^xsd:decimal')]
    assert asked(quads, "SELECT ?v ?a { ?n a film:AggregateRating ; film:value ?v ; film:audience ?a }") == [
        ('"92%"', '"critics"')
    ]


def test_the_sentence_behind_a_fact(tmp_path: Path) -> None:
    quads = graph_of(tmp_path, a=PERFORMANCE, b="Rain/Film | castMember | Ann Bly/Person")
    rows = asked(
        quads,
        """SELECT ?document ?words {
        GRAPH graph:evidence { ?r rdf:subject movie:rain ; rdf:predicate film:castMember ; rdf:object ?o }
        GRAPH ?document { ?r film:span/oa:exact ?words } }""",
    )
    assert rows == [
        ("<https://w3id.org/film-kg/id/doc/a.txt>", f'"{PERFORMANCE}"'),
        ("<https://w3id.org/film-kg/id/doc/b.txt>", '"Rain/Film | castMember | Ann Bly/Person"'),
    ]
    joined = asked(quads, "SELECT ?r { GRAPH graph:evidence { ?r film:node ?n } ?n film:portrayed ?c }")
    assert len(joined) == 2


def test_what_is_read_and_what_is_inferred(tmp_path: Path) -> None:
    quads = graph_of(
        tmp_path,
        a="""Ann Bly/Person | childOf | Bea Bly/Person | gender=female
Ann Bly/Person | spouse | Cy Dorn/Person""",
        b="Cy Dorn/Person | spouse | Ann Bly/Person\nEd Fox/Person | sibling | Ann Bly/Person",
    )
    assert asked(quads, "SELECT ?s ?p ?o { GRAPH graph:inferred { ?s ?p ?o } }") == [
        ("person:ann-bly", "film:daughterOf", "person:bea-bly"),
        ("person:ann-bly", "film:sibling", "person:ed-fox"),
    ]
    assert asked(quads, "SELECT ?s ?o { ?s film:spouse ?o }") == [
        ("person:ann-bly", "person:cy-dorn"),
        ("person:cy-dorn", "person:ann-bly"),
    ]
    assert asked(quads, "SELECT ?o FROM graph:read { person:ann-bly film:daughterOf ?o }") == []


def test_what_no_fact_speaks_of_is_not_in_the_way(tmp_path: Path) -> None:
    quads = graph_of(tmp_path, a="Rain/Film | basedOn | Rain+The Rain Book/Novel")
    assert asked(quads, "SELECT ?s ?t { ?s a ?t FILTER(!STRSTARTS(STR(?s), STR(film:))) }") == [
        ("movie:rain", "film:Film"),
        ("work:rain-book", "film:Novel"),
        ("work:rain-book", "film:Work"),
    ]
    assert asked(quads, "SELECT ?l { work:rain-book rdfs:label|skos:altLabel ?l }") == [
        ('"Rain"',),
        ('"The Rain Book"',),
    ]
    assert asked(quads, "SELECT ?l { film:castMember rdfs:label ?l }") == [('"cast member"',)]


def test_turtle_is_read_by_others(tmp_path: Path) -> None:
    quads = graph_of(
        tmp_path,
        a=PERFORMANCE + "\n" + '七人の侍/Film | genre | a \\ b " c',
        b="Rain/Film | runtime | 90^xsd:integer",
    )
    text = "".join(write_turtle(quad.triple for quad in quads))
    assert {quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)} == {
        quad.triple for quad in quads
    }
    text = "".join(write_trig(quads))
    assert set(ox.parse(text.encode(), format=ox.RdfFormat.TRIG)) == set(quads)


def test_an_extraction_without_anything() -> None:
    empty = Extraction(Document("a.txt", "Nothing."), (), ())
    assert len(list(document_quads(empty, "hash", load_ontology()))) == 3


def test_categories_are_part_of_their_award(tmp_path: Path) -> None:
    quads = graph_of(
        tmp_path,
        a="Ann Bly/Person | awardWon | Bear for best actress/Award\nRain/Film | awardNominated | bear/Award",
    )
    assert asked(quads, "SELECT ?c ?a { ?c film:partOf ?a }") == [
        ("award:bear-for-best-actress", "award:bear")
    ]


def test_what_stands_around_words_is_their_sentence() -> None:
    text = "A first sentence that is long enough to be cut. " * 3
    sentence = "It was the year when Ana Petrova, of all people, directed the film that nobody wanted."
    text += sentence + " " + "Another one comes behind it and is not asked for. " * 3
    start = text.index("Ana Petrova")
    words = Span(start, text.index("the film") + len("the film"))
    before, behind = around(text, words)
    assert sentence in before + text[words.start : words.end] + behind
    assert len(before) < 60
    assert len(behind) < 60
    endless = "x" * 5000
    before, behind = around(endless, Span(2000, 2010))
    assert (len(before), len(behind)) == (240, 240)
    assert around("Ana", Span(0, 3)) == ("", "")
