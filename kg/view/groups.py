"""Which entities of a graph belong together: groups that have more edges inside than out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from kg.view.selection import Graph

SMALLEST = 3
"""Fewer entities are no group."""


def groups_of(graph: Graph) -> list[list[str]]:
    """The groups by the method of Louvain, the largest first, each with its best connected member first."""
    order = list(graph)
    number = {iri: n for n, iri in enumerate(order)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(order)))
    # Numbers, not IRIs: sets of strings have another order in each run.
    plain.add_edges_from(sorted({(number[start], number[end]) for start, end in graph.edges()}))
    found = nx.community.louvain_communities(plain, seed=0)
    ranked = (sorted(group, key=lambda n: (-plain.degree(n), n)) for group in found if len(group) >= SMALLEST)
    return [[order[n] for n in group] for group in sorted(ranked, key=lambda group: (-len(group), group[0]))]
