"""A store as a file: Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML, GraphML, GEXF, fact lines, a table.

For the same documents every format holds the same bytes, whatever the order in which they were read.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import FilmKGError
from kg.export.networks import write_gexf, write_graphml
from kg.export.selection import triples_of
from kg.export.table import write_table
from kg.facts import fact_line
from kg.files import check_place, write_whole, xml_text
from kg.link import linked_facts
from kg.rdf.turtle import write_trig, write_turtle
from kg.store import Snapshot, reading

if TYPE_CHECKING:
    from kg.store.access import Target
    from kg.view.selection import Graph

__all__ = ["FORMATS", "export"]


def _turtle(quads: ox.Store, evidence: bool) -> Iterator[str]:
    return write_turtle(triples_of(quads, evidence=evidence))


def _ntriples(quads: ox.Store, evidence: bool) -> Iterator[str]:
    return (f"{line} .\n" for line in sorted(map(str, triples_of(quads, evidence=evidence))))


def _all(quads: ox.Store, evidence: bool) -> Iterable[ox.Quad]:
    """Every quad, or those of the default graph."""
    return quads if evidence else quads.quads_for_pattern(None, None, None, ox.DefaultGraph())


def _nquads(quads: ox.Store, evidence: bool) -> Iterator[str]:
    return (f"{line} .\n" for line in sorted(map(str, _all(quads, evidence))))


def _trig(quads: ox.Store, evidence: bool) -> Iterator[str]:
    return write_trig(_all(quads, evidence))


def _serialized(quads: ox.Store, evidence: bool, *, format_: ox.RdfFormat) -> Iterator[str]:
    """By Oxigraph, from sorted triples. Prefixes are left out, as it would shuffle them."""
    triples = sorted(triples_of(quads, evidence=evidence), key=str)
    text = (ox.serialize(triples, format=format_) or b"").decode()
    yield xml_text(text) if format_ == ox.RdfFormat.RDF_XML else text
    yield "\n"


def _lines(quads: ox.Store, evidence: bool) -> Iterator[str]:
    for fact in linked_facts(quads):
        line = fact_line(fact)
        yield json.dumps(line if evidence else {**line, "evidence": []}, ensure_ascii=False) + "\n"


def _table(quads: ox.Store, evidence: bool) -> Iterator[str]:
    return write_table(linked_facts(quads), evidence=evidence)


def _network(quads: ox.Store, evidence: bool, *, written: Callable[[Graph], Iterator[str]]) -> Iterator[str]:
    # networkx is for these two alone.
    from kg.view import graph_of

    return written(graph_of(Snapshot(quads), evidence=evidence))


FORMATS: dict[str, Callable[[ox.Store, bool], Iterator[str]]] = {
    "ttl": _turtle,
    "nt": _ntriples,
    "nq": _nquads,
    "trig": _trig,
    "jsonl": _lines,
    "csv": _table,
    "jsonld": partial(_serialized, format_=ox.RdfFormat.JSON_LD),
    "rdf": partial(_serialized, format_=ox.RdfFormat.RDF_XML),
    "graphml": partial(_network, written=write_graphml),
    "gexf": partial(_network, written=write_gexf),
}
"""The formats, by the suffix of the file."""


def export(
    store: Target,
    out: str | Path | IO[bytes] | IO[str],
    format: str | None = None,  # noqa: A002
    *,
    evidence: bool = True,
) -> None:
    """Writes a store to a file or stream, as `format` says or else the file's suffix.

    Without `evidence` the facts come alone. A file is written beside its place and then moved there: it is
    whole, or as it was. It may not lie in the store's own folder.
    """
    name = format or (Path(out).suffix.lstrip(".").lower() if isinstance(out, str | Path) else "")
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise FilmKGError(f"{name or 'no format'}: is none that can be written; there are {known}")
    with reading(store) as held:
        chunks = FORMATS[name](held.quads, evidence)
        if isinstance(out, str | Path):
            check_place(Path(out), held.target)
            write_whole(Path(out), chunks)
        elif isinstance(out, io.TextIOBase):
            out.writelines(chunks)
        else:
            for chunk in chunks:
                out.write(chunk.encode())  # type: ignore[arg-type]
