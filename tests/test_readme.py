"""The README tells the truth: its session is run line by line, and its Python too. So does CONTRIBUTING.

Where what it shows has changed for good, `FILM_KG_README=write make test` writes down what is shown now.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extract import extract_document
from kg.extract.examples import check_example
from kg.lexicon import load_lexicon
from kg.model import Document, Entity
from kg.ontology import load_ontology

CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
MOVING = re.compile(r"(?<=\(line )\d+(?=\))|\b0\.\d+\b")
"""Lines of the lexicon and confidences: they move whenever somebody adds a rule, and say nothing here."""
WRITE = os.environ.get("FILM_KG_README") == "write"


def shell(command: str, cwd: Path) -> str:
    """What a command shows, on both streams."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=cwd,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def replay(block: str, cwd: Path) -> str:
    """The block as it looks when its commands are run: `$` opens a command, `>` goes on with it."""
    shown = []
    for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
        lines = part.splitlines(keepends=True)
        if not lines:
            continue
        typed = [lines[0], *(line for line in lines[1:] if line.startswith("> "))]
        command = typed[0].removeprefix("$ ") + "".join(line.removeprefix("> ") for line in typed[1:])
        shown += [*typed, shell(command, cwd)]
    return "".join(shown)


def rerun(block: str) -> str:
    """The Python of the block with what it prints now."""
    examples = doctest.DocTestParser().get_examples(block)
    shown = []
    for example in examples:
        example.want = ""
    test = doctest.DocTest(examples, {}, "README", None, None, None)
    runner = _Recorder()
    runner.run(test, clear_globs=False)
    for example, printed in zip(examples, runner.printed, strict=True):
        first, *rest = example.source.splitlines()
        shown += [f">>> {first}\n", *(f"... {line}".rstrip() + "\n" for line in rest), printed]
        if rest:
            shown.append("\n")
    return "".join(shown).rstrip() + "\n"


class _Recorder(doctest.DocTestRunner):
    """Runs examples and keeps what they print."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.printed: list[str] = []

    def report_success(self, out: object, test: object, example: object, got: str) -> None:
        self.printed.append(got)

    def report_failure(self, out: object, test: object, example: object, got: str) -> None:
        self.printed.append(got)

    def report_unexpected_exception(
        self, out: object, test: object, example: object, exc_info: object
    ) -> None:
        raise AssertionError(exc_info)


def test_the_readme_shows_what_happens(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8")
    (tmp_path / "data").symlink_to(root / "data")
    monkeypatch.chdir(tmp_path)
    assert len(CONSOLE.findall(text)) > 4
    now = CONSOLE.sub(lambda found: f"```console\n{replay(found[1], tmp_path)}```", text)
    now = PYTHON.sub(lambda found: f"```python\n{rerun(found[1])}```", now)
    if WRITE:
        readme.write_text(now, encoding="utf-8")
    else:
        assert MOVING.sub("…", now) == MOVING.sub("…", text)


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/design.md", "docs/queries.md"]
)
def test_links_lead_somewhere(root: Path, name: str) -> None:
    page = root / name
    missing = [to for to in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / to).exists()]
    assert not missing


def test_a_relation_can_be_added_as_contributing_says(root: Path, tmp_path: Path) -> None:
    """The term and the row of the page, added to copies: its examples hold, and it reads another sentence."""
    page = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    added = {language: fenced(language, page) for language in ("turtle", "yaml")}
    terms = tmp_path / "film.ttl"
    rows = tmp_path / "lexicon.en.yaml"
    for path, language in ((terms, "turtle"), (rows, "yaml")):
        shipped = (root / "ontology" / path.name).read_text(encoding="utf-8")
        path.write_text(f"{shipped}\n{added[language]}", encoding="utf-8")
    ontology = load_ontology(terms)
    lexicon = load_lexicon(ontology, rows)
    examples = [each for each in lexicon.examples if each.relation == "costumeDesigner"]
    assert len(examples) == 3
    assert [check_example(each, lexicon, ontology) for each in examples] == ["", "", ""]
    document = Document(
        "sheet.txt", "The Piano\n\nYear: 1993\nDirector: Jane Campion\nCostumes: Janet Patterson\n"
    )
    claims = extract_document(document, lexicon, ontology).claims
    said = {(c.triple.relation, c.triple.object.label) for c in claims if isinstance(c.triple.object, Entity)}
    assert ("costumeDesigner", "Janet Patterson") in said


def fenced(language: str, page: str) -> str:
    """The only block of a language on a page."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    return str(block)
