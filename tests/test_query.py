"""Queries: known answers, names, formats, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from invented import reads
from rdflib import Dataset, Graph

from kg.build import build
from kg.errors import QueryError, StoreError
from kg.query import Answer, catalogue, find_query, run
from kg.query.answer import columns_of
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
Rain/Film | boxOffice | 120000^xsd:decimal^NOK | bound=at least""",
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
    ("name", "parameters", "expected"),
    [
        ("cast-of-film", {"film": "Rain"}, [["Ann Bly", "Mina Roe", "lead"], ["Dan Eck", "bartender", ""]]),
        ("who-directed-what", {}, [["Al Poe", "Drought", ""], ["Al Poe", "Rain", "1932"]]),
        (
            "who-directed-what",
            {"director": "al poe"},
            [["Al Poe", "Drought", ""], ["Al Poe", "Rain", "1932"]],
        ),
        ("famous-children", {"film": "movie:rain"}, [["Rain", "Ann Bly", "daughter of", "Cy Bly"]]),
        (
            "famous-children",
            {},
            [["Drought", "Ann Bly", "daughter of", "Cy Bly"], ["Rain", "Ann Bly", "daughter of", "Cy Bly"]],
        ),
        (
            "awards",
            {},
            [
                ["Gil Ode", "won", "Bear", "", ""],
                ["Ann Bly", "won", "Bear", "Rain", "1933"],
                ["Rain", "nominated", "Lion", "", "1933"],
            ],
        ),
        (
            "awards",
            {"film": "Rain"},
            [["Ann Bly", "won", "Bear", "Rain", "1933"], ["Rain", "nominated", "Lion", "", "1933"]],
        ),
        ("co-stars", {"person": "Bly"}, [["Dan Eck", "Rain", "1932"]]),
        ("locations", {}, [["Rain", "set in", "Bergen"], ["Rain", "filmed in", "Oslo"]]),
        (
            "money",
            {"film": "Rain"},
            [["Rain", "budget", "80000", "NOK", ""], ["Rain", "box office", "120000", "NOK", "at least"]],
        ),
        ("adaptations", {}, [["Rain", "1932", "The Wet Year", "novel", "Eve Fox"]]),
        ("who-reviewed", {}, [["Rain", "Ida Orr", "The Post", "", "Wet, and long."]]),
    ],
)
def test_known_answers(
    store: Dataset, name: str, parameters: dict[str, str], expected: list[list[str]]
) -> None:
    assert rows(run(store, name, parameters)) == expected


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
    answer = run(store, "sentence-behind-fact", asked)
    assert [row["words"] for row in answer.values()] == [ARTICLES["rain.txt"].splitlines()[line]]
    assert {row["document"] for row in answer.values()} == {"rain.txt"}


def test_the_sentence_behind_a_marriage_said_the_other_way(store: Dataset) -> None:
    asked = {"subject": "Dan Eck", "relation": "spouse", "object": "Ann Bly"}
    (row,) = run(store, "sentence-behind-fact", asked).values()
    assert row["words"] == "Ann Bly/Person | spouse | Dan Eck/Person"


def test_what_a_document_says(store: Dataset) -> None:
    answer = run(store, "document-says", {"document": "awards.txt"})
    assert len(rows(answer)) == 7
    assert rows(answer)[0][:3] == ["Ann Bly", "award won", "Bear"]
    money = run(store, "document-says", {"document": "rain.txt"})
    assert ["Rain", "budget", "80000 NOK"] in [row[:3] for row in rows(money)]


def test_who_is_most_connected(store: Dataset) -> None:
    assert rows(run(store, "most-connected"))[0][:2] == ["Rain", "film"]


def test_the_catalogue() -> None:
    named = {query.name: query for query in catalogue()}
    assert len(named) == 12
    for query in named.values():
        assert query.question.endswith("?"), query.name
        assert all(parameter.example for parameter in query.parameters)
        assert find_query(query.name) == query
    assert [p.name for p in named["sentence-behind-fact"].parameters] == ["subject", "relation", "object"]
    assert [p.optional for p in named["awards"].parameters] == [True]
    assert [p.optional for p in named["cast-of-film"].parameters] == [False]


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
        ("cast-of-film", {}, 'cast-of-film needs --param film="Chinatown"'),
        (
            "cast-of-film",
            {"film": "Rian"},
            "film: nothing in this graph is called 'Rian'; did you mean Rain?",
        ),
        ("cast-of-film", {"film": "movie:none"}, "film: nothing in this graph is called 'movie:none'"),
        ("cast-of-film", {"film": "Rain", "year": "1932"}, "cast-of-film has no parameter year; it has film"),
        ("SELECT * { ?s ?p }", {}, "line 1, column 19"),
        ("SELECT *\n{ ?s film:director }", {}, "line 2, column 20"),
        (
            "SELECT * { ?s foo:bar ?o }",
            {},
            "the prefix before this is not declared; known without PREFIX: film, ",
        ),
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
    assert run(store, query).rows is not None


