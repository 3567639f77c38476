"""Stores: what is opened, who may write, and what a build that fails leaves behind."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import give_up_root, open_to_nobody
from invented import reads

from kg.build import BuildSummary, build
from kg.errors import StoreError
from kg.export import export
from kg.rdf.names import DEFAULT, film
from kg.rdf.readings import TYPE
from kg.store import open_store, reading, snapshot, writing
from kg.store.folder import MARKER

QUESTION = "SELECT ?film { ?film a film:Film } ORDER BY ?film"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("Rain/Film | director | Al Poe/Person", encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "graphs" / "store"


def build_it(documents: Path, store: Path) -> BuildSummary:
    return build([documents], store, extract=reads, fingerprint="test")


def content(store: Path) -> str:
    out = store.parent / "out.nq"
    export(store, out)
    return out.read_text(encoding="utf-8")


def films(store: Path) -> list[str]:
    return [str(row[0]).rpartition("/")[2] for row in open_store(store).query(QUESTION)]  # type: ignore[index]


def test_a_dataset_of_rdflib(documents: Path, store: Path) -> None:
    build_it(documents, store)
    dataset = open_store(store)
    assert type(dataset).__name__ == "Dataset"
    assert films(store) == ["rain"]
    flat = "SELECT ?s %s { ?s film:director ?o }"
    assert len(list(dataset.query(flat % ""))) == 1
    assert len(list(dataset.query(flat % "FROM graph:read"))) == 1
    assert len(list(dataset.query(flat % "FROM graph:inferred"))) == 0
    assert bool(dataset.query("ASK { GRAPH graph:links { ?s film:denotes person:al-poe } }"))
    assert len(list(dataset.query("SELECT ?x { ?x a org:none }"))) == 0
    with pytest.raises(RuntimeError):
        dataset.update("CLEAR ALL")
    dataset.close()


def test_queries_are_answered_by_oxigraph(documents: Path, store: Path) -> None:
    """rdflib does not know this function, and would not stop at a million rows in time."""
    build_it(documents, store)
    assert (
        len(list(open_store(store).query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"))) == 1
    )


def test_a_store_in_memory(documents: Path) -> None:
    dataset = open_store()
    assert len(list(dataset.query("SELECT * { ?s ?p ?o }"))) == 0
    build([documents], dataset, extract=reads, fingerprint="test")
    assert len(list(dataset.query(QUESTION))) == 1
    assert build([documents], dataset, extract=reads, fingerprint="test").unchanged == ("a.txt",)


def test_what_is_no_store(tmp_path: Path, documents: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for target, problem in {
        tmp_path / "none": "there is no store here",
        tmp_path / "file": "this is a file",
        tmp_path / "file" / "below": "no store here",
        documents: "this folder is no store",
    }.items():
        with pytest.raises(StoreError, match=problem):
            open_store(target)
    for target in (tmp_path / "file", tmp_path / "file" / "below", documents):
        before = sorted(path.name for path in documents.iterdir())
        with pytest.raises(StoreError):
            build_it(documents, target)
        assert sorted(path.name for path in documents.iterdir()) == before
    (tmp_path / "empty").mkdir()
    build_it(documents, tmp_path / "empty")
    assert films(tmp_path / "empty") == ["rain"]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("film-kg-store.json", "{", "damaged"),
        ("film-kg-store.json", '{"format": 99}', "another version"),
        ("current", "x", "damaged"),
        ("current", '{"graph": "graph-9", "derived": ""}', "missing"),
    ],
)
def test_a_damaged_store(documents: Path, store: Path, name: str, text: str, problem: str) -> None:
    build_it(documents, store)
    (store / name).write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=problem):
        open_store(store)


def test_one_writer_at_a_time(documents: Path, store: Path) -> None:
    build_it(documents, store)
    with writing(store), pytest.raises(StoreError, match="another build is writing"):
        build_it(documents, store)
    build_it(documents, store)


def test_an_empty_graph_can_be_followed_by_another(store: Path) -> None:
    for size in (0, 1):
        with writing(store) as writer:
            writer.draft()
            writer.change([], [ox.Quad(film("x"), TYPE, film("Film"))] * size)
            writer.publish("")
        assert len(films(store)) == size


def test_who_reads_keeps_what_is_read(documents: Path, store: Path) -> None:
    build_it(documents, store)
    with reading(store) as first:
        for number in range(3):
            (documents / "b.txt").write_text(f"Drought {number}/Film | genre | drama", encoding="utf-8")
            build_it(documents, store)
        assert not first.is_current()
        assert len(list(first.quads.quads_for_pattern(None, TYPE, film("Film"), DEFAULT))) == 1
        assert (store / first.graph).exists()
        assert snapshot(store).is_current()
        assert len([path for path in store.iterdir() if path.is_dir()]) == 2
    build_it(documents, store)
    assert len([path for path in store.iterdir() if path.is_dir()]) == 1
    assert films(store) == ["drought-2", "rain"]


def test_a_build_that_fails_changes_nothing(documents: Path, store: Path) -> None:
    build_it(documents, store)
    before = content(store)
    (documents / "b.txt").write_text("Drought/Film | no such relation | x", encoding="utf-8")
    with pytest.raises(Exception, match="no such"):
        build_it(documents, store)
    assert content(store) == before
    assert sorted(path.name for path in store.iterdir()) == [
        "current",
        "film-kg-store.json",
        "graph-1",
        "lock",
    ]


CHILD = """
import os, sys, signal
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from invented import reads
import kg.build as builder
if sys.argv[4] == "kill":
    original = builder.derive
    def derive(*args):
        for number, quad in enumerate(original(*args)):
            if number == 40:
                os.kill(os.getpid(), signal.SIGKILL)
            yield quad
    builder.derive = derive
