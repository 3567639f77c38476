"""A graph as vis-network draws it. The only module that knows pyvis, whose HTML is not used."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.rdf.names import PREFIXES
from kg.rdf.turtle import Terms
from kg.view.groups import groups_of
from kg.view.layout import positions
from kg.view.selection import QUIET, SMALL, backbone_of, first_shown, hubs_of
from kg.view.words import on_an_edge

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

Item = dict[str, Any]


def page_data(graph: Graph, small: int = SMALL) -> Item:
    """All that a page holds: `nodes` and `edges` as vis-network wants them, and the `facts` behind them.

    Nodes, facts, edges, relations and groups are numbered. There is one edge between two entities, however
    many facts. The nodes that the page opens with have places; where others go the page finds out. A graph
    of up to `small` entities is there as a whole: some of them have only relations that are off at first.
    """
    facts, relations = _facts(graph)
    groups = groups_of(graph)
    nodes = list(_nodes(graph, groups, small))
    kinds = {node["kind"] for node in nodes}
    legend = [kind for kind in SHAPES if kind in kinds] + sorted(kinds - SHAPES.keys())
    return {
        "small": len(nodes) <= small,
        "kinds": [{"kind": kind, "shape": SHAPES.get(kind, OTHER)} for kind in legend],
        "relations": relations,
        "groups": [{"name": graph.nodes[group[0]]["label"], "size": len(group)} for group in groups],
        "nodes": nodes,
        "edges": list(_edges(facts, relations)),
        "facts": facts,
        "prefixes": PREFIXES,
    }


def _facts(graph: Graph) -> tuple[list[Item], list[Item]]:
    """Every fact with the number of its subject, of its relation, and of its object where that has one.

    And the relations, the most frequent first, with those that are off at first.
    """
    number = {iri: n for n, iri in enumerate(graph)}
    facts: list[Item] = [
        {"subject": number[subject], "object": number[object_], **data}
        for subject, object_, data in graph.edges(data=True)
    ]
    for iri, said in graph.nodes(data=True):
        facts += ({"subject": number[iri], **value} for value in said["values"])
    found: dict[str, Item] = {}
    for fact in facts:
        name, label, derived = fact["relation"], fact.pop("label"), fact.get("derived", False)
        known = found.setdefault(name, {"name": name, "label": label, "count": 0, "edges": False})
        known["count"] += 1
        known["edges"] = known["edges"] or "object" in fact
        known["derived"] = derived
        known["off"] = derived or name in QUIET
    relations = sorted(found.values(), key=lambda relation: (-relation["count"], relation["name"]))
    place = {relation["name"]: n for n, relation in enumerate(relations)}
    for fact in facts:
        fact["relation"] = place[fact["relation"]]
    return facts, relations


def _nodes(graph: Graph, groups: list[list[str]], small: int) -> Iterator[Item]:
    from pyvis.node import Node

    neighbours = {iri: len({*graph.successors(iri), *graph.predecessors(iri)} - {iri}) for iri in graph}
    size = {iri: round(9 + min(18.0, 3.5 * degree**0.5), 1) for iri, degree in neighbours.items()}
    label = {iri: short(data["label"], LABEL) for iri, data in graph.nodes(data=True)}
    group_of = {iri: n for n, members in enumerate(groups) for iri in members}
    shown = first_shown(graph, small)
    room = {iri: (max(7.5 * len(label[iri]), 60.0) + 14, 2 * size[iri] + 40) for iri in shown}
    place = positions(backbone_of(graph).subgraph(shown), room)
    hubs = hubs_of(graph)
    terms = Terms()
    # Network.add_node looks through all nodes for each new one.
    for n, iri in enumerate(graph):
        data = graph.nodes[iri]
        options: Item = {
            "size": size[iri],
            "kind": data["kind"],
            "type": data["type"],
            "name": data["label"],
            "names": [name for name in data["names"] if name != data["label"]],
            "iri": terms.iri(iri),
            "degree": neighbours[iri],
        }
        if iri in group_of:
            options["group"] = group_of[iri]
        if iri in hubs:
            options["hub"] = True
        if iri in place:
            options["x"], options["y"] = place[iri]
        yield Node(n, SHAPES.get(data["kind"], OTHER), label[iri], **options).options


def _edges(facts: list[Item], relations: list[Item]) -> Iterator[Item]:
    """One edge for all facts between two entities, in the direction of the first of them.

    What it `says` is joined by the page from those facts whose relations are on.
    """
    from pyvis.edge import Edge

    between: dict[tuple[int, int], list[int]] = {}
    for n, fact in enumerate(facts):
        if "object" in fact and fact["subject"] != fact["object"]:
            ends = fact["subject"], fact["object"]
            between.setdefault(ends if ends[::-1] not in between else ends[::-1], []).append(n)
    for n, ((start, end), alike) in enumerate(between.items()):
        says = []
        for fact in (facts[number] for number in alike):
            relation = relations[fact["relation"]]
            words = on_an_edge(relation["name"], relation["label"], fact["qualifiers"])
            says.append(short(words, EDGE_LABEL))
        yield Edge(start, end, True, id=n, facts=alike, says=says).options


def short(text: str, most: int) -> str:
    """The text on one line of at most so many characters, without marks that turn its direction."""
    # What is cut away need not be looked at: a name may have 100,000 letters.
    start = text[: most * 8]
    kept = (c for c in start if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf"})
    words = " ".join("".join(kept).split()) or "?"
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
