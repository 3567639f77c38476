"""Exports: every format is read by another library and says the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
from invented import reads
from rdflib import Dataset, Graph

from kg.build import build
from kg.errors import FilmKGError
from kg.export import FORMATS, export
from kg.store import open_store

TEXT = """Rain/Film | director | René Müller/Person
Rain/Film | castMember | Ann Bly/Person | role="nurse" \\ <b>\x0c
Rain/Film | releaseYear | 1932^xsd:integer
=SUM(1)/Person | reviewerOf | Rain/Film | quote=七人の侍"""


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    folder = tmp_path / "documents"
    folder.mkdir()
    lines = TEXT.split("\n")
    (folder / "a.txt").write_text("\n".join(lines[:2]), encoding="utf-8")
    (folder / "b.txt").write_text("\n".join([lines[0], *lines[2:]]), encoding="utf-8")
    store = open_store()
    build([folder], store, extract=reads, fingerprint="test")
    return store


def written(dataset: Dataset, format_: str, *, evidence: bool = True) -> str:
    out = io.BytesIO()
    export(dataset, out, format_, evidence=evidence)
    return out.getvalue().decode()


@pytest.mark.parametrize(("format_", "parser"), [("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml")])
def test_every_format_says_the_same(dataset: Dataset, format_: str, parser: str) -> None:
    turtle = Graph().parse(data=written(dataset, "ttl").replace("\\f", "\ufffd"), format="turtle")
    other = Graph().parse(data=written(dataset, format_).replace("\\f", "\ufffd"), format=parser)
    assert len(turtle) > 100
    assert set(turtle) == set(other)


def test_quads(dataset: Dataset) -> None:
    trig, nquads = Dataset(), Dataset()
    trig.parse(data=written(dataset, "trig"), format="trig")
    nquads.parse(data=written(dataset, "nq"), format="nquads")
    assert set(trig.quads()) == set(nquads.quads())
    assert len({graph for _, _, _, graph in trig.quads()}) == 8


def test_without_evidence(dataset: Dataset) -> None:
    whole, facts = written(dataset, "ttl"), written(dataset, "ttl", evidence=False)
    assert "oa:exact" in whole
    assert "oa:exact" not in facts
    assert "film:director person:rené-müller" in facts
    assert all(
        json.loads(line)["evidence"] == [] for line in written(dataset, "jsonl", evidence=False).splitlines()
    )


def test_turtle_is_grouped_by_entity(dataset: Dataset) -> None:
    text = written(dataset, "ttl")
    assert text.count('movie:rain a film:Film ;\n    rdfs:label "Rain" ;\n') == 1
    titles = [line for line in text.splitlines() if line.startswith("# ")]
    assert titles == [
        "# Films",
        "# People",
        "# Facts in full",
        "# Documents and what was read in them",
        "# Terms of the ontology",
    ]
    assert "a.txt#e1" not in text


def test_fact_lines(dataset: Dataset) -> None:
    lines = [json.loads(line) for line in written(dataset, "jsonl").splitlines()]
    assert len(lines) == 4
    first = lines[0]
    assert first["subject"] == {
        "iri": "https://w3id.org/film-kg/id/movie/rain",
        "type": "Film",
        "name": "Rain",
    }
    assert [each["document"] for each in first["evidence"]] == ["a.txt", "b.txt"]
    assert set(first) == {"subject", "relation", "object", "qualifiers", "evidence"}
    assert set(first["evidence"][0]) == {"document", "start", "end", "text", "rule", "confidence"}


def test_a_table(dataset: Dataset) -> None:
    rows = list(csv.DictReader(io.StringIO(written(dataset, "csv"))))
    assert [row["subject"] for row in rows if row["relation"] == "reviewerOf"] == ["'=SUM(1)"]
    assert rows[0]["documents"] == "a.txt; b.txt"


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_network_programs_read_the_facts(dataset: Dataset, tmp_path: Path, format_: str) -> None:
    file = tmp_path / f"out.{format_}"
    export(dataset, file)
    graph = nx.read_graphml(file) if format_ == "graphml" else nx.read_gexf(file)
    nodes = {data["label"]: data for _, data in graph.nodes(data=True)}
    assert set(nodes) == {"Rain", "René Müller", "Ann Bly", "=SUM(1)"}
    assert (nodes["Rain"]["type"], nodes["Rain"]["releaseYear"]) == ("Film", "1932")
    edges = {data["relation"]: data for _, _, data in graph.edges(data=True)}
    assert set(edges) == {"director", "castMember", "reviewerOf"}
    assert edges["director"]["documents"] == "a.txt; b.txt"
    assert "<b>" in edges["castMember"]["qualifiers"]
    assert written(dataset, format_) == file.read_text(encoding="utf-8")
    assert "lastmodified" not in written(dataset, format_)
    assert "a.txt" not in written(dataset, format_, evidence=False)


def test_files(dataset: Dataset, tmp_path: Path) -> None:
    assert set(FORMATS) == {"ttl", "nt", "nq", "trig", "jsonl", "csv", "jsonld", "rdf", "graphml", "gexf"}
    out = tmp_path / "out.ttl"
    out.write_text("as it was", encoding="utf-8")
    for target, problem in {
        tmp_path / "none" / "out.ttl": "no such file or directory",
        tmp_path / "out.xyz": "xyz: is none that can be written",
        tmp_path / "out": "no format",
        tmp_path / "documents.ttl" / "x.ttl": "no such file",
    }.items():
        with pytest.raises(FilmKGError, match=problem):
            export(dataset, target)
    with pytest.raises(FilmKGError, match="is a folder"):
        export(dataset, tmp_path / "documents", "ttl")
    assert out.read_text(encoding="utf-8") == "as it was"
    export(dataset, out)
    assert out.read_bytes().decode() == written(dataset, "ttl")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "out.ttl"]


def test_nothing_is_written_into_the_store(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain/Film | genre | drama", encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "store", extract=reads, fingerprint="test")
    with pytest.raises(FilmKGError, match="lies in the store itself"):
        export(tmp_path / "store", tmp_path / "store" / "out.ttl")


def test_a_link_is_followed(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "link.ttl").symlink_to(tmp_path / "out.ttl")
    export(dataset, tmp_path / "link.ttl")
    assert (tmp_path / "link.ttl").is_symlink()
    assert (tmp_path / "out.ttl").read_bytes().decode() == written(dataset, "ttl")
