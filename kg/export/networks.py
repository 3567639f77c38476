"""The facts of a store as GraphML and GEXF, which Gephi, Cytoscape, yEd and igraph open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.files import xml_text

if TYPE_CHECKING:
    import networkx as nx

    from kg.view.selection import Graph

DAY = re.compile(r' lastmodifieddate="[\d-]+"')
SOURCE = ("documents", "text", "rule")
"""What tells where a fact was read; it stays out where evidence does."""


def write_graphml(graph: Graph) -> Iterator[str]:
    """The lines of a GraphML file: entities are nodes, facts between them edges."""
    import networkx as nx

    flat = flat_graph(graph)
    return (f"{line}\n" for line in nx.generate_graphml(flat, prettyprint=True))


def write_gexf(graph: Graph) -> Iterator[str]:
    """The lines of a GEXF file, the same; without the day on which it was written."""
    import networkx as nx

    flat = flat_graph(graph)
    return (f"{DAY.sub('', line)}\n" for line in nx.generate_gexf(flat, prettyprint=True))


def flat_graph(graph: Graph) -> nx.MultiDiGraph[str]:
    """The graph with plain text and numbers as attributes, in which these formats differ least.

    A node has `label`, `type`, `kind`, `names`, and a column for each relation whose objects are values
    (`releaseYear`). An edge has `label`, `relation`, `qualifiers`, `confidence`, and where it was read.
    """
    import networkx as nx

    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, data in graph.nodes(data=True):
        said: dict[str, list[str]] = {}
        for value in data["values"]:
            said.setdefault(value["relation"], []).append(" ".join((value["value"], *value["qualifiers"])))
        text = {name: _joined(values) for name, values in said.items()}
        plain = {name: xml_text(data[name]) for name in ("label", "type", "kind")}
        found.add_node(xml_text(iri), **text, **plain, names=_joined(data["names"]))
    for n, (start, end, data) in enumerate(graph.edges(data=True)):
        found.add_edge(xml_text(start), xml_text(end), key=str(n), **_edge(data))
    return found


def _edge(data: dict[str, Any]) -> dict[str, str | float]:
    evidence = data["evidence"]
    documents = (each["document"] for each in evidence)
    source = (documents, (each["quote"] for each in evidence), (each["rule"] for each in evidence))
    return {
        "label": xml_text(data["label"]),
        "relation": data["relation"],
        "qualifiers": _joined(data["qualifiers"]),
        "confidence": data["confidence"],
        **({name: _joined(values) for name, values in zip(SOURCE, source, strict=True)} if evidence else {}),
    }


def _joined(values: Iterable[str]) -> str:
    """The values in a row, each once."""
    return xml_text("; ".join(dict.fromkeys(values)))
