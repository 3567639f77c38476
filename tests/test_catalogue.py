"""The catalogue: every question answered, restricted, carried elsewhere, and listed on its page.

`FILM_KG_README=write` writes the list of docs/queries.md anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from invented import reads
from questions import ANSWERS, ARTICLES
from rdflib import Dataset, Graph
from test_readme import WRITE

from kg.build import build
from kg.cli.ask import told_of
from kg.export import export
from kg.query import Answer, NamedQuery, catalogue, filled_in, find_query, run
from kg.query.evidence import LINE
from kg.store import open_store

NAMES = [query.name for query in catalogue()]
QUIET = "quiet.txt"
"""A document that says nothing that any question asks for."""
SLOW_IN_RDFLIB = frozenset(
    {
        "contradictions",
        "document-says",
        "family-on-film",
        "films-with-both",
        "most-connected-people",
        "said-once",
        "siblings-in-film",
    }
)
"""Questions for which rdflib's own evaluation takes up to minutes: joins of many jobs or graphs."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in {**ARTICLES, QUIET: "Nell Orr/Person | occupation | ghost"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    dataset = open_store()
    build([folder], dataset, extract=reads, fingerprint="test")
    return dataset


def rows(answer: Answer) -> list[tuple[str, ...]]:
    """The rows without columns that have one of labels beside them."""
    names = [name for name in answer.variables if f"{name}_label" not in answer.variables]
    return [tuple(row.get(name, "") for name in names) for row in answer.values()]


def test_there_are_thirty_questions_and_more() -> None:
    assert len(NAMES) >= 30
    assert sorted(NAMES) == sorted(ANSWERS)


@pytest.mark.parametrize("name", NAMES)
def test_the_head_of_a_question(name: str) -> None:
    query = find_query(name)
    assert query.question.partition("?")[1], "no question"
    assert query.answer.endswith("."), "a line `# Answer: …` says what comes back"
    assert query.columns
    assert LINE.search(query.text), "the facts that it rests on are named"
    head = [line for line in query.text.splitlines() if line.startswith("# ")]
    assert len(head) == 2 + len(query.parameters)
    for parameter in query.parameters:
        assert parameter.example
        assert re.search(rf"\?{parameter.name}\b", query.text)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_its_answer(store: Dataset, name: str) -> None:
    parameters, expected = ANSWERS[name]
    answer = run(store, name, parameters)
    assert answer.variables == find_query(name).columns
    found = rows(answer)
    assert expected
    if name.startswith("most-connected"):
        found = found[: len(expected)]
    assert found == expected
    assert answer.warnings == ()


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        ("cast-of-film", {"film": "FLOOD"},
            [("Flood", "Gil Ode", "", "", ""), ("Flood", "Hal Ives", "", "", "")]),
        ("awards", {"film": "Rain", "award": "bear for best actress"},
            [("Ann Bly", "won", "Bear for Best Actress", "Rain", "1933")]),
        ("films-by-decade", {"decade": "1930"}, [("1930", "1932", "Rain"), ("1930", "1935", "Flood")]),
        ("films-by-decade", {"decade": "1940"}, []),
        ("films-by-genre", {"genre": "Drama"}, [("drama", "Rain", "1932")]),
        ("awards-by-year", {"year": "1933"}, [("1933", "1", "2")]),
        ("actor-director-pairs", {"films": "3"}, []),
        ("sequels-and-remakes", {"film": "Storm"}, [("Rain", "Storm", "", "remake of", "Flood")]),
        ("parents", {"parent": "cy bly"}, [("Ann Bly", "daughter of", "Cy Bly")]),
        ("contradictions", {"document": "later.txt"}, []),
        ("who-directed-what", {"document": "awards.txt"}, [("Al Poe", "Drought", "")]),
        ("who-directed-what", {"document": "later.txt"}, [("Al Poe", "Rain", "")]),
        ("sentence-behind-fact",
            {"subject": "dan eck", "relation": "spouse", "object": "ann bly", "document": "awards.txt"},
            [("Ann Bly/Person | spouse | Dan Éck/Person", "awards.txt", "291", "331",
              "0.9", "spouse/invented")]),
    ],
)  # fmt: skip
def test_parameters(
    store: Dataset, name: str, parameters: dict[str, str], expected: list[tuple[str, ...]]
) -> None:
    assert rows(run(store, name, parameters)) == expected


