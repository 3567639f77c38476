"""A relation that film-kg lacks, taught by files of one's own: the worked example of CONTRIBUTING.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import RunKg

from kg.build.reading import Reader
from kg.extract.examples import check_example

ROOT = Path(__file__).parent.parent
PREFIXES = """@prefix film: <https://w3id.org/film-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
TEXT = "Salt Road is a 1987 drama film. The costume designer of Salt Road was Eva Lind.\n"


def block(language: str) -> str:
    """The first piece of that language in CONTRIBUTING.md."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "mine.ttl").write_text(PREFIXES + block("turtle"), encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(block("yaml"), encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


FILES = ("--ontology", "mine.ttl", "--lexicon", "mine.yaml")


def test_its_examples_hold(own: Path) -> None:
    ontology, lexicon = Reader((own / "mine.ttl",), (own / "mine.yaml",)).rules()
    mine = [example for example in lexicon.examples if example.relation == "costumeDesigner"]
    assert len(mine) == 3
    assert [check_example(example, lexicon, ontology) for example in mine] == ["", "", ""]


def test_texts_are_read_with_it(own: Path, kg: RunKg) -> None:
    ran = kg("extract", "texts", *FILES, cwd=own)
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    mine = [fact for fact in told if fact["relation"] == "costumeDesigner"]
    found = [(fact["subject"]["name"], fact["object"]["name"]) for fact in mine]
    assert found == [("Salt Road", "Eva Lind")]
    assert "costumeDesigner" not in kg("extract", "texts", cwd=own).stdout
    explained = kg("explain", "Salt Road has costumes by Eva Lind.", *FILES, cwd=own)
    assert "costumeDesigner/noun:costume" in explained.stdout


def test_a_graph_is_built_with_it_and_read_again_without(own: Path, kg: RunKg) -> None:
    assert kg("build", "texts", "--store", "films", *FILES, cwd=own).returncode == 0
    query = "SELECT ?who { ?film film:costumeDesigner/rdfs:label ?who }"
    assert "Eva Lind" in kg("query", query, "--store", "films", cwd=own).stdout
    assert "unchanged     1" in kg("build", "texts", "--store", "films", *FILES, cwd=own).stdout
    assert "replaced      1" in kg("build", "texts", "--store", "films", cwd=own).stdout
    assert "Eva Lind" not in kg("query", query, "--store", "films", cwd=own).stdout


def test_a_row_without_its_relation_is_named_by_file_and_line(own: Path, kg: RunKg) -> None:
    ran = kg("extract", "texts", "--lexicon", "mine.yaml", cwd=own)
    assert ran.returncode == 2
    assert ran.stderr.strip() == "error: mine.yaml:1: 'costumeDesigner' is no relation of the ontology"
    ran = kg("build", "texts", "--ontology", "none.ttl", cwd=own)
    assert ran.returncode == 2
    assert "none.ttl" in ran.stderr
    assert "Traceback" not in ran.stderr
