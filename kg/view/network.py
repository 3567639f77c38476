"""A graph as vis-network draws it. The only module that knows pyvis, whose HTML is not used."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.rdf.names import PREFIXES
from kg.view.layout import positions

if TYPE_CHECKING:
    from kg.view.selection import Graph

SHAPES = {
    "Film": "square",
    "Work": "diamond",
    "Person": "dot",
    "Character": "triangleDown",
    "Place": "triangle",
    "Award": "star",
    "Body": "hexagon",
}
"""The shape of each kind, in the order of the legend."""
OTHER = "dot"
LABEL, EDGE_LABEL = 36, 48
"""So many letters of a name, and of the relations between two, stand in the drawing; the panel has all."""


def page_data(graph: Graph) -> dict[str, Any]:
    """All that a page shows: `nodes` and `edges` as vis-network wants them, and the `facts` behind them.

    Nodes and facts are numbered; a node knows its facts, an edge those between its two ends. There is one
    edge between two entities, however many facts.
    """
    from pyvis.network import Network

    number = {iri: n for n, iri in enumerate(graph)}
    facts = list(_facts(graph, number))
    net = Network(directed=True)
    for node in _nodes(graph, number, facts):
        net.add_node(node.pop("id"), **node)
    for edge in _edges(facts):
        net.add_edge(edge.pop("from"), edge.pop("to"), **edge)
    kinds = {node["kind"] for node in net.nodes}
    legend = [kind for kind in SHAPES if kind in kinds] + sorted(kinds - SHAPES.keys())
    shapes = [{"kind": kind, "shape": SHAPES.get(kind, OTHER)} for kind in legend]
    return {"kinds": shapes, "nodes": net.nodes, "edges": net.edges, "facts": facts}


def _facts(graph: Graph, number: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Every fact with the number of its subject, and of its object where that is an entity."""
    for subject, object_, data in graph.edges(data=True):
        yield {"subject": number[subject], "object": number[object_], **data}
    for iri, data in graph.nodes(data=True):
        for value in data["values"]:
            yield {"subject": number[iri], **value}


def _nodes(graph: Graph, number: dict[str, int], facts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    neighbours = {iri: len({*graph.successors(iri), *graph.predecessors(iri)}) for iri in graph}
    size = {iri: round(9 + min(18.0, 3.5 * degree**0.5), 1) for iri, degree in neighbours.items()}
    label = {iri: short(data["label"], LABEL) for iri, data in graph.nodes(data=True)}
    room = {iri: (max(7.5 * len(label[iri]), 60.0) + 14, 2 * size[iri] + 40) for iri in graph}
    place = positions(graph, room)
    about: list[list[int]] = [[] for _ in graph]
    for n, fact in enumerate(facts):
        for end in dict.fromkeys((fact["subject"], fact.get("object", fact["subject"]))):
            about[end].append(n)
    for iri, data in graph.nodes(data=True):
        x, y = place[iri]
        yield {
            "id": number[iri],
            "label": label[iri],
            "shape": SHAPES.get(data["kind"], OTHER),
            "size": size[iri],
            "x": x,
            "y": y,
            "kind": data["kind"],
            "type": data["type"],
            "name": data["label"],
            "names": [name for name in data["names"] if name != data["label"]],
            "iri": _prefixed(iri),
            "degree": neighbours[iri],
            "facts": about[number[iri]],
        }


def _edges(facts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One edge for all facts between two entities, in the direction of the first of them."""
    between: dict[tuple[int, int], list[int]] = {}
    for n, fact in enumerate(facts):
        if "object" in fact:
            ends = fact["subject"], fact["object"]
            between.setdefault(ends if ends[::-1] not in between else ends[::-1], []).append(n)
    for n, ((start, end), alike) in enumerate(between.items()):
        back = {number: facts[number]["subject"] != start for number in alike}
        said = [("← " if back[number] else "") + _said(facts[number]) for number in alike]
        arrows = [way for way, is_back in (("to", False), ("from", True)) if is_back in back.values()]
        yield {
            "id": n,
            "from": start,
            "to": end,
            "arrows": ", ".join(arrows),
            "label": short(", ".join(dict.fromkeys(said)), EDGE_LABEL),
            "facts": alike,
        }


def _said(fact: dict[str, Any]) -> str:
    return " ".join((fact["label"], *fact["qualifiers"]))


def short(text: str, most: int) -> str:
    """The text on one line of at most so many characters, without marks that turn its direction."""
    # What is cut away need not be looked at: a name may have 100,000 letters.
    start = text[: most * 8]
    kept = (c for c in start if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf"})
    words = " ".join("".join(kept).split()) or "?"
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _prefixed(iri: str) -> str:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and prefix != "film":
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
