"""Words a second of the language layer, beside the bare network and beside spaCy's default pipeline."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
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


def rows() -> Iterator[Row]:
    """Text to trees and names on one core, the network alone, spaCy; then two cores beside one."""
    texts = [path.read_text(encoding="utf8") for path in sorted(TEXTS.glob("*.txt"))]
    total = sum(len(_words(text)) for text in texts)
    parse(texts[0])
    ours = total / _best(lambda: [parse(text) for text in texts])
    yield Row(
        "language, one core", ours, total / _best(lambda: _bare(texts)), "words/s", "peer: the network alone"
    )
    nlp = _spacy(texts[0])
    note = "peer: spaCy's default English pipeline, untrained (no model can be had offline)"
    yield Row("language, one core", ours, total / _best(lambda: list(nlp.pipe(texts))), "words/s", note)
    with ProcessPoolExecutor(PAIR, get_context("spawn"), _warm) as pool:
        list(pool.map(_parsed, texts[:PAIR]))
        two = total / _best(lambda: list(pool.map(_parsed, texts)))
    cores = f"peer: one core; {os.cpu_count()} cores here"
    yield Row("language, two processes", two, ours, "words/s", cores)


def _best(run: Callable[[], object]) -> float:
    """Seconds of the quickest of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


def _words(text: str) -> Sequence[str]:
    return [text[word.start : word.end] for block in blocks(text) for word in words(text, block.body)]


def _bare(texts: Sequence[str]) -> None:
    """What the network itself must do for these texts: chunks for names, sentences for trees."""
    model = network()
    for text in texts:
        found = _words(text)
        for at in range(0, len(found), 100):
            model.names(found[at : at + 100])
        for at in range(0, len(found), 20):  # about a sentence
            model.tree(found[at : at + 20])


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
