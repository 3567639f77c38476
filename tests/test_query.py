"""Queries: known answers, names, formats, and what is refused."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import socket
from pathlib import Path
from typing import IO, cast
from xml.etree import ElementTree as Xml

import pyoxigraph as ox
import pytest
from invented import reads, store_of
from rdflib import Dataset, Graph

from kg.build import build
from kg.errors import QueryError, StoreError
from kg.ontology.terms import FILM
from kg.query import Answer, run
from kg.query.table import columns_of
from kg.query.text import with_values
from kg.store import open_store

ARTICLES = {
    "rain.txt": """Rain/Film | director | Al Poe/Person
Rain/Film | releaseYear | 1932^xsd:integer
Rain/Film | castMember | Ann Bly+Bly/Person | portrayed=Mina Roe/Character | billing=lead
Rain/Film | castMember | Dan Eck/Person | role=bartender
Ann Bly+Bly/Person | plays | Mina Roe/Character
Ann Bly+Bly/Person | childOf | Cy Bly/Person | gender=female
Cy Bly/Person | occupation | director
Rain/Film | basedOn | The Wet Year/Novel
The Wet Year/Novel | author | Eve Fox/Person
Rain/Film | setIn | Bergen/Place
Rain/Film | filmedIn | Oslo/Place
Rain/Film | budget | 80000^xsd:decimal^NOK
Rain/Film | boxOffice | 120000^xsd:decimal^NOK | bound=at least
Rain/Film | genre | drama""",
    "awards.txt": """Ann Bly/Person | awardWon | Bear/Award | forFilm=Rain/Film | year=1933^xsd:integer
