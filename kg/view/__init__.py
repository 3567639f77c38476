"""A store as a networkx graph, and as one page to look at in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store import reading
from kg.view.graph import graph_of
from kg.view.selection import best_connected

if TYPE_CHECKING:
    from kg.store.access import Target
    from kg.view.selection import Graph

__all__ = ["MOST", "Drawing", "draw", "graph_of", "left_out"]

MOST = 600
"""So many entities a browser redraws without a jerk."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page shows and what had no room on it."""

    entities: int
    facts: int
    entities_left_out: int = 0
    facts_left_out: int = 0


def draw(
    store: Target,
    out: str | Path,
    *,
    about: str = "",
    hops: int = 2,
    min_confidence: float = 0.0,
    evidence: bool = True,
    most: int = MOST,
) -> Drawing:
    """Writes the page of a store, and tells what is on it.

    `about` is a name or an IRI: what lies within `hops` steps of it is drawn. Of more than `most` entities
    the best connected are. Without `evidence` the page holds no words of the documents.
    """
    # The template and pyvis, which brings IPython along, are for pages alone: a graph needs neither.
    from kg.view.html import check, write

    path = Path(out)
    with reading(store) as held:
        check(path, held.target)
        whole = graph_of(held, about=about, hops=hops, min_confidence=min_confidence, evidence=evidence)
    shown = best_connected(whole, most)
    facts, all_facts = _facts(shown), _facts(whole)
    drawing = Drawing(len(shown), facts, len(whole) - len(shown), all_facts - facts)
    write(path, shown, about, left_out(drawing))
    return drawing


def left_out(drawing: Drawing) -> str:
    """One sentence about what had no room, or ''."""
    if not drawing.entities_left_out:
        return ""
    total = drawing.entities + drawing.entities_left_out
    return (
        f"The {drawing.entities:,} best connected of {total:,} entities are shown; "
        f"{drawing.facts_left_out:,} facts about the others are left out."
    )


def _facts(graph: Graph) -> int:
    edges: int = graph.number_of_edges()
    return edges + sum(len(values) for _, values in graph.nodes(data="values"))
