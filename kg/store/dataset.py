"""A snapshot as an rdflib dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result

from kg.rdf.names import PREFIXES
from kg.store.access import Snapshot


class SnapshotStore(OxigraphStore):  # type: ignore[misc]
    """oxrdflib's store over a snapshot, which it keeps open; a build in memory puts another in its place."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(store=snapshot.quads)
        self.snapshot = snapshot
        self.derived = ""

    def replace(self, snapshot: Snapshot, derived: str) -> None:
        """Answers from another graph from now on."""
        self._store = snapshot.quads
        self.snapshot = snapshot
        self.derived = derived

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],
        initBindings: Mapping[str, Any],
        queryGraph: Any,
        **options: Any,
    ) -> Result:
        """The answer of Oxigraph. oxrdflib names the default graph, which would overrule FROM."""
        graph = None if queryGraph == DATASET_DEFAULT_GRAPH_ID else queryGraph
        result: Result = super().query(query, initNs, initBindings, graph, **options)
        return result

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Lets go of the graph."""
        self.snapshot.close()
        super().close(commit_pending_transaction)


def dataset_of(snapshot: Snapshot) -> Dataset:
    """The dataset of a snapshot, with the prefixes of film-kg."""
    dataset = Dataset(store=SnapshotStore(snapshot))
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    return dataset
