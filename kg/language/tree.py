"""Scores to heads: the maximum spanning tree with a single root (Chu-Liu/Edmonds), never a cycle."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[Any]
_LIMIT = 1e5
"""No score of the network comes near; scores are clipped here so that any matrix gives a tree."""


def heads(scores: Scores) -> list[int]:
    """The head of every word, 0 for the root, in a list that starts with 0 for the root itself.

    `scores[dependent, head]`, row and column 0 being the root. The sum of the scores is the greatest that a
    tree can have where exactly one word hangs from the root.
    """
    size = len(scores)
    if size == 1:
        return [0]
    table = np.nan_to_num(scores.astype(np.float64), nan=-_LIMIT).clip(-_LIMIT, _LIMIT)
    np.fill_diagonal(table, -np.inf)
    best: list[int] = table.argmax(1).tolist()
    best[0] = 0
    if best.count(0) == 2 and not _cycle(best):
        return best
    # A price on every arc from the root that no number of other arcs can outweigh leaves exactly one of them.
    table[1:, 0] -= 2 * _LIMIT * size + 1
    return _edmonds(table)


def _cycle(best: list[int]) -> list[int]:
    """The words of one cycle, empty where there is none."""
    seen = [0] * len(best)
    for word in range(1, len(best)):
        at = word
        path = []
        while at and not seen[at]:
            seen[at] = word
            path.append(at)
            at = best[at]
        if at and seen[at] == word:
            return path[path.index(at) :]
    return []


def _edmonds(table: Scores) -> list[int]:
    """The heads of the best tree: best heads; while they make a cycle, that cycle as one word."""
    best: list[int] = table.argmax(1).tolist()
    best[0] = 0
    cycle = _cycle(best)
    if not cycle:
        return best
    inside = np.array(cycle)
    outside = np.setdiff1d(np.arange(len(table)), inside)
    last = len(outside)
    kept = table[inside, [best[word] for word in cycle]]
    enter = table[np.ix_(inside, outside)] - kept[:, None]
    leave = table[np.ix_(outside, inside)]
    small = np.full((last + 1, last + 1), -np.inf)
    small[:last, :last] = table[np.ix_(outside, outside)]
    small[last, :last] = enter.max(0) + kept.sum()
    small[:last, last] = leave.max(1)
    contracted = _edmonds(small)
    through = leave.argmax(1)
    for at in range(1, last):
        head = contracted[at]
        best[outside[at]] = int(outside[head] if head < last else inside[through[at]])
    head = contracted[last]
    best[cycle[int(enter[:, head].argmax())]] = int(outside[head])
    return best
