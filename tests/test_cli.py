"""The command line as a person or a pipe meets it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import RunKg

import kg as package

COMMANDS = tuple("extract build query path export validate draw serve explain evaluate".split())
PIANO = "The Piano is a 1993 drama film. It was written and directed by Jane Campion.\n"
FILMS = [
    ("Beau Travail", "Claire Denis"),
    ("Fargo", "Joel Coen"),
    ("Heat", "Michael Mann"),
    ("Somewhere", "Sofia Coppola"),
    ("Memento", "Christopher Nolan"),
    ("Persepolis", "Marjane Satrapi"),
    ("Selma", "Ava DuVernay"),
    ("The Piano", "Jane Campion"),
]
HEAVY = ("onnxruntime", "tokenizers", "numpy", "rdflib", "networkx", "pyvis", "pyshacl", "rich.progress")

LOADED = """
import sys
from kg.cli import main
try:
    main()
finally:
    print([name for name in {heavy} if name in sys.modules], file=sys.stderr)
"""


def kg_process(*args: str | Path, **options: object) -> subprocess.Popen[str]:
    """`kg ARGS…`, running."""
    # What is started in the background by a shell ignores Ctrl-C, and so does what it starts in turn.
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "kg", *map(str, args)],
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        **options,
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "piano.txt").write_text(PIANO, encoding="utf-8")
    return tmp_path / "piano.txt"


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with enough short articles for several processes."""
    folder = tmp_path_factory.mktemp("articles")
    for n, (title, director) in enumerate(FILMS):
        (folder / f"{n}.txt").write_text(PIANO.replace("The Piano", title).replace("Jane Campion", director))
    return folder