builder.build([Path(sys.argv[1])], Path(sys.argv[2]), extract=reads, fingerprint="test")
"""


def in_a_child(documents: Path, store: Path, how: str) -> subprocess.CompletedProcess[str]:
    here = str(Path(__file__).parent)
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(documents), str(store), here, how], capture_output=True, text=True
    )


def test_a_build_that_is_killed_changes_nothing(documents: Path, store: Path) -> None:
    assert in_a_child(documents, store, "kill").returncode == -signal.SIGKILL
    with pytest.raises(StoreError, match="no build of this store has ended"):
        open_store(store)
    build_it(documents, store)
    before = content(store)
    (documents / "b.txt").write_text("Drought/Film | genre | drama", encoding="utf-8")
    assert in_a_child(documents, store, "kill").returncode == -signal.SIGKILL
    assert len([path for path in store.iterdir() if path.is_dir()]) == 2
    assert content(store) == before
    build_it(documents, store)
    assert films(store) == ["drought", "rain"]
    assert len([path for path in store.iterdir() if path.is_dir()]) == 1


def test_a_store_whose_making_was_killed_is_made_again(documents: Path, store: Path) -> None:
    store.mkdir(parents=True)
    (store / f"{MARKER}.new").write_text('{"form', encoding="utf-8")
    build_it(documents, store)
    assert films(store) == ["rain"]


def test_a_disk_that_is_full(documents: Path, store: Path) -> None:
    build_it(documents, store)
    before = content(store)
    facts = "\n".join(f"Film {n}/Film | castMember | Ann {n} Bly/Person | role=nurse {n}" for n in range(300))
    (documents / "b.txt").write_text(facts, encoding="utf-8")
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            build_it(documents, store)
        except StoreError as problem:
            os._exit(7 if str(problem).startswith(f"{store}: cannot be written") else 8)
        os._exit(9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert content(store) == before
    build_it(documents, store)
    assert len(films(store)) == 301


def test_no_clock_no_path_no_blank_node(documents: Path, store: Path, tmp_path: Path) -> None:
    build_it(documents, store)
    text = content(store)
    assert str(tmp_path) not in text
    assert "_:" not in text
    assert "dateTime" not in text
    assert json.loads((store / "current").read_text(encoding="utf-8"))["graph"] == "graph-1"
    assert not ox.Store.read_only(str(store / "graph-1")).contains_named_graph(ox.NamedNode("urn:x"))


def test_no_permission(documents: Path, store: Path) -> None:
    """Root writes everywhere, so a child tries, which is nobody where we are root."""
    build_it(documents, store)
    open_to_nobody(documents)
    shut = [store.parent, store, *store.rglob("*")]
    for path in shut:
        path.chmod(0o555 if path.is_dir() else 0o444)
    (documents / "b.txt").write_text("Drought/Film | genre | drama", encoding="utf-8")
    for target in (store, store.parent / "new"):
        out, inn = os.pipe()
        child = os.fork()
        if child == 0:
            give_up_root()
            try:
                build_it(documents, target)
            except StoreError as problem:
                os.write(inn, str(problem).encode())
            os._exit(0)
        os.waitpid(child, 0)
        assert os.read(out, 10_000).decode() == f"{target}: permission denied"
    for path in shut:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert films(store) == ["rain"]
