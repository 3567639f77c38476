"""The training command, run whole on a few sentences of ours and an encoder of one small layer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from kg.errors import FilmKGError
from kg.language.network import MODEL, Network

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
transformers = pytest.importorskip("transformers", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

from kg.language.train import names, trees, weights  # noqa: E402
from kg.language.train.examples import Pieces, label_sets  # noqa: E402

SENTENCES = """\
# newdoc id = one
1	Ruth	Ruth	PROPN	NNP	_	3	nsubj	_	Entity=(1-person-new-cf1-2-coref-Ruth
2	Vane	Vane	PROPN	NNP	_	1	flat	_	Entity=1)
3	directed	direct	VERB	VBD	_	0	root	_	_
4	Harbour	Harbour	PROPN	NNP	_	3	obj	_	_
5-6	didn't	_	_	_	_	_	_	_	_
5	did	do	AUX	VBD	_	3	aux	_	_
6	n't	not	PART	RB	_	3	advmod	_	_
7	.	.	PUNCT	.	_	3	punct	_	_

1	It	it	PRON	PRP	_	4	nsubj:pass	_	_
2	was	be	AUX	VBD	_	4	aux:pass	_	_
3	quickly	quickly	ADV	RB	_	4	advmod:lmod	_	_
4	shot	shoot	VERB	VBN	_	0	root	_	_
5	in	in	ADP	IN	_	6	case	_	_
6	Brno	Brno	PROPN	NNP	_	4	obl	_	Entity=(2-place-new-cf1-1-coref-Brno)

"""
TAGGED = "# newdoc id = one\n1\tAnn\tB-PER\n2\tLee\tI-PER\n3\tsaw\tO\n4\tParis\tB-LOC\n\n"
PARAGRAPH = {
    "title": "Harbour (film)",
    "sents": [["Harbour", "is", "by", "Ruth", "Vane", "."]],
    "vertexSet": [
        [{"type": "MISC", "pos": [0, 1], "sent_id": 0, "name": "Harbour"}],
        [{"type": "PER", "pos": [3, 5], "sent_id": 0, "name": "Ruth Vane"}],
    ],
    "labels": [{"h": 0, "t": 1, "r": "P57"}],
}
ARTICLE = "Harbour\n\nRuth Vane made Harbour, with Emma as Emma.\n"
GOLD = {
    "doc": "a.txt",
    "entities": [
        {"names": ["Harbour"], "type": "Film"},
        {"names": ["Ruth Vane"], "type": "Person"},
        {"names": ["Emma"], "type": "Person"},
        {"names": ["Emma"], "type": "Character"},
    ],
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Annotated files of each kind, and an encoder of one layer."""
    folder = tmp_path_factory.mktemp("annotated")
    (folder / "trees.conllu").write_text(SENTENCES * 4, encoding="utf8")
    (folder / "names.iob2").write_text(TAGGED, encoding="utf8")
    (folder / "paragraphs.json").write_text(json.dumps([PARAGRAPH]), encoding="utf8")
    (folder / "articles").mkdir()
    (folder / "articles" / "a.txt").write_text(ARTICLE, encoding="utf8")
    (folder / "articles" / "a.gold.json").write_text(json.dumps(GOLD), encoding="utf8")
    torch.manual_seed(0)
    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=1, intermediate_size=64
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder / "encoder")
    shutil.copy(MODEL / "tokenizer.json", folder / "encoder")
    return folder


def command(data: Path, out: Path, base: Path, *more: str) -> list[str]:
    whole = [sys.executable, "-m", "kg.language.train", str(out), "--from", str(base)]
    whole += ["--trees", str(data / "trees.conllu"), "--tagged", str(data / "names.iob2")]
    whole += ["--paragraphs", str(data / "paragraphs.json"), "--articles", str(data / "articles")]
    return [*whole, "--test", str(data / "trees.conllu"), "--threads", "1", *more]


def train(data: Path, out: Path, base: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(data, out, base, *more),
        capture_output=True,
        encoding="utf8",
        timeout=300,
        env={**os.environ, "COLUMNS": "200"},
    )


