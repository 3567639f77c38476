"""The relation classifier: what it adds, what it doubts, and its training, run whole on the samples."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kg.extract import context_of, extract_document
from kg.extract.claims import drafts_of_sentence, layout_candidates, name_parts
from kg.extract.classifier.clues import path, rows_of
from kg.extract.classifier.ends import UNSAID, ends
from kg.extract.classifier.network import Classifier, classifier
from kg.extract.classifier.reading import DOUBTED, RULE, classified
from kg.extract.classifier.relations import possible
from kg.extract.classifier.sentences import pairs_of
from kg.extract.drafts import Draft
from kg.extract.referents import Referent
from kg.model import Document, Entity, Span

ROOT = Path(__file__).parent.parent
TEXT = (
    "Harbour (1960) is a Danish drama film directed by Ana Lima. It stars Piet Vos as Otto, a sailor. "
    "The film was shot in Aarhus and runs for 96 minutes."
)


def test_ends_are_names_values_words_and_what_goes_without_saying() -> None:
    context = context_of(TEXT)
    found = {(end.kind, end.how) for tree in context.trees for end in ends(context, tree)}
    assert {("Film", "name"), ("Figure", "name"), ("year", "value"), ("genre", "word")} <= found
    assert {("Film", "focus"), ("minutes", "value"), ("occupation", "word"), ("Film", "pronoun")} <= found
    unsaid = [e for tree in context.trees for e in ends(context, tree) if e.head == UNSAID]
    assert unsaid
    assert all(e.referent is not None for e in unsaid)


def test_pairs_have_only_relations_that_their_kinds_allow() -> None:
    context = context_of(TEXT)
    film = next(e for e in ends(context, context.trees[0]) if e.kind == "Film")
    person = next(e for e in ends(context, context.trees[0]) if e.kind == "Figure")
    assert "director" in possible(context.ontology, film, person)
    assert "childOf" not in possible(context.ontology, film, person)
    assert "director" not in possible(context.ontology, person, film)


def test_the_path_between_two_words_meets_at_their_lowest_common_head() -> None:
    tree = context_of("Ana Lima directed Harbour.").trees[0]
    verb = next(t.index for t in tree.tokens if t.text == "directed")
    up, down, top = path(tree, verb - 1, verb + 1)
    assert top == verb
    assert verb not in up
    assert verb not in down
    assert path(tree, verb, verb) == ([], [], verb)


def test_scores_do_not_depend_on_what_was_read_before() -> None:
    def scores(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        context = context_of(text)
        tree = context.trees[0]
        pairs = pairs_of(context, tree, drafts_of_sentence(context, tree, layout_candidates(context)))
        logits = classifier().scores([t.text for t in tree.tokens], pairs.pairs)
        assert logits is not None
        assert len(logits) == len(pairs.relations) > 0
        return logits

    first = scores(TEXT)
    scores("Mira, a comedy by Jan Holm, was released in 1987.")
    assert np.array_equal(first, scores(TEXT))


def test_a_doubted_draft_is_left_out_and_a_new_one_names_its_rule() -> None:
    context = context_of(TEXT)
    layout = layout_candidates(context)
    for tree in context.trees:
        drafts = drafts_of_sentence(context, tree, layout)
        weighed = classified(context, tree, drafts)
        assert all(draft.confidence >= DOUBTED for draft in weighed)
        added = [draft for draft in weighed if draft not in drafts]
        assert all(f"/{RULE}/" in draft.rule for draft in added)
        assert all(tree.sentence.span.contains(draft.span) for draft in added)


def test_without_it_the_frames_alone_speak() -> None:
    claims = extract_document(Document("a.txt", TEXT), classify=False).claims
    assert claims
    assert not any(f"/{RULE}/" in claim.evidence.rule for claim in claims)


def test_what_the_classifier_adds_has_its_ends_in_the_evidence_or_meant_by_it() -> None:
    seen = 0
    for file in sorted((ROOT / "data" / "documents").glob("*.txt")):
        extraction = extract_document(Document(file.name, file.read_text(encoding="utf-8")))
        for claim in extraction.claims:
            if f"/{RULE}/" not in claim.evidence.rule:
                continue
            seen += 1
            span, how = claim.evidence.span, claim.evidence.rule.split("/")[-1].split("-")
            assert extraction.document.text[span.start : span.end] == claim.evidence.quote
            for thing, said in ((claim.triple.subject, how[0]), (claim.triple.object, how[1])):
                if said == "name" and isinstance(thing, Entity):
                    assert any(span.contains(m.span) for m in thing.mentions), claim
    assert seen > 20


def test_a_performance_gets_the_part_that_another_sentence_names() -> None:
    film, player, part = (Referent(n, kind) for n, kind in enumerate(("Film", "Person", "Character")))
    performance = Draft("castMember", film, player, {}, Span(0, 1), "", 0.9)
    told = [
        Draft("plays", player, part, {}, Span(1, 2), "", 0.9),
        Draft("characterIn", part, film, {}, Span(1, 2), "", 0.9),
    ]
    name_parts([performance, told[0]])
    assert performance.qualifiers == {}  # in which film the part is, nobody says
    name_parts([performance, *told])
    assert performance.qualifiers == {"portrayed": part}


def test_equal_clues_have_equal_rows() -> None:
    assert rows_of(["path nsubj^obj", "read none"]) == rows_of(["path nsubj^obj", "read none"])
    assert rows_of(["a"]) != rows_of(["b"])


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four sample documents beside their gold."""
    folder = tmp_path_factory.mktemp("articles")
    for gold in sorted((ROOT / "data" / "gold").glob("*.gold.json"))[:4]:
        shutil.copy(gold, folder)
        shutil.copy(next((ROOT / "data" / "documents").glob(f"{gold.name.split('.')[0]}.*")), folder)
    return folder


