"""What is refused is refused in one clear line that names what and where, and everything else is done."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from conftest import RunKg

from kg.errors import DocumentError, FilmKGError, LexiconError, OntologyError, QueryError, StoreError

GOOD = "The Piano is a 1993 drama film directed by Jane Campion.\n"
MEGABYTE = 1_000_000

BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text"),
    "latin.txt": ("Am\xe9lie was directed by Jean-Pierre Jeunet.".encode("latin-1"), "not valid UTF-8"),
    "nul.txt": (b"The Piano was directed\0 by Jane Campion.", "NUL"),
    "long.txt": (GOOD.encode() * (5 * MEGABYTE // len(GOOD) + 1), "too large"),
}

# Runs kg twice: once to load all that it needs, which may lie where only root can read, then without rights.
POWERLESS = """
import contextlib, io, os, sys
from kg.cli import main
first, then = (words.split() for words in sys.argv[1:])
sys.argv[1:] = first
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
sys.argv[1:] = then
main()
"""
SMALL_DISK = """
import resource, sys
from kg.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
main()
"""


def one_error(done: subprocess.CompletedProcess[str], *said: str) -> None:
    """Checks that there is exactly one error line, that it says `said`, and that no traceback is shown."""
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1, done.stderr
    for words in said:
        assert words in errors[0]


def python(code: str, *args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A process that runs `code` as `kg ARGS…`."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good document."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture
def store(kg: RunKg, folder: Path, tmp_path: Path) -> Path:
    """A store that holds the good document."""
    done = kg("build", folder, "--store", tmp_path / "store")
    assert done.returncode == 0, done.stderr
    return tmp_path / "store"


def directors(kg: RunKg, store: Path) -> str:
    """Who directed what, as the store has it."""
    done = kg("query", "who-directed-what", "--store", store, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", BAD_FILES)
def test_extract_names_a_bad_file_and_reads_the_others(kg: RunKg, folder: Path, name: str) -> None:
    data, problem = BAD_FILES[name]
    (folder / name).write_bytes(data)
    done = kg("extract", folder)
    one_error(done, name, problem)
    assert done.returncode == 1
    assert '"name": "Jane Campion"' in done.stdout


def test_build_names_all_bad_files_and_reads_the_others(kg: RunKg, folder: Path, tmp_path: Path) -> None:
    for name, (data, _) in BAD_FILES.items():
        (folder / name).write_bytes(data)
    done = kg("build", folder, "--store", tmp_path / "store")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name, (_, problem) in BAD_FILES.items():
        assert [
            line
            for line in done.stderr.splitlines()
            if line.startswith("error: ") and name in line and problem in line
        ], name
    assert "Jane Campion" in directors(kg, tmp_path / "store")


def test_a_large_file_is_read_where_that_is_asked_for(kg: RunKg, folder: Path) -> None:
    text = GOOD + "\n" + "\n".join(["-" * 100] * 60)
    (folder / "good.txt").write_text(text, encoding="utf-8")
    one_error(kg("extract", folder, "--max-size", "5kB"), "good.txt", "too large")
    done = kg("extract", folder, "--max-size", "10 kB")
    assert done.returncode == 0, done.stderr
    assert "Jane Campion" in done.stdout


def test_a_file_that_is_not_there(kg: RunKg, tmp_path: Path) -> None:
    done = kg("extract", tmp_path / "nowhere.txt")
    one_error(done, "nowhere.txt", "no such file")
    assert done.returncode == 1
    assert done.stdout == ""


def test_a_folder_without_documents(kg: RunKg, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    done = kg("extract", tmp_path / "bare")
    one_error(done, "bare", "no documents")
    assert done.returncode == 1


def test_a_link_loop(kg: RunKg, folder: Path) -> None:
    (folder / "again").symlink_to(folder)
    done = kg("extract", folder)
    one_error(done, "again", "link")
    assert done.returncode == 1
    assert done.stdout.count('"relation": "director"') == 1


def test_a_link_to_itself(kg: RunKg, folder: Path) -> None:
    (folder / "self.txt").symlink_to("self.txt")
    done = kg("extract", folder)
    one_error(done, "self.txt")
    assert done.returncode == 1
    assert "Jane Campion" in done.stdout


def test_a_file_name_that_is_no_unicode(kg: RunKg, folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(GOOD, encoding="utf-8")
    done = kg("extract", folder)
    one_error(done, "caf", "name")
    assert done.returncode == 1


def test_a_file_that_may_not_be_read(folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (folder / "secret.txt").write_text(GOOD, encoding="utf-8")
    (folder / "secret.txt").chmod(0)
    done = python(POWERLESS, "extract articles/good.txt", "extract articles", cwd=tmp_path)
    one_error(done, "secret.txt", "permission denied")
    assert done.returncode == 1
    assert "Jane Campion" in done.stdout


def test_a_folder_that_may_not_be_read(folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (folder / "vault").mkdir(mode=0)
    done = python(POWERLESS, "extract articles/good.txt", "extract articles", cwd=tmp_path)
    one_error(done, "vault", "permission denied")
    assert done.returncode == 1
    assert "Jane Campion" in done.stdout


def test_a_store_that_may_not_be_written(folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "locked").mkdir(mode=0o555)
    build = "build articles --store"
    done = python(POWERLESS, f"{build} warm", f"{build} locked/store", cwd=tmp_path)
    one_error(done, "locked/store", "permission denied")
    assert done.returncode == 2


def test_a_store_of_somebody_else_can_be_read_and_not_written(store: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    ask = "query who-directed-what --store store"
    read = python(POWERLESS, ask, ask, cwd=tmp_path)
    assert "Jane Campion" in read.stdout, read.stderr
    done = python(POWERLESS, "build articles --store warm", "build articles --store store", cwd=tmp_path)
    one_error(done, "store", "permission denied")
    assert done.returncode == 2


def test_an_export_that_may_not_be_written(store: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "locked").mkdir(mode=0o555)
    done = python(
        POWERLESS, "export warm.ttl --store store", "export locked/out.ttl --store store", cwd=tmp_path
    )
    one_error(done, "locked/out.ttl", "permission denied")
    assert done.returncode == 2


def test_a_store_path_that_is_a_file(kg: RunKg, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    for command in (("build", folder), ("query", "who-directed-what"), ("export", tmp_path / "out.ttl")):
        done = kg(*command, "--store", tmp_path / "notes")
        one_error(done, "notes")
        assert done.returncode == 2
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"


def test_a_store_path_that_is_somebody_elses_folder(kg: RunKg, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "notes").write_text("mine", encoding="utf-8")
    for command in (("build", folder), ("query", "who-directed-what"), ("export", tmp_path / "out.ttl")):
        done = kg(*command, "--store", other)
        one_error(done, "other")
        assert done.returncode == 2
    assert [p.name for p in other.iterdir()] == ["notes"]


def test_a_store_that_is_not_there(kg: RunKg, tmp_path: Path) -> None:
    done = kg("query", "who-directed-what", "--store", tmp_path / "none")
    one_error(done, "none", "kg build")
    assert done.returncode == 2
    assert not (tmp_path / "none").exists()


def test_a_full_disk_while_building_leaves_the_store_as_it_was(
    kg: RunKg, folder: Path, store: Path, tmp_path: Path
) -> None:
    (folder / "second.txt").write_text(
        "Chinatown is a 1974 film directed by Roman Polanski.\n", encoding="utf-8"
    )
    before = directors(kg, store)
    done = python(SMALL_DISK.format(limit=500), "build", folder, "--store", store, cwd=tmp_path)
    one_error(done, "store")
    assert done.returncode == 2
    assert directors(kg, store) == before
    assert kg("build", folder, "--store", store).returncode == 0
    assert "Polanski" in directors(kg, store)


def test_a_full_disk_while_exporting_leaves_the_old_file(kg: RunKg, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ttl"
    assert kg("export", out, "--store", store).returncode == 0
    before = out.read_bytes()
    done = python(SMALL_DISK.format(limit=500), "export", out, "--store", store, cwd=tmp_path)
    one_error(done, "out.ttl", "large")
    assert done.returncode == 2
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["articles", "out.ttl", "store"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
@pytest.mark.parametrize("command", ["extract", "query", "export"])
def test_a_full_disk_behind_stdout(folder: Path, store: Path, command: str) -> None:
    args = {
        "extract": ["extract", str(folder)],
        "query": ["query", "who-directed-what", "--store", str(store)],
        "export": ["export", "-", "--format", "ttl", "--store", str(store)],
    }[command]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *args], stdout=full, stderr=subprocess.PIPE, encoding="utf-8"
        )
    done.stdout = ""
    one_error(done, "standard output", "No space left")
    assert done.returncode == 2


def test_an_output_that_would_overwrite_the_store(kg: RunKg, store: Path) -> None:
    before = sorted(store.rglob("*"))
    for out in (store / "out.ttl", store / "deep" / "out.ttl"):
        done = kg("export", out, "--store", store)
        one_error(done, "out.ttl")
        assert done.returncode == 2
    assert sorted(store.rglob("*")) == before


def test_an_output_that_would_overwrite_the_ontology(kg: RunKg, store: Path, root: Path) -> None:
    ontology = root / "ontology" / "film.ttl"
    before = ontology.read_bytes()
    done = kg("export", ontology, "--store", store)
    one_error(done, "film.ttl")
    assert done.returncode == 2
    assert ontology.read_bytes() == before


def test_facts_that_would_go_into_a_document(folder: Path) -> None:
    article = folder / "good.txt"
    with article.open("a") as out:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "extract", str(article)],
            stdout=out,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    done.stdout = ""
    one_error(done, "good.txt", "output")
    assert done.returncode == 1
    assert article.read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?s WHERE { ?s ?p }", "line 1, column 26"),
        ("SELECT ?s WHERE { ?s nope:nope ?o }", "column 31"),
        ("no-such-question", "no-such-question"),
        ("nowhere.rq", "nowhere.rq"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("SELECT ?s WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_a_broken_query(kg: RunKg, store: Path, query: str, said: str) -> None:
    before = directors(kg, store)
    done = kg("query", query, "--store", store)
    one_error(done, said)
    assert done.returncode == 2
    assert done.stdout == ""
    assert directors(kg, store) == before


def test_a_parameter_that_the_query_does_not_have(kg: RunKg, store: Path) -> None:
    done = kg("query", "who-directed-what", "--store", store, "--param", "nonsense=1")
    one_error(done, "nonsense")
    assert done.returncode == 2


def test_a_parameter_that_is_missing(kg: RunKg, store: Path) -> None:
    done = kg("query", "co-stars", "--store", store)
    one_error(done, "--param person=")
    assert done.returncode == 2


@pytest.mark.parametrize("documents", [1, 12], ids=["here", "in other processes"])
def test_a_broken_lexicon_names_file_and_line(
    folder: Path, tmp_path: Path, root: Path, documents: int
) -> None:
    """In a copy of film-kg, whose lexicon gets a relation that the ontology does not know."""
    for n in range(1, documents):
        (folder / f"{n}.txt").write_text(GOOD, encoding="utf-8")
    copy = tmp_path / "copy"
    shutil.copytree(root / "kg", copy / "kg", ignore=shutil.ignore_patterns("model", "__pycache__"))
    (copy / "kg" / "language" / "model").symlink_to(root / "kg" / "language" / "model")
    shutil.copytree(root / "ontology", copy / "ontology")
    lexicon = copy / "ontology" / "lexicon.en.yaml"
    lines = lexicon.read_text(encoding="utf-8").splitlines()
    lexicon.write_text(
        "\n".join([*lines, "", "nonsense:", "  frames: [{verb: zap, subject: s, object: o}]"]),
        encoding="utf-8",
    )
    for name in ("extract", "build"):
        done = subprocess.run(
            [sys.executable, "-m", "kg", name, str(folder)], cwd=copy, capture_output=True, encoding="utf-8"
        )
        one_error(done, f"lexicon.en.yaml:{len(lines) + 2}", "nonsense")
        assert done.returncode == 2
        assert done.stdout == ""


@pytest.mark.parametrize(
    "error",
    [
        DocumentError("a.txt", "it is empty"),
        OntologyError("film.ttl", "film:director", "no label"),
        LexiconError("lexicon.en.yaml", 12, "no such relation"),
        QueryError("cast", "no query has this name"),
        StoreError("a.store", "this is a file"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_says_the_same_when_it_comes_from_a_worker(error: FilmKGError) -> None:
    with ProcessPoolExecutor(1) as pool:
        came = pool.submit(copy.copy, error).result()
    assert type(came) is type(error)
    assert str(came) == str(error)
    assert vars(came) == vars(error)