PLAN = ("--steps", "100", "--rate", "0.005", "--save-every", "10")


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of a run of a hundred steps; what it printed lies beside it."""
    folder = tmp_path_factory.mktemp("trained") / "model"
    ran = train(data, folder, data / "encoder", *PLAN)
    assert ran.returncode == 0, ran.stderr
    (folder / "said").write_text(ran.stderr, encoding="utf8")
    return folder


def arcs(folder: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return Network(folder).tree(["Ruth", "smiled"]).arcs


def test_a_model_is_trained_and_read(trained: Path) -> None:
    said = (trained / "said").read_text(encoding="utf8")
    assert "8 sentences with trees" in said
    assert "step 100" in said
    assert "left" in said
    model = Network(trained)
    found = model.tree("Ruth Vane directed Harbour".split())
    tags = [model.labels["upos"][tag] for tag in found.upos]
    assert tags == ["PROPN", "PROPN", "VERB", "PROPN"], "a hundred steps learn eight sentences by heart"
    card = (trained / "CARD.md").read_text(encoding="utf8")
    assert "sha256" in card
    assert float(card.split("UPOS ")[1].split()[0]) > 90


def test_a_run_that_was_killed_ends_as_one_that_was_not(data: Path, trained: Path, tmp_path: Path) -> None:
    again = command(data, tmp_path, data / "encoder", *PLAN)
    with subprocess.Popen(again, stderr=subprocess.DEVNULL) as run:
        while not (tmp_path / "checkpoint.pt").exists():
            assert run.poll() is None
            time.sleep(0.02)
        run.kill()
    assert not (tmp_path / "weights8.onnx").exists(), "it was killed before its end"
    assert "goes on after step" in train(data, tmp_path, data / "encoder", *PLAN).stderr
    assert np.array_equal(arcs(trained), arcs(tmp_path))


def test_training_goes_on_from_a_written_model(data: Path, trained: Path, tmp_path: Path) -> None:
    model, labels = weights.restored(trained), weights.read_labels(trained)
    weights.write(model, labels, MODEL / "tokenizer.json", tmp_path / "again")
    assert np.array_equal(arcs(trained), arcs(tmp_path / "again")), (
        "what is written and restored says the same"
    )
    ran = train(data, tmp_path / "two", trained, "--steps", "1")
    assert ran.returncode == 0, ran.stderr
    assert not np.array_equal(arcs(trained), arcs(tmp_path / "two"))


def test_the_shipped_model_can_be_gone_on_from() -> None:
    model = weights.restored(MODEL)
    assert sum(parameter.numel() for parameter in model.parameters()) > 20_000_000


def test_a_checkpoint_of_another_run_is_refused(data: Path, trained: Path) -> None:
    ran = train(data, trained, data / "encoder", "--steps", "3")
    assert ran.returncode == 2
    assert "belongs to another run" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_broken_file_is_named_with_its_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.conllu").write_text("1\tRuth\tRuth\n\n", encoding="utf8")
    (tmp_path / "bad.iob2").write_text("1\tRuth\tPER\n\n", encoding="utf8")
    (tmp_path / "bad.json").write_text("[\n{", encoding="utf8")
    ran = train(data, tmp_path / "out", data / "encoder", "--trees", str(tmp_path / "bad.conllu"))
    assert ran.returncode == 2
    assert ran.stderr.startswith("error: ")
    assert "bad.conllu:1: " in ran.stderr
    with pytest.raises(FilmKGError, match=r"bad\.iob2:1: "):
        list(names.read_tagged(tmp_path / "bad.iob2"))
    with pytest.raises(FilmKGError, match=r"bad\.json:2: "):
        list(names.read_paragraphs(tmp_path / "bad.json"))


def test_what_the_files_say(data: Path) -> None:
    document = next(trees.read_documents(data / "trees.conllu"))
    tree = trees.tree_of(document[1])
    assert tree.dep[0] == "nsubj:pass", "a subtype that constructions use is kept"
    assert tree.dep[2] == "advmod", "another is not"
    assert tree.rule[3] == "0|1|ot"
    assert len(trees.tree_of(document[0]).words) == 7, "a multiword token is its words"
    marked = trees.entity_names(document)
    assert marked[0][1][:3] == [("B-Person", "B-Character"), ("I-Person", "I-Character"), ("O",)]
    assert marked[1][1][5] == ("B-Place",)
    (_, paragraph), = names.read_paragraphs(data / "paragraphs.json")  # fmt: skip
    assert paragraph[0][1][0] == ("B-Film", "B-Work"), "what has a director is a work"
    (_, article), = names.read_articles(data / "articles")  # fmt: skip
    words, labels = article[1]
    assert labels[words.index("Emma")] == ("B-Character", "B-Person"), "one string, two types: either"
    assert labels[words.index("made")] == ("O",)


def test_a_long_document_is_cut_into_chunks_that_say_where_sentences_begin(data: Path) -> None:
    document: names.Labelled = [(["word"] * 60, [("O",)] * 60)] * 4
    chunks = list(Pieces(MODEL).chunks(document, starts=True))
    assert [len(chunk.first) - 1 for chunk in chunks] == [60, 60, 60, 60]
    assert all(chunk.targets["start"][1] == 1 for chunk in chunks)
    assert label_sets([trees.tree_of(rows) for rows in next(trees.read_documents(data / "trees.conllu"))])[
        "start"
    ]