@pytest.mark.parametrize("name", NAMES)
def test_confidence_and_document_restrict_every_question(store: Dataset, name: str) -> None:
    """All is read with a confidence of 0.9."""
    parameters = ANSWERS[name][0]
    whole = rows(run(store, name, parameters))
    assert rows(run(store, name, {**parameters, "min_confidence": "0.9"})) == whole
    assert rows(run(store, name, {**parameters, "min_confidence": "0.91"})) == []
    if "document" not in {parameter.name for parameter in find_query(name).parameters}:
        assert rows(run(store, name, {**parameters, "document": QUIET})) == []
        assert rows(run(store, name, {**parameters, "document": QUIET, "min_confidence": "0.1"})) == []


@pytest.fixture(scope="module")
def elsewhere(store: Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ox.Store | Graph]:
    """The exported graph in plain pyoxigraph and plain rdflib, as Turtle and as N-Quads."""
    folder = tmp_path_factory.mktemp("exported")
    found: dict[str, ox.Store | Graph] = {}
    for suffix, graph in (("ttl", Graph()), ("nq", Dataset())):
        path = folder / f"graph.{suffix}"
        export(store, path)
        quads = ox.Store()
        quads.load(path=str(path))
        found[f"pyoxigraph {suffix}"] = quads
        found[f"rdflib {suffix}"] = graph.parse(path)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_question_that_is_shown_runs_elsewhere(
    store: Dataset, elsewhere: dict[str, ox.Store | Graph], name: str
) -> None:
    """All of them over N-Quads; over Turtle, which has one graph, those that ask for no other."""
    parameters = ANSWERS[name][0]
    text = filled_in(store, name, parameters)
    expected = [tuple(map(_said, row)) for row in run(store, name, parameters).rows()]
    suffix = "nq" if "GRAPH" in text else "ttl"
    in_oxigraph, in_rdflib = elsewhere[f"pyoxigraph {suffix}"], elsewhere[f"rdflib {suffix}"]
    assert isinstance(in_oxigraph, ox.Store)
    assert isinstance(in_rdflib, Graph)
    solutions = in_oxigraph.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [tuple(map(_said, row)) for row in solutions] == expected
    if name not in SLOW_IN_RDFLIB:
        found = [tuple(map(_said, row)) for row in in_rdflib.query(text)]  # type: ignore[arg-type]
        assert sorted(found) == sorted(expected)


def _said(term: object) -> str:
    """A term as text; numbers are written in several ways."""
    text = str(getattr(term, "value", term)) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return "" if term is None else re.sub(r"(\.\d*?)0+$", r"\1", text).rstrip(".") if "." in text else text


def test_what_is_restricted_runs_elsewhere_too(
    store: Dataset, elsewhere: dict[str, ox.Store | Graph]
) -> None:
    text = filled_in(store, "who-directed-what", {"document": "awards.txt", "min_confidence": "0.5"})
    quads = elsewhere["pyoxigraph nq"]
    assert isinstance(quads, ox.Store)
    (row,) = quads.query(text)  # type: ignore[misc]
    assert row["film_label"].value == "Drought"


@pytest.mark.parametrize(
    "name", [query.name for query in catalogue() if any(not p.optional for p in query.parameters)]
)
def test_the_examples_have_an_answer_in_the_sample_articles(sample_store: Path, name: str) -> None:
    parameters = {each.name: each.example for each in find_query(name).parameters if not each.optional}
    assert rows(run(sample_store, name, parameters))


def test_the_page_lists_the_catalogue() -> None:
    page = ROOT / "docs" / "queries.md"
    text = page.read_text(encoding="utf-8")
    by_hand, mark, _ = text.partition("<!-- What follows is written by tests/test_catalogue.py. -->\n")
    assert mark
    listed = by_hand + mark + "".join(map(entry, catalogue()))
    if WRITE:
        page.write_text(listed, encoding="utf-8")
    else:
        assert text == listed


def entry(query: NamedQuery) -> str:
    """A question on the page."""
    columns = ", ".join(f"`{name}`" for name in query.columns)
    options = "\n".join(f"- `{told}`" for told in told_of(query))
    parts = [f"\n### {query.name}", query.question, options, f"Answer: {query.answer} Columns: {columns}."]
    return "\n\n".join(part for part in parts if part) + "\n"
