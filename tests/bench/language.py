"""Words a second of the language layer, beside the bare network and beside spaCy's default pipeline."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kg.language import parse
from kg.language.layout import blocks
from kg.language.network import network
from kg.language.tokenizer import words

from .row import Row

TEXTS = Path(__file__).parents[2] / "data" / "documents"
ROUNDS = 3
PAIR = 2
CHUNK = 100


def rows() -> Iterator[Row]:
    """Text to trees and names on one core, the network alone, spaCy; then two cores beside one."""
    texts = [path.read_text(encoding="utf8") for path in sorted(TEXTS.glob("*.txt"))]
    total = sum(len(_words(text)) for text in texts)
    nlp = _spacy(texts[0])
    with ProcessPoolExecutor(PAIR, get_context("spawn"), _warm) as pool:
        list(pool.map(_parsed, texts[:PAIR]))
        ours, bare, peer, two = (
            total / seconds
            for seconds in _best(
                lambda: [parse(text) for text in texts],
                lambda: _bare(texts),
                lambda: list(nlp.pipe(texts)),
                lambda: list(pool.map(_parsed, texts)),
            )
        )
    yield Row("language, one core", ours, bare, "words/s", "peer: the network alone, on the same sentences")
    yield Row("language, one core", ours, peer, "words/s", "peer: spaCy's small pipeline, untrained")
    yield Row("language, two processes", two, ours, "words/s", f"peer: one; {os.cpu_count()} cores here")


def _best(*runs: Callable[[], object]) -> list[float]:
    """Seconds of the quickest of a few rounds of each; they take turns, so that load falls on all alike."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for each, run in zip(times, runs, strict=True):
            began = time.perf_counter()
            run()
            each.append(time.perf_counter() - began)
    return [min(each) for each in times]


def _words(text: str) -> Sequence[str]:
    return [text[word.start : word.end] for block in blocks(text) for word in words(text, block.body)]


def _bare(texts: Sequence[str]) -> None:
    """What the network itself must do for these texts: chunks for names, sentences for trees."""
    model = network()
    for text, sentences in zip(texts, _sentences(tuple(texts)), strict=True):
        found = _words(text)
        for at in range(0, len(found), CHUNK):
            model.names(found[at : at + CHUNK])
        for sentence in sentences:
            model.tree(sentence)


@cache
def _sentences(texts: tuple[str, ...]) -> list[list[list[str]]]:
    return [
        [[token.text for token in sentence.tokens] for sentence in parse(text).sentences] for text in texts
    ]


def _spacy(text: str) -> Any:
    """spaCy's tagger, parser and names on its small convolutional encoder, initialised but not trained."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    for name in ("tok2vec", "tagger", "parser", "ner"):
        nlp.add_pipe(name)
    doc = nlp.make_doc("Ana directed Harbour")
    gold = {
        "tags": ["NNP", "VBD", "NNP"],
        "heads": [1, 1, 1],
        "deps": ["nsubj", "ROOT", "obj"],
        "entities": ["U-PERSON", "O", "O"],
    }
    nlp.initialize(lambda: [Example.from_dict(doc, gold)])
    nlp(text)
    return nlp


def _warm() -> None:
    network()


def _parsed(text: str) -> int:
    return len(parse(text).sentences)
