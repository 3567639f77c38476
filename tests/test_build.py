"""Builds: what changed is read, what left is dropped, and the way there does not matter."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import reads

from kg.build import BuildSummary, build
from kg.build.fingerprint import deriving_fingerprint, reading_fingerprint
from kg.errors import DocumentError
from kg.export import export
from kg.model import Document, Extraction
from kg.ontology import load_ontology
from kg.store import open_store

YEAR = "^xsd:integer"
FACTS = {
    "rain-1932": f"""Rain/Film | releaseYear | 1932{YEAR}
Rain/Film | castMember | Ann Bly/Person | portrayed=Mina/Character""",
    "rain-2001": f"""Rain/Film | releaseYear | 2001{YEAR}
Rain/Film | castMember | Dan Eck/Person
Mina/Character | characterIn | Rain/Film""",
    "rain": """Rain/Film | producer | Bly/Person
Rain/Film | genre | drama""",
    "bly": f"""Bly/Person | awardWon | Bear/Award | year=1933{YEAR}
Bly/Person | childOf | Cy Bly/Person | gender=female""",
    "ann": """Ann Bly/Person | awardWon | Bear/Award | forFilm=Rain/Film
Ann Bly/Person | childOf | Cy Bly/Person""",
    "ann-1990": f"""Ann Bly/Person | birthDate | 1990{YEAR}
Ann Bly/Person | spouse | Dan Eck/Person""",
    "ann-1902": """Ann Bly/Person | birthDate | 1902-03-04^xsd:date
Dan Eck/Person | spouse | Ann Bly/Person""",
    "book": """Rain/Film | basedOn | Rain/Novel
Rain/Novel | author | Cy Bly/Person""",
    "song": """Rain/Song | author | Cy Bly/Person
Rain/Film | boxOffice | 10^xsd:decimal^USD""",
    "nothing": "",
}
IDS = ("a.txt", "b.txt", "sub/a.txt", "z.md")
STATES = st.dictionaries(st.sampled_from(IDS), st.sampled_from(sorted(FACTS)), min_size=1)


def write(folder: Path, documents: dict[str, str]) -> None:
    """Makes the folder hold exactly these documents, by the names of what they say."""
    for path in [*folder.rglob("*.txt"), *folder.rglob("*.md")]:
        path.unlink()
    for id_, name in documents.items():
        path = folder / id_
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FACTS[name] or "Nothing at all.", encoding="utf-8")


def reading(document: Document) -> Extraction:
    if document.text == "Nothing at all.":
        return Extraction(document, (), ())
    return reads(document)


def made(*paths: Path, store: Path, **options: bool) -> BuildSummary:
    return build(paths, store, extract=reading, fingerprint="test", **options)  # type: ignore[arg-type]


def exported(store: object, folder: Path, format_: str = "nq") -> bytes:
    out = folder / f"out.{format_}"
    export(store, out)  # type: ignore[arg-type]
    return out.read_bytes()


@settings(max_examples=25, deadline=None)
@given(st.lists(STATES, min_size=2, max_size=4))
def test_any_way_there_gives_the_same_graph(states: list[dict[str, str]]) -> None:
    """Added, changed, renamed, removed: the graph is that of a build from nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dataset = open_store()
        for documents in states:
            write(folder, documents)
            build([folder], dataset, extract=reading, fingerprint="test")
        fresh = open_store()
        paths = [path for path in sorted(folder.rglob("*"), reverse=True) if path.parent == folder]
        build([folder], fresh, extract=reading, fingerprint="test")
        assert exported(dataset, folder) == exported(fresh, folder)
        if "sub/a.txt" not in states[-1]:
            one_by_one = open_store()
            for path in (each for each in paths if each.is_file()):
                build([path], one_by_one, add=True, extract=reading, fingerprint="test")
            assert exported(one_by_one, folder, "ttl") == exported(fresh, folder, "ttl")


