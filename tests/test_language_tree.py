"""Trees are trees, whatever the scores, and the best ones."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.tree import heads

Matrix = npt.NDArray[np.float64]


def is_tree(found: list[int]) -> bool:
    if found.count(0) != 2 or found[0] != 0:
        return False
    for word in range(1, len(found)):
        seen = set()
        at = word
        while at:
            if at in seen:
                return False
            seen.add(at)
            at = found[at]
    return True


@st.composite
def square(draw: st.DrawFn, most: int = 12, *, finite: bool = False) -> Matrix:
    size = draw(st.integers(2, most))
    element = st.floats(-50, 50) if finite else st.floats(width=64)
    table: Matrix = draw(arrays(np.float64, (size, size), elements=element))
    return table


@settings(max_examples=200, deadline=None)
@given(square())
def test_any_scores_give_a_tree_with_one_root(table: Matrix) -> None:
    assert is_tree(heads(table))


@settings(max_examples=60, deadline=None)
@given(square(5, finite=True))
def test_the_tree_is_the_best_of_all(table: Matrix) -> None:
    size = len(table)
    trees = ([0, *rest] for rest in product(range(size), repeat=size - 1))
    best = max(sum(table[d, h] for d, h in enumerate(tree) if d) for tree in trees if is_tree(tree))
    found = heads(table)
    assert abs(sum(table[d, h] for d, h in enumerate(found) if d) - best) < 1e-6


def test_long_sentences_and_the_empty_one() -> None:
    table = np.random.default_rng(0).normal(size=(200, 200))
    assert is_tree(heads(table))
    assert heads(np.zeros((1, 1))) == [0]
