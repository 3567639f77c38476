"""Stores: a folder on disk or memory, read through rdflib with queries answered by Oxigraph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.store.access import Snapshot, Writer, reading, snapshot, writing

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Snapshot", "Writer", "open_store", "reading", "snapshot", "writing"]


def open_store(path: str | Path | None = None) -> Dataset:
    """The graph of a folder as an rdflib dataset to read, or an empty one in memory.

    Its `.query()` is answered by Oxigraph, with our prefixes declared. It shows the graph as it was when it
    was opened; a build in memory (`build(paths, open_store())`) changes the dataset itself.
    """
    # rdflib takes half a second to import, and exports and queries of the command line do without.
    from kg.store.dataset import dataset_of

    return dataset_of(Snapshot(_empty()) if path is None else snapshot(path))


def _empty() -> Any:
    import pyoxigraph as ox

    return ox.Store()