def train(out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The training command, run as a user runs it."""
    command = [sys.executable, "-m", "kg.train", str(out), *options]
    environment = {**os.environ, "COLUMNS": "120"}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=300)


def test_training_twice_gives_the_same_classifier_and_it_reads(articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the extra `train` is not installed")
    pytest.importorskip("onnx", reason="the extra `train` is not installed")
    held_out = sorted(path.name for path in articles.glob("*.gold.json"))[0]
    options = ["--articles", str(articles), "--held-out", held_out, "--epochs", "1", "--threads", "1"]
    digests = []
    for name in ("one", "two"):
        done = train(tmp_path / name, *options)
        assert done.returncode == 0, done.stdout + done.stderr
        files = sorted((tmp_path / name).iterdir())
        assert [file.name for file in files] == ["head.npz", "labels.json", "layers8.onnx"]
        digests.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in files])
    assert digests[0] == digests[1]
    context = context_of(TEXT)
    tree = context.trees[0]
    pairs = pairs_of(context, tree, drafts_of_sentence(context, tree, layout_candidates(context)))
    logits = Classifier(tmp_path / "one").scores([t.text for t in tree.tokens], pairs.pairs)
    assert logits is not None
    assert np.isfinite(logits).all()
    assert logits.shape[0] == len(pairs.relations)


def test_the_written_classifier_scores_as_the_trained_one(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
    pytest.importorskip("onnx", reason="the extra `train` is not installed")
    from kg.language.network import MODEL, network
    from kg.language.train.examples import Pieces
    from kg.language.train.weights import restored
    from kg.train.examples import Passage, examples
    from kg.train.loop import collate, numbered
    from kg.train.network import PairNetwork, write

    torch.manual_seed(1)
    model = PairNetwork(restored(MODEL), 5).eval()
    torch.nn.init.normal_(model.weights.weight, std=0.2)
    torch.nn.init.normal_(model.word_kind.weight, std=0.2)
    with_pairs = examples(Passage("a", TEXT, (), frozenset()))
    write(model, ["a", "b", "c", "d", "e"], tmp_path)
    written = Classifier(tmp_path, network())
    context = context_of(TEXT)
    for tree, sentence in zip(context.trees, numbered(with_pairs, Pieces(MODEL)), strict=True):
        pairs = pairs_of(context, tree, drafts_of_sentence(context, tree, layout_candidates(context)))
        ours = written.scores(sentence.example.words, pairs.pairs)
        with torch.no_grad():
            trained = model(collate([sentence])).numpy()
        assert ours is not None
        assert np.abs(ours - trained).max() < 0.15


def test_nothing_held_out_is_an_error_that_says_what_to_do(articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the extra `train` is not installed")
    done = train(tmp_path / "out", "--articles", str(articles), "--held-out", "nothing*")
    assert done.returncode == 2
    assert (
        done.stdout.strip() == "error: nothing is held out to calibrate on: name gold files with --held-out"
    )


def test_gold_without_its_text_is_named(articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="the extra `train` is not installed")
    gold = sorted(articles.glob("*.gold.json"))[0]
    (tmp_path / "in").mkdir()
    shutil.copy(gold, tmp_path / "in")
    done = train(tmp_path / "out", "--articles", str(tmp_path / "in"), "--held-out", "nothing*")
    assert done.returncode == 2
    assert "cannot be read: No such file" in done.stdout