def test_the_same_on_disk(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    for documents in (
        {"a.txt": "rain"},
        {"a.txt": "rain-1932", "b.txt": "ann"},
        {"b.txt": "ann", "z.md": "book"},
    ):
        write(folder, documents)
        made(folder, store=tmp_path / "store")
    made(folder, store=tmp_path / "fresh")
    for format_ in ("nq", "ttl", "trig", "jsonl", "csv", "jsonld", "rdf", "nt"):
        assert exported(tmp_path / "store", tmp_path, format_) == exported(
            tmp_path / "fresh", tmp_path, format_
        )


CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from invented import reads
from kg.build import build
from kg.export import export
from kg.store import open_store
store = open_store()
build([Path(path) for path in sys.argv[2:]], store, extract=reads, fingerprint="test")
for format in ("ttl", "nq", "jsonl"):
    export(store, sys.stdout, format)
"""


def test_neither_hashes_nor_the_order_of_arguments_matter(tmp_path: Path) -> None:
    names = [name for name in FACTS if name != "nothing"]
    write(tmp_path, {f"{name}.txt": name for name in names})
    outputs = set()
    for seed, order in (("0", names), ("1", names[::-1]), ("42", sorted(names, key=len))):
        paths = [str(tmp_path / f"{name}.txt") for name in order]
        command = [sys.executable, "-c", CHILD, str(Path(__file__).parent), *paths]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        outputs.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(outputs) == 1
    assert b"person:ann-bly" in outputs.pop()


def test_what_a_build_tells(tmp_path: Path) -> None:
    folder, store = tmp_path / "documents", tmp_path / "store"
    write(folder, {"a.txt": "rain", "b.txt": "ann"})
    assert made(folder, store=store) == BuildSummary(added=("a.txt", "b.txt"))
    assert made(folder, store=store) == BuildSummary(unchanged=("a.txt", "b.txt"))
    write(folder, {"a.txt": "rain-1932", "sub/a.txt": "ann"})
    assert made(folder, store=store) == BuildSummary(
        added=("sub/a.txt",), replaced=("a.txt",), dropped=("b.txt",)
    )
    assert made(folder / "a.txt", store=store, add=True) == BuildSummary(unchanged=("a.txt",))
    assert made(folder / "a.txt", store=store) == BuildSummary(unchanged=("a.txt",), dropped=("sub/a.txt",))


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    folder, store = tmp_path / "documents", tmp_path / "store"
    seen: list[str] = []

    def counting(document: Document) -> Extraction:
        seen.append(document.id)
        return reading(document)

    def again(fingerprint: str) -> list[str]:
        seen.clear()
        build([folder], store, extract=counting, fingerprint=fingerprint)
        return sorted(seen)

    write(folder, {"a.txt": "rain", "b.txt": "ann"})
    assert again("one") == ["a.txt", "b.txt"]
    graph = (store / "current").read_text(encoding="utf-8")
    assert again("one") == []
    assert (store / "current").read_text(encoding="utf-8") == graph
    write(folder, {"a.txt": "rain", "b.txt": "bly"})
    assert again("one") == ["b.txt"]
    assert again("two") == ["a.txt", "b.txt"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    folder, store = tmp_path / "documents", tmp_path / "store"
    write(folder, {"a.txt": "rain", "b.txt": "ann"})
    made(folder, store=store)
    (folder / "a.txt").write_bytes(b"\0")
    summary = made(folder, store=store)
    assert (summary.unchanged, summary.dropped) == (("b.txt",), ("a.txt",))
    assert [type(problem) for problem in summary.refused] == [DocumentError]
    missing = made(folder, tmp_path / "none", store=store)
    assert missing.dropped == ()
    assert "no such file" in str(missing.refused[-1])
    nothing = made(tmp_path / "none", store=store)
    assert (nothing.dropped, len(nothing.refused)) == ((), 1)
    (tmp_path / "empty").mkdir()
    assert made(tmp_path / "empty", store=store).dropped == ()
    assert b"ann-bly" in exported(store, tmp_path)


def test_what_the_extraction_refuses(tmp_path: Path) -> None:
    def refusing(document: Document) -> Extraction:
        if document.id == "a.txt":
            raise DocumentError(document.source, "too strange")
        return reading(document)

    write(tmp_path / "documents", {"a.txt": "rain", "b.txt": "ann"})
    summary = build([tmp_path / "documents"], tmp_path / "store", extract=refusing, fingerprint="test")
    assert summary.added == ("b.txt",)
    assert [str(problem) for problem in summary.refused] == [f"{tmp_path}/documents/a.txt: too strange"]


def test_progress_counts_documents(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "rain", "b.txt": "ann"})
    told: list[tuple[int, int | None]] = []
    build(
        [tmp_path], open_store(), extract=reading, fingerprint="", on_progress=lambda *step: told.append(step)
    )
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_fingerprints_are_of_what_is_there() -> None:
    ontology = load_ontology()
    assert deriving_fingerprint(ontology) == deriving_fingerprint(ontology)
    assert reading_fingerprint(ontology) != deriving_fingerprint(ontology)


def test_an_error_that_is_nobodys_fault_is_not_swallowed(tmp_path: Path) -> None:
    def failing(document: Document) -> Extraction:
        raise ZeroDivisionError(document.id)

    write(tmp_path, {"a.txt": "rain"})
    with pytest.raises(ZeroDivisionError):
        build([tmp_path], open_store(), extract=failing, fingerprint="test")
