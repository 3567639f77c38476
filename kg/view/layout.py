"""Where each node of a drawing stands: worked out once, so that a page opens still and is the same each time.

networkx's own spring layout wants scipy from 500 nodes on, and knows nothing of labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]

EDGE = 105.0
"""About how long an edge is, in the pixels of a page that is not zoomed."""
ROUNDS, PUSHES = 200, 120
REACH, DRAW_IN = 3.0, 0.08
"""How far nodes push each other, in lengths of an edge, and how strongly all are drawn to the middle."""
GAP = 30.0
WIDER = 1.2
"""How much wider than high a drawing is, as screens are beside a panel."""


def positions(graph: nx.Graph[str], sizes: dict[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """The place of each node; `sizes` is how much room it takes with its label, across and down.

    What is connected is laid out by springs; such parts are then put in rows.
    """
    parts = sorted(sorted(part) for part in nx.connected_components(graph))
    laid = [_laid_out(graph, part, np.array([sizes[iri] for iri in part])) for part in parts]
    # The highest first: a row is as high as what it begins with.
    order = sorted(range(len(parts)), key=lambda n: (-len(parts[n]) // 8, -laid[n][1][1], parts[n][0]))
    return {
        iri: (round(x), round(y))
        for n, places in zip(order, _in_rows([laid[n] for n in order]), strict=True)
        for iri, (x, y) in zip(parts[n], places, strict=True)
    }


def _laid_out(graph: nx.Graph[str], part: Sequence[str], sizes: Numbers) -> tuple[Numbers, Numbers]:
    """The places in one part, its upper left corner at 0, and the room that it takes."""
    number = {iri: n for n, iri in enumerate(part)}
    joined = np.zeros((len(part), len(part)))
    for iri, other in graph.edges(part):
        if iri != other:
            joined[number[iri], number[other]] = joined[number[other], number[iri]] = 1.0
    places = _apart(_wide_enough(_sprung(joined) * (WIDER**0.5, WIDER**-0.5), sizes), sizes)
    low = (places - sizes / 2).min(axis=0)
    return places - low, (places + sizes / 2).max(axis=0) - low


def _sprung(joined: Numbers) -> Numbers:
    """Places by the forces of Fruchterman and Reingold: all push each other away, edges draw together."""
    count = len(joined)
    places: Numbers = np.random.default_rng(count).random((count, 2)) * count**0.5
    for heat in np.linspace(count**0.5 / 5, 0.01, ROUNDS if count > 1 else 0):
        across, down = (axis[:, None] - axis[None, :] for axis in places.T)
        squared = np.maximum(across * across + down * down, 0.0001)
        # Far away nothing pushes: a drawing would grow until its names are too small to read.
        force = np.where(squared < REACH * REACH, 1 / squared, 0.0) - joined * np.sqrt(squared)
        # Sums, not products of matrices: those come out differently with each number of threads.
        moves = np.stack(((force * across).sum(axis=1), (force * down).sum(axis=1)), axis=1)
        moves -= DRAW_IN * (places - places.mean(axis=0))
        length = np.maximum(np.hypot(moves[:, 0], moves[:, 1]), 0.01)[:, None]
        places += moves / length * np.minimum(length, heat)
    return places


def _wide_enough(places: Numbers, sizes: Numbers) -> Numbers:
    """The places so far from each other that edges have their length, and labels half of the room."""
    # Of a row of few, which is as good as flat, the length counts.
    extent = max(float(np.ptp(places, axis=0).max()), 1.0)
    factor: float = (2 * float(np.prod(sizes, axis=1).sum())) ** 0.5 / extent
    return places * max(EDGE, factor)


def _apart(places: Numbers, sizes: Numbers) -> Numbers:
    """The places moved until no node lies on another's label, or nearly."""
    wide, high = ((axis[:, None] + axis[None, :]) / 2 for axis in sizes.T)
    # Of two on one spot the later one goes right and down.
    later = np.tri(len(places), k=-1) - np.tri(len(places), k=-1).T
    for _ in range(PUSHES):
        across, down = (axis[:, None] - axis[None, :] for axis in places.T)
        beside, below = wide - np.abs(across), high - np.abs(down)
        touching: NDArray[np.bool_] = (beside > 0) & (below > 0)
        np.fill_diagonal(touching, False)
        if not touching.any():
            break
        # They part along the way that is shorter.
        sideways = touching & (beside < below)
        right = np.where(sideways, beside * np.where(across == 0, later, np.sign(across)), 0.0)
        lower = np.where(touching & ~sideways, below * np.where(down == 0, later, np.sign(down)), 0.0)
        places = places + np.stack((right.sum(axis=1), lower.sum(axis=1)), axis=1) / 4
    return places


def _in_rows(laid: Sequence[tuple[Numbers, Numbers]]) -> list[Numbers]:
    """The places of all parts, part after part in rows, with a gap between them."""
    area = sum(float(np.prod(size + GAP)) for _, size in laid)
    width = max([(area * WIDER * 1.5) ** 0.5, *(float(size[0]) for _, size in laid)])
    x = y = height = 0.0
    moved = []
    for places, size in laid:
        if x and x + size[0] > width:
            x, y, height = 0.0, y + height + GAP, 0.0
        moved.append(places + np.array((x, y)))
        x += float(size[0]) + GAP
        height = max(height, float(size[1]))
    return moved
