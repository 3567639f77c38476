"""The shipped model: words to tags, arcs, lemma rules, name labels and sentence starts.

The weights lie on disk as int8 and are folded into floats at load, so that what a sentence gives depends on
nothing around it. One sentence a run, unpadded. Nothing else in the package knows ONNX.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
MODEL = Path(__file__).parent / "model"
MOST_PIECES = 500
"""Word pieces in one run; the encoder has 512 positions."""
UNKNOWN = 100
_FIRST, _LAST = 101, 102
_PIECES_OF_WORD = 12
_REMEMBERED = 50_000
_KEPT = 500
"""Sentences whose states are kept, 40 kB each: more than most articles have."""


@dataclass(frozen=True, slots=True)
class TreeScores:
    """What the network says of one sentence: tags and lemma rules by word, arcs, and two views of each word.

    `arcs[dependent, head]` counts the root as word 0; the views make the label scores of any arc.
    """

    upos: list[int]
    xpos: list[int]
    rules: list[int]
    arcs: Floats
    as_head: Floats
    as_dependent: Floats


class Network:
    """An open session with its word pieces and labels; not shared between threads that run at once."""

    def __init__(self, folder: Path = MODEL, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self._session: Any = _session(folder / "weights8.onnx", threads)
        self._short_run: Any = onnxruntime.RunOptions()
        self._short_run.only_execute_path_to_fetches = True
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf8"))
        relations = np.load(folder / "relations.npy").astype(np.float32)
        self._relation_count, width = relations.shape[:2]
        self._relations = np.ascontiguousarray(relations.transpose(1, 0, 2).reshape(width, -1))
        self._root = self.labels["dep"].index("root")
        self._memory: dict[str, list[int]] = {}
        self._middles: dict[tuple[str, ...], tuple[Floats, list[int]]] = {}

    def piece_count(self, word: str) -> int:
        """How many word pieces the word takes."""
        return len(self._pieces(word))

    def names(self, words: Sequence[str]) -> tuple[Floats, Floats]:
        """The probability of every name label for each word, and of each word's being first of a sentence."""
        names, start = self._session.run(["names", "start"], self._inputs(words), self._short_run)
        return _softmax(names[0, 1:]), _softmax(start[0, 1:])[:, 1]

    def tree(self, words: Sequence[str]) -> TreeScores:
        """Tags, lemma rules and arc scores of one sentence."""
        fetch = ["upos", "xpos", "rule", "arc", "rh", "rd", "middle"]
        inputs = self._inputs(words)
        *found, middle = self._session.run(fetch, inputs, self._short_run)
        self._keep(tuple(words), (middle[0], inputs["first"][0].tolist()))
        upos, xpos, rules = (table[0, 1:].argmax(1).tolist() for table in found[:3])
        return TreeScores(upos, xpos, rules, *(table[0] for table in found[3:]))

    def middle(self, words: Sequence[str]) -> tuple[Floats, list[int]]:
        """The states of every piece half way up, and the first piece of each word; word 0 is the root.

        Of a sentence whose tree was asked for a while ago at most they are known already.
        """
        found = self._middles.get(tuple(words))
        if found is not None:
            return found
        inputs = self._inputs(words)
        states = self._session.run(["middle"], inputs, self._short_run)[0][0]
        return states, inputs["first"][0].tolist()

    def _keep(self, words: tuple[str, ...], middle: tuple[Floats, list[int]]) -> None:
        """Remembers the states of the last sentences."""
        self._middles[words] = middle
        if len(self._middles) > _KEPT:
            del self._middles[next(iter(self._middles))]

    def arc_labels(self, scores: TreeScores, heads: Sequence[int]) -> list[int]:
        """The best label of each chosen arc, the words in order; `root` for the root's word and no other."""
        half = scores.as_dependent[1:] @ self._relations
        half = half.reshape(len(half), self._relation_count, -1)
        table = np.matmul(half, scores.as_head[heads[1:]][:, :, None])[:, :, 0]
        table[:, self._root] = -np.inf
        found: list[int] = table.argmax(1).tolist()
        found[heads.index(0, 1) - 1] = self._root
        return found

    def ruled(self, word: str, rule: int) -> str:
        """The lemma that a rule makes of the word: lower case or not, what to cut at the end, what to add."""
        lower, cut, added = self.labels["rule"][rule].split("|", 2)
        if lower == "1":
            word = word.lower()
        return (word[: len(word) - int(cut)] + added) or word

    def _inputs(self, words: Sequence[str]) -> dict[str, npt.NDArray[np.int64]]:
        pieces, case, first = word_pieces(words, self._pieces)
        rows = {"ids": pieces, "case": case, "mask": [1] * len(pieces), "first": first}
        return {name: np.array([row], dtype=np.int64) for name, row in rows.items()}

    def _pieces(self, word: str) -> list[int]:
        found = self._memory.get(word)
        if found is None:
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids
            found = self._memory[word] = some_pieces(ids)
        return found


class UpperLayers:
    """The layers above the middle, trained anew for a task of their own; not shared between threads."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._session: Any = _session(path, threads)

    def run(self, states: Floats) -> Floats:
        """The states of every piece behind the last layer, from those half way up."""
        found: Floats = self._session.run(["states"], {"middle": states[None]})[0][0]
        return found


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest run's memory for ever
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def some_pieces(ids: list[int]) -> list[int]:
    """A word's pieces as the network takes them: at least one, and not all of a very long word."""
    return (ids or [UNKNOWN])[:_PIECES_OF_WORD]


def word_pieces(
    words: Sequence[str], pieces_of: Callable[[str], list[int]]
) -> tuple[list[int], list[int], list[int]]:
    """A run's pieces, how the word of each is written, and each word's first piece; word 0 is the root."""
    pieces, case, first = [_FIRST], [0], [0]
    for word in words:
        first.append(len(pieces))
        own = pieces_of(word)
        pieces += own
        case += [case_of(word)] * len(own)
    return [*pieces, _LAST], [*case, 0], first


def one_thread() -> AbstractContextManager[object]:
    """A stretch in which numpy multiplies in one thread: with matrices this small others only wait, busily.

    Two processes that read texts would take each other's core.
    """
    return cast("AbstractContextManager[object]", _multipliers().limit(limits=1))


@cache
def _multipliers() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")


@cache
def network() -> Network:
    """The shipped model, loaded at the first call and kept."""
    return Network()


def case_of(word: str) -> int:
    """How a word is written: 0 marks, 1 digits, 2 lower case, 3 upper, 4 a capital first, 5 and 6 mixed."""
    if not any(c.isalpha() for c in word):
        return 1 if any(c.isdigit() for c in word) else 0
    if word.islower():
        return 2
    if word.isupper():
        return 3 if len(word) > 1 else 4
    if word[0].isupper():
        return 4 if word[1:].islower() else 5
    return 6


def _softmax(table: Floats) -> Floats:
    powers = np.exp(table - table.max(1, keepdims=True))
    result: Floats = powers / powers.sum(1, keepdims=True)
    return result
