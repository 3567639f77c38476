"""A graph as a still picture: SVG drawn from the same layout as the page, and PNG of that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.files import xml_text
from kg.view.layout import positions
from kg.view.network import page_data, short
from kg.view.selection import QUIET
from kg.view.templates import FOLDER, filled

if TYPE_CHECKING:
    from kg.view.selection import Graph

COLOUR = re.compile(r"--([\w-]+): (#\w{6})")
MARGIN, TITLE, LEGEND = 24.0, 30.0, 24.0
NAME_SIZE, EDGE_SIZE = 13.0, 10.5
OUTLINES = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    "triangleDown": ((0, 1.1), (1.1, -0.9), (-1.1, -0.9)),
    "star": (
        (0, -1.2), (0.32, -0.4), (1.2, -0.3), (0.54, 0.26), (0.74, 1.1), (0, 0.68), (-0.74, 1.1),
        (-0.54, 0.26), (-1.2, -0.3), (-0.32, -0.4),
    ),
    "hexagon": ((-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)),
}  # fmt: skip
"""The corners of each shape; what is none of these is round."""

Item = dict[str, Any]
Box = tuple[float, float, float, float]


def svg(graph: Graph, title: str = "", *, dark: bool = False) -> str:
    """The picture of a graph: the same text for the same graph. Nothing in it runs or is fetched.

    It has the colours of the page, those for a `dark` screen if wanted.
    """
    data = page_data(graph)
    edges = _edges(data)
    linked = {end for edge in edges for end in (edge["from"], edge["to"])}
    has_edge = {end for edge in data["edges"] for end in (edge["from"], edge["to"])}
    # Who stands beside others only across relations that are not drawn is not drawn either.
    nodes = [node for node in data["nodes"] if node["id"] in linked or node["id"] not in has_edge]
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(str(node["id"]) for node in nodes)
    plain.add_edges_from((str(edge["from"]), str(edge["to"])) for edge in edges)
    for node in nodes:
        node["wide"] = _width(node["label"], NAME_SIZE)
    room = {str(node["id"]): (max(node["wide"], 50.0) + 14, 2 * node["size"] + 30) for node in nodes}
    places = positions(plain, room)
    for node in nodes:
        node["x"], node["y"] = places[str(node["id"])]
    return _rendered(nodes, edges, data["kinds"], title, _colours(dark))


def png(picture: str) -> Iterator[bytes]:
    """An SVG as PNG, twice as large in pixels; drawn with the fonts of this machine."""
    import resvg_py

    yield bytes(resvg_py.svg_to_bytes(svg_string=picture, zoom=2, sans_serif_family="DejaVu Sans"))


def _edges(data: Item) -> list[Item]:
    """One edge for each pair, with what its facts say: neither what is off in a page nor what is derived."""
    facts, relations = data["facts"], data["relations"]
    found = []
    for edge in data["edges"]:
        said = [
            (words, facts[n]["subject"] != edge["from"])
            for n, words in zip(edge["facts"], edge["says"], strict=True)
            if relations[facts[n]["relation"]]["name"] not in QUIET and "derived" not in facts[n]
        ]
        if said:
            label = short(", ".join(dict.fromkeys(words for words, _ in said)), 48)
            ways = {is_back for _, is_back in said}
            found.append({**edge, "label": label, "to_end": False in ways, "to_start": True in ways})
    return found


def _rendered(
    nodes: list[Item], edges: list[Item], kinds: list[Item], title: str, colours: dict[str, str]
) -> str:
    place = {node["id"]: node for node in nodes}
    boxes = [_name_box(node) for node in nodes] + [_shape_box(node) for node in nodes]
    low_x, low_y = (min((box[n] for box in boxes), default=0.0) for n in (0, 1))
    high_x, high_y = (max((box[n] for box in boxes), default=200.0) for n in (2, 3))
    for node in nodes:
        node["fill"] = colours.get(f"kind-{node['kind'].lower()}", colours["kind-thing"])
        node["points"] = _points(node["shape"], node["x"], node["y"], node["size"])
        node["text"] = xml_text(node["label"])
    for edge in edges:
        _lay(edge, place[edge["from"]], place[edge["to"]])
    for edge in sorted(edges, key=lambda edge: -edge["length"]):
        _label(edge, boxes)
    drawn = {node["kind"] for node in nodes}
    legend = [
        {**kind, "fill": colours.get(f"kind-{kind['kind'].lower()}", colours["kind-thing"]), "x": 95 * n}
        for n, kind in enumerate(kind for kind in kinds if kind["kind"] in drawn)
    ]
    for kind in legend:
        kind["points"] = _points(kind["shape"], kind["x"], 0, 6)
    wide = max(high_x - low_x, 95.0 * len(legend)) + 2 * MARGIN
    return filled(
        "still.svg.j2", nodes=nodes, edges=edges, legend=legend, colours=colours,
        title=xml_text(short(title, 80)) if title else "",
        left=low_x - MARGIN, top=low_y - MARGIN - TITLE, wide=wide,
        high=high_y - low_y + 2 * MARGIN + TITLE + LEGEND,
        bottom=high_y + MARGIN + LEGEND / 2, name_size=NAME_SIZE, edge_size=EDGE_SIZE,
    )  # fmt: skip


def _colours(dark: bool) -> dict[str, str]:
    """The colours of the page by name: its first block of style has those for light, its second for dark."""
    light, night, _ = (FOLDER / "page.css").read_text(encoding="utf-8").split("}", 2)
    return dict(COLOUR.findall(light)) | (dict(COLOUR.findall(night)) if dark else {})


def _width(text: str, size: float) -> float:
    """About how wide the text is: no font is at hand to ask."""
    letters = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return 0.58 * size * letters


def _shape_box(node: Item) -> Box:
    x, y, size = node["x"], node["y"], node["size"]
    return x - size, y - size, x + size, y + size


def _name_box(node: Item) -> Box:
    x, y = node["x"], node["y"] + node["size"] + NAME_SIZE
    return x - node["wide"] / 2, y - NAME_SIZE * 0.7, x + node["wide"] / 2, y + NAME_SIZE * 0.5


def _points(shape: str, x: float, y: float, size: float) -> str:
    """The corners as SVG has them; '' for what is round."""
    return " ".join(f"{x + size * a:g},{y + size * b:g}" for a, b in OUTLINES.get(shape, ()))


def _lay(edge: Item, start: Item, end: Item) -> None:
    """The line from rim to rim."""
    across, down = end["x"] - start["x"], end["y"] - start["y"]
    length = max((across**2 + down**2) ** 0.5, 1.0)
    right, below = across / length, down / length
    first, last = start["size"] + 3, length - end["size"] - 3
    edge["x1"], edge["y1"] = round(start["x"] + right * first, 1), round(start["y"] + below * first, 1)
    edge["x2"], edge["y2"] = round(start["x"] + right * last, 1), round(start["y"] + below * last, 1)
    edge["length"] = last - first


def _label(edge: Item, boxes: list[Box]) -> None:
    """Gives the edge the place of its words where there is room for them."""
    wide = _width(edge["label"], EDGE_SIZE)
    x, y = (edge["x1"] + edge["x2"]) / 2, (edge["y1"] + edge["y2"]) / 2
    box = (x - wide / 2, y - EDGE_SIZE * 0.6, x + wide / 2, y + EDGE_SIZE * 0.6)
    edge["text"] = ""
    if edge["length"] > wide * 0.6 and not any(_meet(box, other) for other in boxes):
        boxes.append(box)
        edge["text"], edge["x"], edge["y"] = xml_text(edge["label"]), round(x, 1), round(y, 1)


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