@pytest.fixture(scope="module")
def long_work(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder that takes a while to read."""
    folder = tmp_path_factory.mktemp("long")
    for n in range(5):
        for path in (root / "data" / "documents").glob("*.txt"):
            (folder / f"{n}-{path.name}").write_bytes(path.read_bytes())
    return folder


# Help


def test_help_tells_what_there_is(kg: RunKg) -> None:
    done = kg("--help")
    assert done.returncode == 0
    for command in COMMANDS:
        assert f"\n  {command} " in done.stdout
    assert "Exit codes" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_examples_that_exist(kg: RunKg, command: str) -> None:
    done = kg(command, "--help")
    assert done.returncode == 0
    examples = [line.strip() for line in done.stdout.splitlines() if f"kg {command}" in line]
    assert len(examples) >= 2, "a usage line and an example at least"


def test_the_version(kg: RunKg) -> None:
    assert kg("--version").stdout == f"film-kg {package.__version__}\n"


def test_no_command_shows_help(kg: RunKg) -> None:
    done = kg()
    assert "Commands:" in done.stdout + done.stderr
    assert done.returncode == 2 or done.returncode == 0


@pytest.mark.parametrize("args", [["bulid", "x"], ["extract"], ["extract", "x", "--nonsense"], ["export"]])
def test_a_misspelt_call_is_explained(kg: RunKg, args: list[str]) -> None:
    done = kg(*args)
    assert done.returncode == 2
    assert "Usage:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["extract", "x.txt", "--max-size", "huge"], "huge"),
        (["extract", "x.txt", "--min-confidence", "2"], "--min-confidence"),
        (["query", "who-directed-what", "--param", "film"], "name=value"),
        (["query", "who-directed-what", "--param", "a=1", "--param", "a=2"], "twice"),
        (["export", "-"], "--format"),
    ],
)
def test_an_impossible_value_is_explained(kg: RunKg, args: list[str], said: str) -> None:
    done = kg(*args)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["query", "--help"],
        ["query"],
        ["query", "who-directed-what", "--store", "STORE"],
        ["export", "-", "--format", "nt", "--store", "STORE"],
    ],
    ids=" ".join,
)
def test_what_needs_no_model_loads_none(sample_store: Path, args: list[str]) -> None:
    args = [str(sample_store) if arg == "STORE" else arg for arg in args]
    code = LOADED.format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, encoding="utf-8")
    assert done.stderr.splitlines()[-1] == "[]"


# Extract


def test_extract_says_facts_as_json_lines(kg: RunKg, article: Path) -> None:
    done = kg("extract", article)
    assert done.returncode == 0
    assert done.stderr == ""
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    (director,) = [f for f in facts if f["relation"] == "director"]
    assert director["subject"]["name"] == "The Piano"
    assert director["object"]["name"] == "Jane Campion"
    (evidence,) = director["evidence"]
    assert evidence["document"] == "piano.txt"
    assert PIANO[evidence["start"] : evidence["end"]] == evidence["text"]


def test_extract_of_a_folder_keeps_the_order_of_documents(kg: RunKg, articles: Path) -> None:
    """Several processes read them; it looks as if one had."""
    together = kg("extract", articles)
    assert together.returncode == 0
    facts = [json.loads(line) for line in together.stdout.splitlines()]
    directors = [(f["subject"]["name"], f["object"]["name"]) for f in facts if f["relation"] == "director"]
    assert directors == FILMS
    one_by_one = kg("extract", *sorted(articles.iterdir())[:3])
    assert together.stdout.startswith(one_by_one.stdout)


def test_unsure_facts_can_be_left_out(kg: RunKg, article: Path) -> None:
    every = kg("extract", article).stdout.splitlines()
    sure = kg("extract", article, "--min-confidence", "0.9").stdout.splitlines()
    assert 0 < len(sure) < len(every)
    assert set(sure) < set(every)
    assert all(max(e["confidence"] for e in json.loads(line)["evidence"]) >= 0.9 for line in sure)


def test_output_is_utf8_whatever_the_locale(kg: RunKg, tmp_path: Path) -> None:
    (tmp_path / "film.txt").write_text("Amélie was directed by Jean-Pierre Jeunet.\n", encoding="utf-8")
    done = kg(
        "extract", tmp_path / "film.txt", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    )
    assert done.returncode == 0
    assert "Amélie" in done.stdout


def test_a_reader_that_leaves_is_no_error(long_work: Path) -> None:
    process = kg_process("extract", long_work, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("{")
    process.stdout.close()
    assert process.stderr is not None
    assert "rror" not in process.stderr.read()
    assert process.wait() == 141


def test_ctrl_c_is_quiet(long_work: Path) -> None:
    """In the midst of the work, with several processes."""
    process = kg_process(
        "extract", long_work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("{")
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert process.returncode == 130


def test_ctrl_c_while_building_leaves_no_half_graph(kg: RunKg, long_work: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    few = sorted(long_work.iterdir())[:5]
    process = kg_process("build", *few, "--store", store, stderr=subprocess.PIPE, start_new_session=True)
    while not (store / "lock").exists():
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert process.returncode == 130
    assert kg("build", *few, "--store", store).stdout.startswith("added         5")


def test_a_terminal_sees_progress_and_a_pipe_does_not(kg: RunKg, articles: Path, tmp_path: Path) -> None:
    """The bar is drawn on stderr only."""
    parent, child = pty.openpty()
    with (tmp_path / "facts.jsonl").open("w") as out:
        process = kg_process(
            "extract",
            articles,
            stdout=out,
            stderr=child,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
        )
    os.close(child)
    said = read_terminal(parent)
    assert process.wait() == 0
    assert b"documents read" in said
    piped = kg("extract", articles)
    assert piped.stdout == (tmp_path / "facts.jsonl").read_text(encoding="utf-8")
    assert "\r" not in piped.stderr


def read_terminal(terminal: int) -> bytes:
    """Everything that is shown on a terminal until nobody writes to it any more."""
    said = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            chunk = b""
        if not chunk:
            os.close(terminal)
            return said
        said += chunk


# Build, query, export


def test_build_tells_what_was_added_replaced_and_dropped(kg: RunKg, article: Path, tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(PIANO, encoding="utf-8")
    first = kg("build", folder, "--store", store)
    assert "added         3  a.txt, b.txt, c.txt" in first.stdout
    (folder / "a.txt").write_text(PIANO + "It stars Holly Hunter.\n", encoding="utf-8")
    (folder / "b.txt").unlink()
    second = kg("build", folder, "--store", store)
    told = second.stdout.splitlines()
    assert told[:3] == ["replaced      1  a.txt", "dropped       1  b.txt", "unchanged     1"]
    third = kg("build", article, "--store", store, "--add")
    assert "added         1  piano.txt" in third.stdout
    assert "dropped" not in third.stdout
    assert [first.returncode, second.returncode, third.returncode] == [0, 0, 0]


def test_the_store_is_named_by_the_environment_or_lies_here(kg: RunKg, article: Path, tmp_path: Path) -> None:
    assert kg("build", article, cwd=tmp_path, env={"FILM_KG_STORE": "elsewhere"}).returncode == 0
    assert (tmp_path / "elsewhere").is_dir()
    environment = {k: v for k, v in os.environ.items() if k != "FILM_KG_STORE"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build", str(article)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
    )
    assert done.returncode == 0
    assert (tmp_path / "film-kg.store").is_dir()


def test_the_catalogue_lists_every_query_with_its_question(kg: RunKg, root: Path, tmp_path: Path) -> None:
    done = kg("query", cwd=tmp_path)
    assert done.returncode == 0
    files = sorted((root / "queries").glob("*.rq"))
    assert len(files) >= 5
    for path in files:
        question = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert f"{path.stem:<26}{question}" in done.stdout.splitlines()


def test_a_query_by_name_by_file_and_in_sparql(kg: RunKg, sample_store: Path, root: Path) -> None:
    by_name = kg("query", "who-directed-what", "--store", sample_store)
    by_file = kg("query", root / "queries" / "who-directed-what.rq", "--store", sample_store)
    assert by_name.returncode == 0
    assert by_name.stdout == by_file.stdout
    in_sparql = kg("query", "ASK { ?film film:director ?someone }", "--store", sample_store)
    assert in_sparql.stdout == "yes\n"


def test_the_formats_of_an_answer(kg: RunKg, sample_store: Path) -> None:
    ask = (
        "query",
        "SELECT ?film ?year { ?film film:releaseYear ?year }",
        "--store",
        sample_store,
        "--format",
    )
    rows = json.loads(kg(*ask, "json").stdout)["results"]["bindings"]
    assert rows
    assert len(list(csv.DictReader(io.StringIO(kg(*ask, "csv").stdout)))) == len(rows)
    assert len(kg(*ask, "tsv").stdout.splitlines()) == len(rows) + 1
    assert kg(*ask, "xml").stdout.count("<result>") == len(rows)
    turtle = kg(
        "query", "CONSTRUCT WHERE { ?f film:releaseYear ?y }", "--store", sample_store, "-f", "turtle"
    )
    assert turtle.stdout.count("film:releaseYear") >= 1
    for wrong in ("turtle", "nonsense"):
        assert kg(*ask, wrong).returncode == 2


def test_a_parameter_is_a_label(kg: RunKg, sample_store: Path) -> None:
    ask = ("query", "who-directed-what", "--store", sample_store, "--format", "csv")
    every = kg(*ask).stdout.splitlines()
    name = next(csv.DictReader(io.StringIO("\n".join(every))))["director_label"]
    one = kg(*ask, "--param", f"director={name}").stdout.splitlines()
    assert 1 < len(one) < len(every)
    assert all(name in line for line in one[1:])


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "csv", "jsonl"])
def test_export_writes_the_same_to_a_file_and_to_stdout(
    kg: RunKg, sample_store: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"graph.{suffix}"
    done = kg("export", out, "--store", sample_store)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    written = subprocess.run(
        [sys.executable, "-m", "kg", "export", "-", "--format", suffix, "--store", str(sample_store)],
        capture_output=True,
    )
    assert written.stdout == out.read_bytes()
    assert written.stdout


def test_evidence_can_be_left_out(kg: RunKg, sample_store: Path) -> None:
    whole = kg("export", "-", "--format", "ttl", "--store", sample_store).stdout
    facts = kg("export", "-", "--format", "ttl", "--no-evidence", "--store", sample_store).stdout
    assert "oa:exact" in whole
    assert "oa:exact" not in facts
    assert "film:director" in facts
