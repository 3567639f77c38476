"""The clues of a pair of ends, as words: kinds, neighbours, the way between them in the tree, what the
constructions made of it. Each is hashed into a row of the classifier's tables.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from kg.extract.classifier.about import step
from kg.extract.classifier.ends import UNSAID, End
from kg.extract.tree import Tree

BITS = 15
"""Two to this are the rows of the tables."""
_BESIDE_PATH = frozenset({"case", "mark", "cc", "advmod", "aux", "aux:pass", "compound:prt", "obj", "cop"})
_OF_END = frozenset({"case", "mark", "cc", "amod", "compound", "appos", "cop", "nmod:poss"})
_MOST_BETWEEN = 12
_MOST_STEPS = 60

Reading = tuple[str, str, float]
"""What a construction made of a pair: relation, rule, confidence."""


def rows_of(clues: Sequence[str]) -> list[int]:
    """The row of each clue."""
    mask = (1 << BITS) - 1
    return [zlib.crc32(clue.encode()) & mask for clue in clues]


class SentenceClues:
    """The clues of the pairs of one sentence; what they share is made once."""

    def __init__(self, tree: Tree, block: str, ends: Sequence[End]) -> None:
        self._tree, self._block, self._ends = tree, block, ends
        self._own = {id(end): (list(self._of_end(end, "s")), list(self._of_end(end, "o"))) for end in ends}

    def of(self, one: End, two: End, readings: Sequence[Reading]) -> list[str]:
        """The clues of `one` as subject and `two` as object."""
        clues = [*_of_readings(readings), *self._own[id(one)][0], *self._own[id(two)][1]]
        clues += [f"kinds {one.kind} {two.kind}", f"block {self._block} {one.kind} {two.kind}"]
        clues.append(f"length {step(len(self._tree.tokens), 3, 6, 12, 25)}")
        for end, other, side in ((one, two, "s"), (two, one, "o")):
            if end.referent is not None:
                clues.append(f"{side} type {end.referent.type} {other.kind}")
        if one.head != UNSAID and two.head != UNSAID:
            clues += self._path(one, two)
            clues += self._between(one, two)
        else:
            clues += self._alone(one, two)
        return clues

    def _of_end(self, end: End, side: str) -> Iterator[str]:
        tree = self._tree
        yield f"{side} kind {end.kind} {end.how}"
        meant = end.head == UNSAID or end.how in ("pronoun", "description")
        for known in end.about:
            yield f"{side} about {end.how if meant else ''} {known}"
        yield f"{side} sure {end.how} {end.confidence:.1f}"
        if end.head == UNSAID:
            return
        head = tree[end.head]
        yield f"{side} label {head.label}"
        yield f"{side} tag {head.xpos}"
        if head.head >= 0:
            yield f"{side} on {tree.lemma(head.head)} {head.label}"
            yield f"{side} on {tree[head.head].upos} {head.label}"
        words = ["<", "<", *(tree.lemma(t.index) for t in tree.tokens), ">", ">"]
        first, last = end.first + 2, end.last + 2
        yield f"{side} -1 {words[first - 1]}"
        yield f"{side} -2 {words[first - 2]} {words[first - 1]}"
        yield f"{side} +1 {words[last + 1]}"
        yield f"{side} +2 {words[last + 1]} {words[last + 2]}"
        for k in tree.kids[end.head]:
            if tree[k].label in _OF_END:
                yield f"{side} has {tree[k].label} {tree.lemma(k)}"

    def _path(self, one: End, two: End) -> Iterator[str]:
        tree = self._tree
        up, down, top = path(tree, one.head, two.head)
        if top is None:
            return
        labels = ">".join(tree[k].label for k in up) + "^" + "<".join(tree[k].label for k in reversed(down))
        apex = "s" if top == one.head else "o" if top == two.head else tree.lemma(top)
        yield f"path {labels}"
        yield f"path {labels} {apex}"
        yield f"steps {step(len(up) + len(down), 1, 2, 3, 4, 6)}"
        sides = f"{tree[up[-1]].label if up else ''} {tree[down[-1]].label if down else ''}"
        yield f"top {apex} {sides}"
        for k in {*up[1:], *down[1:], top} - {one.head, two.head}:
            yield f"on path {tree.lemma(k)}"
            yield f"on path {tree.lemma(k)} {one.kind} {two.kind}"
            for kid in tree.kids[k]:
                if tree[kid].label in _BESIDE_PATH:
                    yield f"by path {tree.lemma(k)} {tree.lemma(kid)}"

    def _between(self, one: End, two: End) -> Iterator[str]:
        tree = self._tree
        left, right = (one, two) if one.first < two.first else (two, one)
        order = "so" if left is one else "os"
        words = [tree.lemma(k) for k in range(left.last + 1, right.first)]
        yield f"apart {order} {step(len(words), 0, 1, 2, 4, 8, 16)}"
        if len(words) <= 4:
            yield f"words {order} {' '.join(words)}"
            yield f"words {order} {one.kind} {two.kind} {' '.join(words)}"
        for word in words[:_MOST_BETWEEN]:
            yield f"word {word} {order}"
        inside = [e for e in self._ends if e.head != UNSAID and left.last < e.first < right.first]
        objects = sum(e.kind == two.kind for e in inside)
        subjects = sum(e.kind == one.kind and e.filler is not one.filler for e in inside)
        yield f"objects between {step(objects, 0, 1, 2, 4)} {order}"
        yield f"subjects between {step(subjects, 0, 1, 2, 4)} {order}"

    def _alone(self, one: End, two: End) -> Iterator[str]:
        """Of a pair with one end that no word stands for: where the other stands, who else is there."""
        tree = self._tree
        unsaid, said, side = (one, two, "o") if one.head == UNSAID else (two, one, "s")
        for n, k in enumerate(tree.ancestors(said.head)):
            if n == 6:
                break
            yield f"{side} below {tree.lemma(k)}"
            yield f"{side} below {n} {tree[k].label}"
        films = {id(e.filler) for e in self._ends if e.kind == "Film" and e.head != UNSAID}
        yield f"films here {step(len(films), 0, 1, 2)} {said.kind} {one.how}"
        if any(e.filler is unsaid.filler and e.head != UNSAID for e in self._ends):
            yield "also named"
        yield f"place {step(said.first, 0, 2, 6, 12)} {said.kind}"


def _of_readings(readings: Sequence[Reading]) -> Iterator[str]:
    if not readings:
        yield "read none"
    for relation, rule, confidence in readings:
        parts = rule.split("/")
        yield f"read {relation}"
        yield f"read {relation} {step(int(confidence * 20), 13, 14, 15, 16, 17, 18, 19)}"
        yield f"read {relation} {parts[-1]} {parts[1].split(':')[0]}"


def path(tree: Tree, one: int, two: int) -> tuple[list[int], list[int], int | None]:
    """The tokens from `one` up to their lowest common head, from `two` up to it, and that head."""
    up = [one, *_above(tree, one)]
    place = {token: n for n, token in enumerate(up)}
    down: list[int] = []
    for token in (two, *_above(tree, two)):
        if token in place:
            return up[: place[token]], down, token
        down.append(token)
    return up, [], None


def _above(tree: Tree, i: int) -> list[int]:
    return [k for k, _ in zip(tree.ancestors(i), range(_MOST_STEPS), strict=False)]