Rain/Film | awardNominated | Lion/Award | year=1933^xsd:integer
Gil Ode/Person | awardWon | Bear/Award
Ann Bly/Person | spouse | Dan Eck/Person
Drought/Film | director | Al Poe/Person
Drought/Film | castMember | Ann Bly/Person
Ida Orr/Person | reviewerOf | Rain/Film | publication=The Post/Publication | quote=Wet, and long.""",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    dataset = open_store()
    build([folder], dataset, extract=reads, fingerprint="test")
    return dataset


def rows(answer: Answer) -> list[list[str]]:
    return [[row.get(name, "") for name in answer.variables] for row in answer.values()]


@pytest.mark.parametrize(
    ("subject", "relation", "object_", "line"),
    [
        ("Rain", "director", "Al Poe", 0),
        ("Rain", "cast member", "Ann Bly", 2),
        ("Rain", "castMember", "Dan Eck", 3),
        ("Ann Bly", "daughter of", "Cy Bly", 5),
        ("Rain", "release year", "1932", 1),
        ("Cy Bly", "occupation", "director", 6),
        ("Rain", "budget", "80000", 11),
    ],
)
def test_the_sentence_behind_a_fact(
    store: Dataset, subject: str, relation: str, object_: str, line: int
) -> None:
    asked = {"subject": subject, "relation": relation, "object": object_}
    (row,) = run(store, "sentence-behind-fact", asked).values()
    assert row["words"] == ARTICLES["rain.txt"].splitlines()[line]
    assert row["document"] == "rain.txt"


def test_the_sentence_behind_a_marriage_said_the_other_way(store: Dataset) -> None:
    asked = {"subject": "Dan Eck", "relation": "spouse", "object": "Ann Bly"}
    (row,) = run(store, "sentence-behind-fact", asked).values()
    assert row["words"] == "Ann Bly/Person | spouse | Dan Eck/Person"


def test_a_file_of_ones_own(store: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        '# When?\n# film = "Rain"\nSELECT ?year { ?film film:releaseYear ?year }', encoding="utf-8"
    )
    assert rows(run(store, str(path), {"film": "Rain"})) == [["1932"]]
    with pytest.raises(QueryError, match="no such file"):
        run(store, str(tmp_path / "none.rq"))


@pytest.mark.parametrize(
    ("query", "parameters", "problem"),
    [
        ("cast-of-flim", {}, "cast-of-flim: no query has this name; did you mean cast-of-film?"),
        ("../shapes", {}, "no query has this name"),
        ("co-stars", {}, 'co-stars needs --param person="Gael García Bernal"'),
        (
            "cast-of-film",
            {"film": "Rian"},
            "film: nothing in this graph is called 'Rian'; did you mean Rain?",
        ),
        ("cast-of-film", {"film": "movie:none"}, "film: nothing in this graph is called 'movie:none'"),
        ("cast-of-film", {"film": "Rain", "year": "1932"}, "cast-of-film has no parameter year; it has film"),
        ("SELECT * { ?s ?p }", {}, "line 1, column 19: not SPARQL at `?s ?p }`, or right before"),
        ("SELECT *\n{ ?s film:director }", {}, "line 2, column 20: not SPARQL at `?s film:director }`"),
        (
            "SELECT *\n{ ?s ?p ?o OPTNAL { } }",
            {},
            "line 2, column 12: OPTNAL is no word of SPARQL: did you mean OPTIONAL?",
        ),
        (
            "SELECT ?s { ?s ?p ?o } GROUP BY ?p",
            {},
            "line 1, column 35: the SELECT contains a variable that is unbound",
        ),
        (
            "SELECT * { ?s foo:bar ?o }",
            {},
            "line 1, column 22: the prefix of `foo:bar` is not declared; known are film, ",
        ),
        ("co-stars", {"person": "chinatown"}, "nothing in this graph is called 'chinatown'"),
        ("cast-of-film", {"film": "Ann Bly"}, "this graph has no film that is called 'Ann Bly'"),
        ("films-by-decade", {"decade": "long ago"}, "decade: 'long ago' is no decade; write digits"),
        (
            "films-by-genre",
            {"genre": "drana"},
            "this graph has no genre that is called 'drana'; did you mean drama?",
        ),
        (
            "document-says",
            {"document": "rian.txt"},
            "no document that is called 'rian.txt'; did you mean rain.txt?",
        ),
        (
            "cast-of-film",
            {"document": "rian.txt"},
            "no document that is called 'rian.txt'; did you mean rain.txt?",
        ),
        ("cast-of-film", {"min_confidence": "2"}, "min_confidence: '2' is no number from 0 to 1"),
        ("ASK { ?x a ?y }", {"min_confidence": "0.5"}, "it has no `# evidence:` line"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", {}, "INSERT changes the graph"),
        ("# SELECT\nPREFIX x: <y:z>\nclear all", {}, "CLEAR changes the graph"),
        ("SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }", {}, "SERVICE asks another server"),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", {}, "SERVICE asks another server"),
        ("SELECT ?x { ?x a film:Film }", {"y": "Rain"}, "this query has no parameter y; it has x"),
    ],
)
def test_refused(store: Dataset, query: str, parameters: dict[str, str], problem: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, query, parameters)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "a SERVICE { of \\"sorts\\"" }',
        "SELECT ?service { ?service a film:Film } # SERVICE <x> {",
        "PREFIX service: <http://service/> SELECT * { ?s a service:INSERT }",
        "SELECT * { ?s a <http://x/SERVICE> }",
        "SELECT * { ?s rdfs:label '''it's\nSERVICE''' }",
    ],
)
def test_words_that_only_look_forbidden(store: Dataset, query: str) -> None:
    assert run(store, query).variables


def test_no_parameter_can_change_the_query(store: Dataset) -> None:
    for name in (
        '" } INSERT DATA { <a:a> <a:b> <a:c> } #',
        "movie:rain> } #",
        "<https://x.org/> } DROP ALL #",
    ):
        with pytest.raises(QueryError, match="nothing in this graph is called"):
            run(store, "cast-of-film", {"film": name})


def test_where_values_go() -> None:
    values = {"x": [ox.Literal('a"b\n')]}
    bound = '\n  VALUES ?x { "a\\"b\\n" }'
    assert (
        with_values("# {\nSELECT * WHERE { ?x ?y 1 }", values) == f"# {{\nSELECT * WHERE {{{bound} ?x ?y 1 }}"
    )
    assert (
        with_values("CONSTRUCT { ?x a 1 } WHERE { }", values) == f"CONSTRUCT {{ ?x a 1 }} WHERE {{{bound} }}"
    )
    assert with_values("ASK { <a:{> a 1 }", values) == f"ASK {{{bound} <a:{{> a 1 }}"
    inside = "ASK {\n {\n  # given: ?x ?y\n  ?x a 1 } }"
    assert with_values(inside, values) == inside.replace("# given: ?x ?y", bound.strip())


def test_formats(store: Dataset) -> None:
    def shown(form: str) -> str:
        return run(store, "SELECT ?x ?y ?z { ?x film:releaseYear ?y OPTIONAL { ?x film:role ?z } }").render(
            form
        )

    found = json.loads(shown("json"))
    assert found["head"]["vars"] == ["x", "y", "z"]
    (binding,) = found["results"]["bindings"]
    assert binding == {
        "x": {"type": "uri", "value": "https://w3id.org/film-kg/id/movie/rain"},
        "y": {"type": "literal", "value": "1932", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    }
    iri = "https://w3id.org/film-kg/id/movie/rain"
    assert list(csv.reader(io.StringIO(shown("csv")))) == [
        ["x", "x_label", "y", "z"],
        [iri, "Rain", "1932", ""],
    ]
    assert shown("tsv").splitlines() == ["?x\t?y\t?z", f"<{iri}>\t1932\t"]
    results = "{http://www.w3.org/2005/sparql-results#}"
    assert [e.text for e in Xml.fromstring(shown("xml")).iter(f"{results}literal")] == ["1932"]
    table = shown("table").splitlines()
    assert table[0].split() == ["x", "y", "z"]
    assert table[2].split() == ["Rain", "(movie:rain)", "1932"]
    assert table[-1] == "1 row"
    with pytest.raises(QueryError, match="only CONSTRUCT"):
        shown("turtle")
    with pytest.raises(QueryError, match="none of the formats"):
        shown("yaml")


def test_labels_that_a_query_gives_itself(store: Dataset) -> None:
    query = 'SELECT ?x ?x_label { ?x film:releaseYear ?y BIND("Wet" AS ?x_label) }'
    table = run(store, query).render("table").splitlines()
    assert [table[0], table[2]] == ["x", "Wet (movie:rain)"]
    assert run(store, query).render("csv").splitlines()[0] == "x,x_label"
    literal = run(store, 'SELECT ?x ?x_label { VALUES (?x ?x_label) { (1 "one") (UNDEF "none") (2 UNDEF) } }')
    assert literal.render("table").splitlines()[2:5] == ["one (1)", "none", "2"]


def test_yes_and_no_and_graphs(store: Dataset) -> None:
    yes = run(store, "ASK { movie:rain film:director person:al-poe }")
    assert [yes.render(f) for f in ("table", "csv", "tsv")] == ["yes\n", "true\r\n", "true\n"]
    assert json.loads(yes.render("json")) == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in yes.render("xml")
    query = "CONSTRUCT { ?f film:director ?p } WHERE { ?f film:director ?p }"
    graph = run(store, query)
    with pytest.raises(QueryError, match="the answer is a graph"):
        graph.render("csv")
    assert len(Graph().parse(data=graph.render("turtle"), format="turtle")) == 2
    described = run(store, "DESCRIBE movie:rain").render("turtle")
    assert "film:director person:al-poe" in described


def table_of(*cells: str, width: int | None = None) -> list[str]:
    values = " ".join(str(ox.Literal(cell)) for cell in cells)
    names = " ".join(f"?v{n}" for n in range(len(cells)))
    answer = run(open_store(), f"SELECT {names} {{ VALUES ({names}) {{ ({values}) }} }}")
    return answer.render("table", width=width).splitlines()


def test_tables_are_wrapped_where_they_do_not_fit() -> None:
    lines = table_of("七人の侍" * 9, "one two three four five six", width=40)
    assert all(columns_of(line) <= 40 for line in lines)
    assert "".join(line.split("  ")[0] for line in lines[2:-1]).replace(" ", "") == "七人の侍" * 9
    assert len(table_of("七人の侍" * 9, "one")) == 4


def test_a_table_steers_no_terminal() -> None:
    assert table_of("one\ntwo\x1b[31m")[2] == "one two [31m"


def test_xml_holds_no_character_that_xml_cannot_hold(store: Dataset) -> None:
    literal = "a\x01b\ufffec"
    answer = run(store, f'SELECT ?x {{ BIND("{literal}" AS ?x) }}')
    (found,) = Xml.fromstring(answer.render("xml")).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert found.text == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("form", ["table", "csv", "json", "tsv", "xml"])
def test_a_large_answer_is_written_as_it_comes(form: str) -> None:
    """The first part is written before the last row exists: the reader who leaves sees no error of ours."""

    class Leaves(io.RawIOBase):
        def write(self, data: object) -> int:
            raise BrokenPipeError

    digits = "0 1 2 3 4 5 6 7 8 9"
    names = [f"?d{n}" for n in range(7)]
    query = f"SELECT * {{ {' '.join(f'VALUES {name} {{ {digits} }}' for name in names)} }}"
    with pytest.raises(BrokenPipeError):  # ten million rows
        run(open_store(), query).write(cast("IO[bytes]", Leaves()), form)


def test_a_large_graph_is_turtle_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.query.answer.GROUPED", 100)
    digits = " ".join(str(number) for number in range(500))
    query = f"CONSTRUCT {{ movie:x film:value ?n , 'n' }} {{ VALUES ?n {{ {digits} }} }}"
    text = run(open_store(), query).render("turtle")
    assert len(set(ox.parse(text, format=ox.RdfFormat.TURTLE))) == 501


@pytest.mark.parametrize(
    ("query", "warnings"),
    [
        ("SELECT * { ?x film:directr ?y }", ["film:directr: did you mean film:director?"]),
        ("SELECT * { ?x a film:Flim }", ["film:Flim: did you mean film:Film?"]),
        (f"PREFIX f: <{FILM}> ASK {{ ?x f:Director ?y }}", ["film:Director: did you mean film:director?"]),
        (f"ASK {{ ?x <{FILM}zzz> ?y }}", ["film:zzz: the ontology has no such term"]),
        ("PREFIX film: <http://elsewhere/> ASK { ?x film:directr ?y }", []),
        ("ASK { ?x film:director 'film:directr' } # film:directr", []),
    ],
)  # fmt: skip
def test_misspelt_terms(store: Dataset, query: str, warnings: list[str]) -> None:
    assert list(run(store, query).warnings) == warnings


@pytest.mark.parametrize("name", ["Renée Dé’Or", "renee deor", "RENÉE DE'OR", "Renee  De`Or"])
def test_names_without_case_accents_and_apostrophes(tmp_path: Path, name: str) -> None:
    store = store_of(
        tmp_path, "Rain/Film | castMember | Renée Dé’Or/Person\nRain/Film | castMember | Dan Eck/Person"
    )
    assert rows(run(store, "co-stars", {"person": name}))[0][1] == "Dan Eck"


def test_search_keys_are_in_a_graph_of_their_own(store: Dataset) -> None:
    found = run(store, 'SELECT ?x { GRAPH graph:search { ?x film:searchKey "the wet year" } }')
    assert found.render("table").splitlines()[2] == "The Wet Year (work:the-wet-year-book)"
    assert run(store, "ASK { ?x film:searchKey ?key }").yes is False


def test_an_ambiguous_name_is_listed(tmp_path: Path) -> None:
    facts = "Rain/Film | releaseYear | {}^xsd:integer\nRain/Film | castMember | {}/Person"
    store = store_of(tmp_path, facts.format(1932, "Ann Bly"), facts.format(2001, "Dan Eck"))
    with pytest.raises(QueryError) as caught:
        run(store, "cast-of-film", {"film": "rain"})
    said = "film: 'rain' may mean movie:rain-1932 (Rain), movie:rain-2001 (Rain); give one of these"
    assert str(caught.value) == said
    (row,) = run(store, "cast-of-film", {"film": "movie:rain-2001"}).values()
    assert row["actor_label"] == "Dan Eck"


def test_a_name_of_several_kinds_is_not_ambiguous(tmp_path: Path) -> None:
    facts = ("castMember | Ann Bly/Person", "basedOn | Rain/Novel", "setIn | Rain/Place")
    store = store_of(tmp_path, "\n".join(f"Rain/Film | {fact}" for fact in facts))
    assert rows(run(store, "cast-of-film", {"film": "Rain"}))[0][3] == "Ann Bly"
    both = run(store, "SELECT DISTINCT ?x { ?x rdfs:label ?label }", {"x": "Rain"})
    assert {row["x"].split("/")[-2] for row in both.values()} == {"movie", "work", "place"}


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        run(tmp_path / "none", "who-directed-what")


ASKS_ELSEWHERE = (
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "LOAD <{url}>",
)


@pytest.mark.parametrize("query", ASKS_ELSEWHERE)
def test_no_query_reaches_another_server(store: Dataset, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    """Nobody calls at the address, neither Python (whose sockets fail here) nor Oxigraph."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/graph.ttl"

    def blocked(*_: object) -> None:
        raise AssertionError("a query opened a socket")

    monkeypatch.setattr(socket.socket, "connect", blocked)
    with contextlib.closing(listener):
        if query.startswith(("LOAD", "SELECT * {{ SERVICE")):
            with pytest.raises(QueryError, match=r"LOAD changes the graph|SERVICE asks another server"):
                run(store, query.format(url=url))
        else:
            assert list(run(store, query.format(url=url)).rows()) == []
            assert list(store.query(query.format(url=url))) == []
        with pytest.raises(BlockingIOError):
            listener.accept()
