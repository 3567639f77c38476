"""Paths: the shortest way between two people, what each step rests on, and that there may be none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import RunKg
from invented import reads
from questions import ARTICLES
from rdflib import Dataset

from kg.build import build
from kg.errors import QueryError
from kg.query.paths import shortest_path
from kg.store import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    # a chain that is longer than any query could say
    links = [f"Part {n}/Film | castMember | Ed {chr(n + m)}/Person" for n in range(65, 85) for m in (0, 1)]
    (folder / "chain.txt").write_text("\n".join(links), encoding="utf-8")
    dataset = open_store()
    build([folder], dataset, extract=reads, fingerprint="test")
    return dataset


def told(
    store: Dataset, start: str, end: str, through: str = "any"
) -> list[tuple[str, str, str, str]] | None:
    steps = shortest_path(store, start, end, through)
    if steps is None:
        return None
    return [(s.start.label, s.relation, s.end.label, s.film.label if s.film else "") for s in steps]


def test_a_path_through_films(store: Dataset) -> None:
    assert told(store, "dan eck", "joy kerr", "films") == [
        ("Dan Éck", "acts with", "Ann Bly", "Rain"),
        ("Ann Bly", "acts with", "Gil Ode", "Drought"),
        ("Gil Ode", "acts with", "Hal Ives", "Flood"),
        ("Hal Ives", "acts with", "Joy Kerr", "Storm"),
    ]


def test_a_path_of_any_length(store: Dataset) -> None:
    steps = told(store, "Ed A", "Ed U")
    assert steps is not None
    assert len(steps) == 20


def test_a_path_through_family(store: Dataset) -> None:
    assert told(store, "Dan Éck", "Cy Bly", "family") == [
        ("Dan Éck", "spouse of", "Ann Bly", ""),
        ("Ann Bly", "child of", "Cy Bly", ""),
    ]
    assert told(store, "Cy Bly", "Bea Bly", "family") == [
        ("Cy Bly", "parent of", "Ann Bly", ""),
        ("Ann Bly", "sibling of", "Bea Bly", ""),
    ]


def test_a_path_through_both_and_none(store: Dataset) -> None:
    assert told(store, "Cy Bly", "Gil Ode") == [
        ("Cy Bly", "parent of", "Ann Bly", ""),
        ("Ann Bly", "acts with", "Gil Ode", "Drought"),
    ]
    assert told(store, "Cy Bly", "Gil Ode", "films") is None
    assert told(store, "Ann Bly", "Ed A") is None
    assert told(store, "Ann Bly", "ann bly") == []


def test_the_words_behind_a_step(store: Dataset) -> None:
    steps = shortest_path(store, "Cy Bly", "Gil Ode")
    assert steps is not None
    family, films = ([(each.words, each.document) for each in step.sentences] for step in steps)
    assert family == [("Ann Bly+Bly/Person | childOf | Cy Bly/Person | gender=female", "rain.txt")]
    assert films == [
        ("Drought/Film | castMember | Ann Bly/Person", "awards.txt"),
        ("Drought/Film | castMember | Gil Ode/Person", "awards.txt"),
    ]


@pytest.mark.parametrize(
    ("start", "through", "problem"),
    [
        ("Ann Blu", "any", "nothing in this graph is called 'Ann Blu'; did you mean Ann Bly?"),
        ("Rain", "any", "this graph has no person that is called 'Rain'"),
        ("movie:rain", "any", "movie:rain is no person"),
        ("Ann Bly", "streets", "streets is none of any, films, family"),
    ],
)
def test_refused(store: Dataset, start: str, through: str, problem: str) -> None:
    with pytest.raises(QueryError) as caught:
        shortest_path(store, start, "Cy Bly", through)
    assert problem in str(caught.value)


def test_the_command(kg: RunKg, sample_store: Path) -> None:
    ask = ("path", "faye dunaway", "Jack Nicholson", "--store", sample_store)
    text = kg(*ask, "--sentences")
    first, *sentences = text.stdout.splitlines()
    assert first == (
        "Faye Dunaway (person:faye-dunaway) acts with Jack Nicholson (person:jack-nicholson)"
        " in Chinatown (movie:chinatown)"
    )
    assert all(line.startswith("    chinatown-fact-sheet.txt: ") for line in sentences)
    assert sentences
    (step,) = json.loads(kg(*ask, "--format", "json").stdout)
    (row,) = csv.DictReader(io.StringIO(kg(*ask, "--format", "csv").stdout))
    assert row == {name: str(value) for name, value in step.items()}
    assert row["film"] == "https://w3id.org/film-kg/id/movie/chinatown"


def test_the_command_where_there_is_no_path(kg: RunKg, sample_store: Path) -> None:
    done = kg("path", "Faye Dunaway", "Kate Hudson", "--store", sample_store)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "No path leads from Faye Dunaway to Kate Hudson through films and family.\n"
    assert (
        kg("path", "Faye Dunaway", "Kate Hudson", "--through", "air", "--store", sample_store).returncode == 2
    )
