"""What of a graph is shown: what lies around a name, the best connected, what a page opens with."""

from __future__ import annotations

from difflib import get_close_matches
from heapq import heappop, heappush
from typing import TypeAlias

import networkx as nx

from kg.errors import FilmKGError
from kg.rdf.names import PREFIXES, folded_name

Graph: TypeAlias = "nx.MultiDiGraph[str]"

QUIET = frozenset({"plays", "characterIn"})
"""Relations that are off at first: who played whom stands on the edge between the film and the actor."""
SMALL, FIRST = 300, 120
"""So many entities are drawn at once; of more, a page opens with so many of the best connected."""
HUB = 12
"""So many neighbours make an award, a place or a body a hub, whose edges say little and cover much."""
MOST_HUBS = 12
"""So many of them a large graph opens with."""
BRINGS = 6
NO_HUBS = frozenset({"Film", "Work", "Person", "Character"})


def around(graph: Graph, about: str, hops: int) -> Graph:
    """What lies within `hops` edges, in whatever direction, of everything that is called so."""
    neighbours = graph.to_undirected(as_view=True)
    kept: set[str] = set()
    centre = _called(graph, about)
    for iri in centre:
        kept.update(nx.single_source_shortest_path_length(neighbours, iri, cutoff=hops))
    found = _only(graph, kept)
    found.graph["about"] = centre
    return found


def connected_with(graph: Graph, iri: str) -> Graph:
    """The entity and all that some way leads to from it, over edges in whatever direction."""
    return _only(graph, set(nx.node_connected_component(graph.to_undirected(as_view=True), iri)))


def hubs_of(graph: Graph) -> set[str]:
    """The awards, places and bodies that stand beside so many others that their edges start folded."""
    return {
        iri
        for iri, data in graph.nodes(data=True)
        if data["kind"] not in NO_HUBS
        and iri not in graph.graph.get("about", ())
        and len({*graph.successors(iri), *graph.predecessors(iri)}) >= HUB
    }


def backbone_of(graph: Graph) -> nx.Graph[str]:
    """One edge for each two entities that a page connects when it opens."""
    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(graph)
    hubs = hubs_of(graph)
    for start, end, data in graph.edges(data=True):
        is_quiet = data["relation"] in QUIET or "derived" in data
        if start != end and not is_quiet and start not in hubs and end not in hubs:
            found.add_edge(start, end)
    return found


def first_shown(graph: Graph, small: int = SMALL, most: int = FIRST) -> list[str]:
    """The entities that a page opens with: of up to `small` all that have an edge then, else `most`.

    They grow from the best connected of all, always by the best connected beside them, so that they hang
    together; each brings a few only, so that they are no star around one.
    """
    backbone = backbone_of(graph)
    hubs = hubs_of(graph)
    if len(graph) <= small:
        return [iri for iri in graph if backbone.degree(iri) or iri in hubs or not graph.degree(iri)]
    place = {iri: n for n, iri in enumerate(graph)}
    ranked = sorted(graph, key=lambda iri: (-backbone.degree(iri), place[iri]))
    shown = set(sorted(hubs, key=lambda iri: (-graph.degree(iri), place[iri]))[:MOST_HUBS])
    brought: dict[str, int] = {}
    for first in ranked:
        beside = [(0, 0, first, "")]
        while beside and len(shown) < most:
            _, _, iri, by = heappop(beside)
            if iri in shown or brought.get(by, 0) >= BRINGS:
                continue
            shown.add(iri)
            brought[by] = brought.get(by, 0) + bool(by)
            for other in backbone[iri]:
                heappush(beside, (-backbone.degree(other), place[other], other, iri))
    return [iri for iri in graph if iri in shown]


def best_connected(graph: Graph, most: int) -> Graph:
    """The `most` entities that most others are connected with; the same graph where it has no more.

    Of those with as many, the ones come first that stand beside a better connected one.
    """
    if len(graph) <= most:
        return graph
    beside = {iri: {*graph.successors(iri), *graph.predecessors(iri)} for iri in graph}
    best = {iri: max((len(beside[other]) for other in others), default=0) for iri, others in beside.items()}
    ranked = sorted(graph, key=lambda iri: (-len(beside[iri]), -best[iri], iri))
    return _only(graph, set(ranked[:most]))


def _only(graph: Graph, kept: set[str]) -> Graph:
    """The graph without the other nodes, in the order that it has: a set's would change with each run."""
    found: Graph = nx.MultiDiGraph()
    found.graph.update(graph.graph)
    found.add_nodes_from((iri, data) for iri, data in graph.nodes(data=True) if iri in kept)
    for start, end, data in graph.edges(data=True):
        if start in kept and end in kept:
            found.add_edge(start, end, **data)
    return found


def _called(graph: Graph, about: str) -> list[str]:
    """The nodes of that IRI, label or other name; FilmKGError, with what is like it, where there is none."""
    prefix, _, local = about.strip("<>").partition(":")
    for iri in (about.strip("<>"), PREFIXES.get(prefix, "") + local):
        if iri in graph:
            return [iri]
    wanted = folded_name(about)
    by_name: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for iri, data in graph.nodes(data=True):
        for name in dict.fromkeys(map(folded_name, [data["label"], *data["names"]])):
            by_name.setdefault(name, []).append(iri)
            labels.setdefault(name, data["label"])
    if wanted not in by_name:
        close = get_close_matches(wanted[:100], [name for name in by_name if len(name) <= 100], 1)
        hint = f"; did you mean {labels[close[0]]}?" if close else ""
        raise FilmKGError(f"nothing in this graph is called {about[:100]!r}{hint}")
    return by_name[wanted]