def test_no_parameter_can_change_the_query(store: Dataset) -> None:
    for name in (
        '" } INSERT DATA { <a:a> <a:b> <a:c> } #',
        "movie:rain> } #",
        "<https://x.org/> } DROP ALL #",
    ):
        with pytest.raises(QueryError, match="nothing in this graph is called"):
            run(store, "cast-of-film", {"film": name})


def test_where_values_go() -> None:
    import pyoxigraph as ox

    values = {"x": [ox.Literal('a"b\n')]}
    bound = 'VALUES ?x { "a\\"b\\n" }'
    assert (
        with_values("# {\nSELECT * WHERE { ?x ?y 1 }", values)
        == f"# {{\nSELECT * WHERE {{ {bound}  ?x ?y 1 }}"
    )
    assert (
        with_values("CONSTRUCT { ?x a 1 } WHERE { }", values)
        == f"CONSTRUCT {{ ?x a 1 }} WHERE {{ {bound}  }}"
    )
    assert with_values("ASK { <a:{> a 1 }", values).startswith("ASK { VALUES")


def test_formats(store: Dataset) -> None:
    answer = run(store, "SELECT ?x ?y ?z { ?x film:releaseYear ?y OPTIONAL { ?x film:none ?z } }")
    found = json.loads(answer.render("json"))
    assert found["head"]["vars"] == ["x", "y", "z"]
    (binding,) = found["results"]["bindings"]
    assert binding == {
        "x": {"type": "uri", "value": "https://w3id.org/film-kg/id/movie/rain"},
        "y": {"type": "literal", "value": "1932", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    }
    assert list(csv.reader(io.StringIO(answer.render("csv"))))[1:] == [
        ["https://w3id.org/film-kg/id/movie/rain", "1932", ""]
    ]
    assert answer.render("tsv").splitlines()[1].startswith("<https://w3id.org/film-kg/id/movie/rain>\t")
    results = "{http://www.w3.org/2005/sparql-results#}"
    assert [e.text for e in Xml.fromstring(answer.render("xml")).iter(f"{results}literal")] == ["1932"]
    table = answer.render("table").splitlines()
    assert table[0].split() == ["x", "y", "z"]
    assert table[2].split() == ["movie:rain", "1932"]
    assert table[-1] == "1 row"
    with pytest.raises(QueryError, match="only CONSTRUCT"):
        answer.render("turtle")
    with pytest.raises(QueryError, match="none of the formats"):
        answer.render("yaml")


def test_yes_and_no_and_graphs(store: Dataset) -> None:
    yes = run(store, "ASK { movie:rain film:director person:al-poe }")
    assert [yes.render(f) for f in ("table", "csv", "tsv")] == ["yes\n", "true\r\n", "true\n"]
    assert json.loads(yes.render("json")) == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in yes.render("xml")
    graph = run(store, "CONSTRUCT { ?f film:director ?p } WHERE { ?f film:director ?p }")
    assert len(Graph().parse(data=graph.render("turtle"), format="turtle")) == 2
    with pytest.raises(QueryError, match="the answer is a graph"):
        graph.render("csv")


def test_tables_fit() -> None:
    import pyoxigraph as ox

    answer = Answer(("a", "b"), ((ox.Literal("七人の侍" * 9), ox.Literal("one\ntwo\x1b[31m")),))
    lines = answer.render("table", width=40).splitlines()
    assert all(columns_of(line) <= 40 for line in lines[:-1])
    assert "\x1b" not in answer.render("table")
    assert "one two" in answer.render("table")


def test_an_ambiguous_name_asks_for_all(tmp_path: Path) -> None:
    for year, actor in (("1932", "Ann Bly"), ("2001", "Dan Eck")):
        text = f"Rain/Film | releaseYear | {year}^xsd:integer\nRain/Film | castMember | {actor}/Person"
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    dataset = open_store()
    build([tmp_path], dataset, extract=reads, fingerprint="test")
    assert [row[0] for row in rows(run(dataset, "cast-of-film", {"film": "Rain"}))] == ["Ann Bly", "Dan Eck"]
    assert [row[0] for row in rows(run(dataset, "cast-of-film", {"film": "movie:rain-2001"}))] == ["Dan Eck"]


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        run(tmp_path / "none", "who-directed-what")
