"""Quality floors: precision and recall on gold, pinned beside a hash of the gold they were measured on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.evaluate import Report, evaluate, gold_files, gold_hash, read_gold
from kg.extract import extract_document
from kg.model import Document

ROOT = Path(__file__).parent.parent
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


def measured(gold: Path, documents: Path) -> Report:
    """The report on all documents of a gold folder."""
    golds = [read_gold(path) for path in gold_files(gold)]
    claims = {}
    for name, _, _ in golds:
        text = (documents / name).read_text(encoding="utf-8")
        claims[name] = list(extract_document(Document(name, text)).claims)
    return evaluate(golds, claims)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floor(name: str) -> None:
    floor = FLOORS[name]
    gold, documents = ROOT / floor["gold"], ROOT / floor["documents"]
    if not gold.exists():
        pytest.skip(f"no reference texts here: {floor['gold']}")
    assert gold_hash(gold) == floor["sha256"], (
        "the gold changed: measure anew and set floor and hash together"
    )
    report = measured(gold, documents)
    assert report.documents == len(gold_files(gold)) > 0
    figures = f"{name}: precision {report.precision:.3f}, recall {report.recall:.3f}"
    assert report.precision >= floor["precision"], figures
    assert report.recall >= floor["recall"], figures


def test_a_wrong_and_a_missing_fact_are_counted() -> None:
    golds = [read_gold(path) for path in gold_files(ROOT / "data" / "gold")[:1]]
    name = golds[0][0]
    text = (ROOT / "data" / "documents" / name).read_text(encoding="utf-8")
    claims = list(extract_document(Document(name, text)).claims)
    whole = evaluate(golds, {name: claims})
    half = evaluate(golds, {name: claims[::2]})
    nothing = evaluate(golds, {})
    assert nothing.recall == 0
    assert nothing.missed.total() == whole.right.total() + whole.missed.total()
    assert half.right.total() < whole.right.total()
    elsewhere = evaluate([(name, [], frozenset())], {name: claims})
    assert elsewhere.precision == 0
    assert elsewhere.wrong.total() > 0
