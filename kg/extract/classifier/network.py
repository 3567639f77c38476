"""The shipped classifier: pairs of ends to the probability of every relation.

The encoder's lower half is the language model's own; its upper half was trained anew on pairs. Over the
words' states and the pair's clues stands one hidden layer. The arithmetic of the head is numpy's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.extract.classifier.ends import End
from kg.language.network import MOST_PIECES, Floats, Network, UpperLayers, network

Side = tuple[int, int, int]
Numbers = npt.NDArray[np.int64]
MODEL = Path(__file__).parent / "model"
LAYERS, HEAD, LABELS = "layers8.onnx", "head.npz", "labels.json"
KINDS = (
    "none", "Film", "Work", "Figure", "Place", "Award", "Organization", "Publication", "genre", "language",
    "occupation", "year", "date", "money", "minutes", "share", "time",
)  # fmt: skip
HOWS = (
    "name", "pronoun", "description", "they", "word", "demonym", "value", "focus", "section", "main", "last",
    "person",
)  # fmt: skip
IN_FOCUS = frozenset({"focus", "main"})
KIND_NUMBER = {kind: n for n, kind in enumerate(KINDS)}
HOW_NUMBER = {how: n for n, how in enumerate(HOWS)}


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of one sentence: which ends are subject and object, and the rows of each pair's clues."""

    ends: Sequence[End]
    subjects: Sequence[int]
    objects: Sequence[int]
    rows: Sequence[Sequence[int]]


class Classifier:
    """An open model; not shared between threads that run at once."""

    def __init__(self, folder: Path = MODEL, language: Network | None = None) -> None:
        self._language = language or network()
        self._layers = UpperLayers(folder / LAYERS)
        labels = json.loads((folder / LABELS).read_text(encoding="utf8"))
        self.relations: list[str] = labels["relations"]
        self.calibration: dict[str, float] = labels["calibration"]
        with np.load(folder / HEAD) as stored:
            self._part = {name: stored[name] for name in stored.files}
        for name in ("rows", "weights"):
            self._part[f"{name}_scale"] = self._part[f"{name}_scale"].astype(np.float32)
        self._part |= {
            name: part.astype(np.float32) for name, part in self._part.items() if part.dtype == np.float16
        }

    def scores(self, words: Sequence[str], pairs: Pairs) -> Floats | None:
        """A row of logits for each pair, one for each relation; None for a sentence too long to be read."""
        sides = tuple([numbers(pairs.ends[n]) for n in side] for side in (pairs.subjects, pairs.objects))
        return self.scores_of(words, *marks(len(words), pairs.ends), (sides[0], sides[1]), pairs.rows)

    def scores_of(
        self,
        words: Sequence[str],
        kinds: Sequence[int],
        focused: Sequence[int],
        sides: tuple[Sequence[Side], Sequence[Side]],
        rows: Sequence[Sequence[int]],
    ) -> Floats | None:
        """The same from numbers: marks of root and words, both sides of each pair, the rows of its clues."""
        if 2 + sum(self._language.piece_count(word) for word in words) > MOST_PIECES:
            return None
        states = self._states(words, kinds, focused)
        one, two = (np.array([head + 1 for head, _, _ in side]) for side in sides)
        labels = [
            self._part[f"{name}_{table}"][[side[at] for side in given]]
            for name, given in zip("so", sides, strict=True)
            for at, table in ((1, "kind"), (2, "how"))
        ]
        means, sums = self._clues(rows)
        hidden = _gelu(
            self._linear("hidden", np.concatenate([*labels, *self._views(states, one, two), means], 1))
        )
        return self._linear("out", hidden) + sums

    def _states(self, words: Sequence[str], kinds: Sequence[int], focused: Sequence[int]) -> Floats:
        """The state of every word, the root's first; words of ends are marked with their kind."""
        states, first = self._language.middle(words)
        states = states.copy()
        for word, (at, end) in enumerate(zip(first, [*first[1:], len(states) - 1], strict=True)):
            states[at:end] += self._part["word_kind"][kinds[word]] + self._part["word_focus"][focused[word]]
        states[len(states) - 1] += self._part["word_kind"][0] + self._part["word_focus"][0]
        return self._layers.run(states)[first]

    def _views(self, states: Floats, one: Numbers, two: Numbers) -> list[Floats]:
        """Of each pair the subject's word, the object's, the root's, and the mean of what stands between."""
        left, right = np.minimum(one, two), np.maximum(one, two)
        total = np.concatenate([np.zeros_like(states[:1]), states.cumsum(0, dtype=np.float32)])
        count = np.maximum(right - left - 1, 1)[:, None]
        between = (total[right] - total[np.minimum(left + 1, len(states))]) / count
        between *= (right - left > 1)[:, None]
        root = np.repeat(_gelu(self._linear("view_root", states[:1])), len(one), 0)
        return [
            _gelu(self._linear("view_s", states))[one],
            _gelu(self._linear("view_o", states))[two],
            root,
            _gelu(self._linear("view_between", between)),
        ]

    def _clues(self, rows: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        """The mean of the clues' rows, and the sum of their weights for each relation."""
        means = [self._looked_up("rows", pair).mean(0) for pair in rows]
        sums = [self._looked_up("weights", pair).sum(0) for pair in rows]
        return np.stack(means), np.stack(sums)

    def _looked_up(self, table: str, rows: Sequence[int]) -> Floats:
        numbers = np.asarray(rows)
        found: Floats = self._part[table][numbers].astype(np.float32) * self._part[f"{table}_scale"][numbers]
        return found

    def _linear(self, name: str, table: Floats) -> Floats:
        result: Floats = table @ self._part[f"{name}_weight"].T + self._part[f"{name}_bias"]
        return result


def numbers(end: End) -> Side:
    """An end as its head, the number of its kind, the number of its way of standing."""
    return end.head, KIND_NUMBER[end.kind], HOW_NUMBER[end.how]


def marks(words: int, ends: Sequence[End]) -> tuple[list[int], list[int]]:
    """Of the root and each word the kind of its end, and 1 where it names a film in focus."""
    kinds, focused = [0] * (words + 1), [0] * (words + 1)
    films = [end.filler for end in ends if end.how in IN_FOCUS]
    for end in ends:
        for word in range(end.first, end.last + 1) if end.head >= 0 else ():
            kinds[word + 1] = kinds[word + 1] or KIND_NUMBER[end.kind]
            if end.referent is not None and any(end.filler is film for film in films):
                focused[word + 1] = 1
    return kinds, focused


@cache
def classifier() -> Classifier:
    """The shipped model, loaded at the first call and kept."""
    return Classifier()


def _gelu(table: Floats) -> Floats:
    """The tanh form of the Gaussian error linear unit (Hendrycks and Gimpel, 2016)."""
    result: Floats = (
        0.5 * table * (1 + np.tanh(np.sqrt(2 / np.pi).astype(np.float32) * (table + 0.044715 * table**3)))
    )
    return result
