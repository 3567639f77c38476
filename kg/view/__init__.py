"""A store as a networkx graph, as one page to look at in a browser, as a still picture, in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from kg.errors import FilmKGError
from kg.files import check_place, write_whole
from kg.store import reading
from kg.view.graph import graph_of
from kg.view.selection import FIRST, SMALL, best_connected

if TYPE_CHECKING:
    from kg.store.access import Target
    from kg.view.notebook import Shown
    from kg.view.selection import Graph

__all__ = ["FORMATS", "MOST", "Drawing", "Part", "draw", "graph_of", "show", "told"]

MOST = 25_000
"""So many entities a browser holds and searches without a pause."""
STILL = 150
"""So many entities have room in a picture that nobody can zoom or click."""
FORMATS = {"html": "html", "htm": "html", "svg": "svg", "png": "png"}
"""What can be drawn, by the suffix of the file."""


class Part(TypedDict, total=False):
    """What of a store is drawn; see `graph_of`."""

    about: str
    hops: int
    types: Iterable[str]
    relations: Iterable[str]
    document: str
    query: str
    min_confidence: float
    evidence: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page or picture holds, how much of it is seen at first, and what had no room."""

    entities: int
    facts: int
    entities_at_first: int
    entities_left_out: int = 0
    facts_left_out: int = 0


def draw(
    store: Target,
    out: str | Path,
    format: str = "",  # noqa: A002
    *,
    most: int = 0,
    **part: Unpack[Part],
) -> Drawing:
    """Writes the page of a store, or a picture of it as `format` (html, svg, png) or the suffix says.

    `part` is what of the store is drawn, in the words of `graph_of`; without `evidence` the page holds no
    words of the documents. Of more than `most` entities the best connected are there: 25,000 in a page, which
    opens with 120 of them where it has more than 300, and unfolds the others; 150 in a picture. Tells what is
    there and what is not.
    """
    path = Path(out)
    kind = FORMATS.get((format or path.suffix.lstrip(".")).lower())
    if kind is None:
        raise FilmKGError(f"{path}: what is drawn ends in .html, .svg or .png, or has a format of these")
    # The template and pyvis, which brings IPython along, are for pages alone: a graph needs neither.
    from kg.view import html, still

    with reading(store) as held:
        if kind == "html":
            html.check(path, held.target)
        else:
            check_place(path, held.target)
        whole = graph_of(held, derived=True, **part)
    if kind == "html":
        page, drawing = _page(whole, part.get("about", ""), most or MOST)
        write_whole(path, [page])
        return drawing
    drawn = best_connected(whole, most or STILL)
    picture = still.svg(drawn, part.get("about", ""))
    write_whole(path, [picture] if kind == "svg" else still.png(picture))
    return _drawing(whole, drawn, len(drawn))


def show(store: Target, *, height: int = 640, **part: Unpack[Part]) -> Shown:
    """The page of a store for a notebook: as the value of a cell it shows itself, `height` pixels high."""
    from kg.view.notebook import Shown

    page, _ = _page(graph_of(store, derived=True, **part), part.get("about", ""), MOST)
    return Shown(page, height)


def _page(whole: Graph, about: str, most: int) -> tuple[str, Drawing]:
    from kg.view.html import page

    held = best_connected(whole, most)
    drawing = _drawing(whole, held, len(held) if len(held) <= SMALL else FIRST)
    return page(held, about, told(drawing)), drawing


def _drawing(whole: Graph, held: Graph, at_first: int) -> Drawing:
    facts = _facts(held)
    return Drawing(len(held), facts, at_first, len(whole) - len(held), _facts(whole) - facts)


def told(drawing: Drawing) -> str:
    """What is not seen at once and what had no room, in a sentence or two; '' where nothing is missing."""
    sentences = []
    if drawing.entities_at_first < drawing.entities:
        sentences.append(
            f"It opens with the {drawing.entities_at_first:,} best connected of {drawing.entities:,} "
            "entities; search finds the others, and a click unfolds neighbours."
        )
    if drawing.entities_left_out:
        total = drawing.entities + drawing.entities_left_out
        sentences.append(
            f"The {drawing.entities:,} best connected of {total:,} entities are here; "
            f"{drawing.facts_left_out:,} facts about the others are left out."
        )
    return " ".join(sentences)


def _facts(graph: Graph) -> int:
    read = sum("derived" not in data for _, _, data in graph.edges(data=True))
    return read + sum(len(values) for _, values in graph.nodes(data="values"))
