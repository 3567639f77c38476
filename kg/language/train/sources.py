"""The annotated files of a run, read: sentences with trees, and chunks with names from every kind of file."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path

from kg.language.train import names, trees
from kg.language.train.examples import Example, Pieces, label_sets

_LONGEST = 80
"""Words; longer sentences stay out of the parser's training."""


@dataclass(slots=True)
class Examples:
    """What a run learns from: trees, and chunks by the kind of their annotation."""

    labels: dict[str, list[str]]
    trees: list[Example]
    names: dict[str, list[Example]] = field(default_factory=dict)

    def epoch(self, chance: random.Random) -> Sequence[Example]:
        """One epoch's chunks: film articles and web names often, of whole treebanks only a part."""
        base = len(self.names.get("paragraphs", ())) or 500
        drawn: list[Example] = []
        for kind, examples in self.names.items():
            if kind in _AT_MOST:
                drawn += chance.sample(examples, min(len(examples), base // _AT_MOST[kind]))
            else:
                drawn += examples * _TIMES[kind]
        return drawn


_TIMES = {"paragraphs": 1, "sentences": 1, "tagged": 3, "articles": 3}
_AT_MOST = {"entities": 2, "text": 2}
"""One n-th of the number of paragraphs."""


@dataclass(frozen=True, slots=True)
class Files:
    """The annotated files by kind; any may be empty but the first."""

    treebanks: Sequence[Path]
    paragraphs: Sequence[Path] = ()
    tagged: Sequence[Path] = ()
    sentences: Sequence[Path] = ()
    articles: Sequence[Path] = ()

    def __iter__(self) -> Iterator[Path]:
        return chain(self.treebanks, self.paragraphs, self.tagged, self.sentences, self.articles)


def read(
    pieces: Pieces,
    files: Files,
    *,
    held_out: Iterable[str] = (),
    leave_out: Sequence[str] = (),
    labels: dict[str, list[str]] | None = None,
) -> Examples:
    """Everything but the paragraphs titled as in `held_out` and the articles named like `leave_out`.

    `labels` are the classes of a model that training goes on from; without them, those of the treebanks.
    """
    found = [
        trees.tree_of(rows)
        for path in files.treebanks
        for document in trees.read_documents(path)
        for rows in document
    ]
    labels = labels or label_sets(found)
    index = {key: {value: at for at, value in enumerate(values)} for key, values in labels.items()}
    learned = [pieces.tree(tree, index) for tree in found if 1 < len(tree.words) < _LONGEST]
    chunks: dict[str, list[Example]] = {}
    for kind, document in _documents(files, frozenset(held_out), leave_out):
        starts = kind not in ("sentences", "articles")  # their lines are no sentences
        chunks.setdefault(kind, []).extend(pieces.chunks(document, starts))
    return Examples(labels, learned, chunks)


def _documents(
    files: Files, held_out: frozenset[str], leave_out: Sequence[str]
) -> Iterator[tuple[str, names.Labelled]]:
    """Each document with names, by the kind of its annotation."""
    for path in files.treebanks:
        annotated = "Entity=" in path.read_text(encoding="utf8")
        for rows in trees.read_documents(path):
            yield ("entities", trees.entity_names(rows)) if annotated else ("text", trees.plain_text(rows))
    for path in files.paragraphs:
        for title, document in names.read_paragraphs(path):
            if title not in held_out:
                yield "paragraphs", document
    for path in files.tagged:
        yield from (("tagged", document) for document in names.read_tagged(path))
    for path in files.sentences:
        yield from (("sentences", document) for document in names.read_sentences(path))
    for path in files.articles:
        for name, document in names.read_articles(path):
            if not any(fnmatch(name, pattern) for pattern in leave_out):
                yield "articles", document
