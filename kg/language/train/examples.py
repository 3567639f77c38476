"""Annotated words as numbers for the network: word pieces, labels, and batches of them in a seeded order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from kg.language.network import UNKNOWN, some_pieces, word_pieces
from kg.language.train.names import LABELS, Labelled
from kg.language.train.trees import Tree

IGNORED = -100
"""The class of a word that a loss leaves out (PyTorch's own default)."""
TREE_KEYS = ("upos", "xpos", "rule", "head", "dep")
_CHUNK_WORDS = 110
_LONGEST_CHUNK = 200
_SEEN_RULES = 4
_NAME_INDEX = {label: at for at, label in enumerate(LABELS)}


@dataclass(slots=True)
class Example:
    """A sentence or chunk: pieces, how each is written, each word's first piece, and its targets by head.

    Word 0 is the root. A target is one class a word; of names all that are allowed, none where open.
    """

    ids: list[int]
    case: list[int]
    first: list[int]
    targets: dict[str, list[int]] = field(default_factory=dict)
    names: list[list[int]] = field(default_factory=list)


def label_sets(trees: Iterable[Tree]) -> dict[str, list[str]]:
    """The classes of every head, as `labels.json` holds them; lemma rules seen less often than four times
    are left out."""
    trees = list(trees)
    rules = Counter(rule for tree in trees for rule in tree.rule)
    kept = [rule for rule, count in rules.most_common() if count >= _SEEN_RULES and rule != "0|0|"]
    sets = {key: sorted({x for tree in trees for x in getattr(tree, key)}) for key in ("upos", "xpos", "dep")}
    return {**sets, "rule": ["0|0|", *kept], "names": list(LABELS), "start": ["0", "1"]}


class Pieces:
    """Words to pieces as the shipped network has them, with the encoder's own `tokenizer.json`."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._memory: dict[str, list[int]] = {}

    def example(self, words: Sequence[str]) -> Example:
        """The words without targets."""
        return Example(*word_pieces(words, self.of_word))

    def tree(self, tree: Tree, index: dict[str, dict[str, int]]) -> Example:
        """A sentence with its tags, rules, heads and labels; a class that the sets lack is no target."""
        example = self.example(tree.words)
        example.targets["head"] = [IGNORED, *tree.head]
        for key in ("upos", "xpos", "dep", "rule"):
            example.targets[key] = [IGNORED, *(index[key].get(x, IGNORED) for x in getattr(tree, key))]
        return example

    def chunks(self, document: Labelled, starts: bool) -> Iterator[Example]:
        """Chunks of about a hundred words, as the model is run; `starts`: the lines are sentences."""
        for words, labels, first in _chunks(document):
            example = self.example(words)
            example.names = [[], *([_NAME_INDEX[one] for one in label] for label in labels)]
            example.targets["start"] = [IGNORED, *(first if starts else [IGNORED] * len(first))]
            yield example

    def of_word(self, word: str) -> list[int]:
        """The pieces of a word."""
        found = self._memory.get(word)
        if found is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids
            found = self._memory[word] = some_pieces(ids)
        return found


def _chunks(document: Labelled) -> Iterator[tuple[list[str], list[tuple[str, ...]], list[int]]]:
    words: list[str] = []
    labels: list[tuple[str, ...]] = []
    first: list[int] = []
    for own, own_labels in document:
        if words and len(words) + len(own) > _CHUNK_WORDS:
            yield words, labels, first
            words, labels, first = [], [], []
        words, labels = words + own, labels + own_labels
        first = first + [1] + [0] * (len(own) - 1)
        while len(words) > _LONGEST_CHUNK:
            yield words[:_LONGEST_CHUNK], labels[:_LONGEST_CHUNK], first[:_LONGEST_CHUNK]
            words, labels, first = words[_LONGEST_CHUNK:], labels[_LONGEST_CHUNK:], first[_LONGEST_CHUNK:]
    if words:
        yield words, labels, first


def batches(examples: Sequence[Example], most: int, chance: random.Random) -> list[list[Example]]:
    """All examples once, those of like length together, at most `most` pieces a batch, in random order."""
    ordered = sorted(examples, key=lambda example: len(example.ids) + chance.random() * 6)
    found: list[list[Example]] = []
    for example in ordered:
        if not found or (len(found[-1]) + 1) * len(example.ids) > most:
            found.append([])
        found[-1].append(example)
    chance.shuffle(found)
    return found


def collate(
    batch: Sequence[Example], keys: Sequence[str], device: torch.device, unknown: float, chance: random.Random
) -> dict[str, torch.Tensor]:
    """One padded tensor a key; each piece is hidden with the probability `unknown`."""
    pieces = max(len(example.ids) for example in batch)
    words = max(len(example.first) for example in batch)
    hidden = [
        [piece if chance.random() >= unknown else UNKNOWN for piece in example.ids] for example in batch
    ]
    out = {
        "ids": _padded(hidden, pieces, 0),
        "case": _padded([example.case for example in batch], pieces, 0),
        "mask": _padded([[1] * len(example.ids) for example in batch], pieces, 0),
        "first": _padded([example.first for example in batch], words, 0),
        "words": _padded([[1] * len(example.first) for example in batch], words, 0).bool(),
    }
    out |= {key: _padded([example.targets[key] for example in batch], words, IGNORED) for key in keys}
    if batch[0].names:
        out["names"] = torch.zeros(len(batch), words, len(LABELS), dtype=torch.bool)
        for row, example in enumerate(batch):
            for at, allowed in enumerate(example.names):
                out["names"][row, at, allowed] = True
    return {key: tensor.to(device) for key, tensor in out.items()}


def _padded(rows: Sequence[list[int]], length: int, value: int) -> torch.Tensor:
    return torch.tensor([row + [value] * (length - len(row)) for row in rows])
