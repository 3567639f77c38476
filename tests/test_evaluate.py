"""The report of an evaluation: a table on stdout, and a page with every miss and error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import RunKg

TEXT = "Salt Road is a 1987 drama film directed by Ana Petrova.\n"
GOLD = {
    "doc": "a.txt",
    "entities": [
        {"id": "f", "type": "Film", "names": ["Salt Road"]},
        {"id": "p", "type": "Person", "names": ["Ana Petrova"]},
        {"id": "q", "type": "Person", "names": ["<b>Eva</b> Lind"]},
    ],
    "facts": [
        {"s": "f", "r": "director", "o": "p", "evidence": "directed by Ana Petrova"},
        {"s": "f", "r": "releaseYear", "o": "1987", "evidence": "a 1987 drama film"},
        {"s": "f", "r": "writer", "o": "<b>Eva</b> Lind", "evidence": "<script>alert(1)</script>"},
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def test_the_table_and_the_page_say_the_same(gold: Path, kg: RunKg) -> None:
    ran = kg("evaluate", gold, gold / "a.txt", "--html", gold / "report.html")
    assert ran.returncode == 0, ran.stderr
    lines = [line.split() for line in ran.stdout.splitlines()]
    assert lines[0] == ["right", "wrong", "missed", "precision", "recall", "F1"]
    assert lines[1] == ["all", "2", "1", "1", "0.667", "0.667", "0.667"]  # the genre is not in this gold
    assert ["director", "1", "0", "0", "1.000", "1.000", "1.000"] in lines
    assert ["writer", "0", "0", "1", "-", "0.000", "0.000"] in lines
    page = (gold / "report.html").read_text(encoding="utf-8")
    assert "<td>0.667</td>" in page
    assert "writer: 1" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page


def test_sentences_of_a_blind_folder_are_in_no_report(gold: Path, kg: RunKg) -> None:
    (gold / "BLIND").touch()
    ran = kg("evaluate", gold, gold / "a.txt", "--verbose", "--html", gold / "report.html")
    assert ran.returncode == 0, ran.stderr
    page = (gold / "report.html").read_text(encoding="utf-8")
    assert "not shown" in page
    assert "alert" not in page + ran.stdout


def test_a_page_that_cannot_be_written_is_named(gold: Path, kg: RunKg) -> None:
    ran = kg("evaluate", gold, gold / "a.txt", "--html", gold / "none" / "report.html")
    assert ran.returncode == 2
    assert "report.html" in ran.stderr
    assert "Traceback" not in ran.stderr
