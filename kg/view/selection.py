"""What of a graph is shown: what lies around a name, and the best connected."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TypeAlias

import networkx as nx

from kg.errors import FilmKGError
from kg.rdf.names import PREFIXES, folded_name

Graph: TypeAlias = "nx.MultiDiGraph[str]"


def around(graph: Graph, about: str, hops: int) -> Graph:
    """What lies within `hops` edges, in whatever direction, of everything that is called so."""
    neighbours = graph.to_undirected(as_view=True)
    kept: set[str] = set()
    for iri in _called(graph, about):
        kept.update(nx.single_source_shortest_path_length(neighbours, iri, cutoff=hops))
    return _only(graph, kept)


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
