"""Reading and writing the graph of a store, on disk or in memory."""

from __future__ import annotations

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.errors import StoreError, reason
from kg.store import folder as folders

if TYPE_CHECKING:
    from rdflib import Dataset

    Target: TypeAlias = "str | Path | Dataset | Snapshot"

ATTEMPTS = 20


class Snapshot:
    """A graph to read, the same until it is closed, whatever is built meanwhile."""

    def __init__(self, quads: ox.Store, target: str = "", graph: str = "", handle: int | None = None) -> None:
        self._handle = handle
        self.quads = quads
        self.target = target
        self.graph = graph

    def is_current(self) -> bool:
        """False where a build has made a newer graph since."""
        return not self.graph or folders.current(Path(self.target)).get("graph") == self.graph

    def close(self) -> None:
        """Lets a build remove what was read."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


def snapshot(target: Target) -> Snapshot:
    """The current graph of a folder, of a dataset that `open_store` gave, or of a snapshot itself."""
    if isinstance(target, Snapshot):
        return target
    if not isinstance(target, str | Path):
        held: Snapshot = _store_of(target).snapshot
        return held
    folder = Path(target)
    folders.check(folder)
    for _ in range(ATTEMPTS):
        graph = folders.current(folder).get("graph")
        if graph is None:
            raise StoreError(folder, "no build of this store has ended yet; kg build makes a graph")
        handle = folders.hold(folder / graph)
        if handle is None:
            continue  # A build removed it between two of our lines; there is a newer one.
        try:
            return Snapshot(ox.Store.read_only(str(folder / graph)), str(folder), graph, handle)
        except (OSError, ValueError) as problem:
            os.close(handle)
            raise StoreError(folder, f"the graph cannot be read: {problem}") from problem
    raise StoreError(folder, "the graph that it names is missing; build it again")


@contextmanager
def reading(target: Target) -> Iterator[Snapshot]:
    """The same, let go of at the end if it was opened here."""
    held = snapshot(target)
    try:
        yield held
    finally:
        if isinstance(target, str | Path):
            held.close()


def _store_of(dataset: Dataset) -> Any:
    """The rdflib store behind a dataset, if it is one of ours."""
    if not hasattr(dataset.store, "snapshot"):
        raise StoreError("dataset", "this is none that open_store gave")
    return dataset.store


@contextmanager
def errors_of(target: Path) -> Iterator[None]:
    """Turns what the system refuses (a full disk, a missing permission) into a StoreError."""
    try:
        yield
    except OSError as problem:
        raise StoreError(target, f"cannot be written: {reason(problem)}") from problem


class Writer(ABC):
    """The only one who may write.

    `before` is the graph as it is, `derived` tells by what its derived part was worked out. A draft becomes
    the graph once it is published.
    """

    def __init__(self, before: ox.Store, derived: str) -> None:
        self.before = before
        self.derived = derived

    @abstractmethod
    def draft(self) -> ox.Store:
        """A copy of the graph, to read."""

    @abstractmethod
    def change(self, drop: Iterable[ox.NamedNode | ox.DefaultGraph], add: Iterable[ox.Quad]) -> None:
        """Drops graphs of the draft and adds to it."""

    @abstractmethod
    def publish(self, derived: str) -> None:
        """Makes the draft the graph."""


class FolderWriter(Writer):
    """Writes the next graph of a folder beside the current one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        said = folders.current(folder)
        self.next = folders.next_graph(folder)
        self._draft: ox.Store | None = None
        before = ox.Store.read_only(str(folder / said["graph"])) if said else None
        self._is_new = before is None
        super().__init__(ox.Store() if before is None else before, said.get("derived", ""))

    def draft(self) -> ox.Store:
        """The next graph, whose files are those of the current one until they change."""
        with errors_of(self.folder):
            if not self._is_new:
                self.before.backup(str(self.next))
            self._draft = ox.Store(str(self.next))
        return self._draft

    def change(self, drop: Iterable[ox.NamedNode | ox.DefaultGraph], add: Iterable[ox.Quad]) -> None:
        """Need not be all or nothing: nobody sees a draft."""
        assert self._draft is not None
        with errors_of(self.folder):
            for graph in drop:
                self._draft.remove_graph(graph)
            self._draft.bulk_extend(add)

    def publish(self, derived: str) -> None:
        """Closes the draft, then names it as the current graph."""
        assert self._draft is not None
        with errors_of(self.folder):
            self._draft.flush()
            # What was dropped would stay on the disk, and be read past, until some later build.
            self._draft.optimize()
            self._draft = None
            folders.make_current(self.folder, self.next.name, derived)

    def end(self) -> None:
        """Removes the draft, unless it was published, and the graphs that nobody needs."""
        if self._draft is not None:
            self._draft = None
            shutil.rmtree(self.next, ignore_errors=True)
        self.before = ox.Store()
        folders.remove_unused(self.folder)


class MemoryWriter(Writer):
    """Writes to a copy of a dataset in memory, which takes its place."""

    def __init__(self, store: Any) -> None:
        self.store = store
        self._draft = ox.Store()
        super().__init__(store.snapshot.quads, store.derived)

    def draft(self) -> ox.Store:
        """A copy in memory."""
        self._draft.extend(self.before)
        return self._draft

    def change(self, drop: Iterable[ox.NamedNode | ox.DefaultGraph], add: Iterable[ox.Quad]) -> None:
        """Changes the copy."""
        for graph in drop:
            self._draft.remove_graph(graph)
        self._draft.extend(add)

    def publish(self, derived: str) -> None:
        """Lets the dataset answer from the copy."""
        self.store.replace(Snapshot(self._draft), derived)


@contextmanager
def writing(target: str | Path | Dataset) -> Iterator[Writer]:
    """A writer for a folder, which is made if need be, or for a dataset in memory.

    What is not published leaves no trace.
    """
    if not isinstance(target, str | Path):
        store = _store_of(target)
        if store.snapshot.graph:
            raise StoreError(store.snapshot.target, "this dataset only reads; give the folder to build")
        yield MemoryWriter(store)
        return
    folder = Path(target)
    folders.prepare(folder)
    with folders.only_writer(folder):
        with errors_of(folder):
            folders.remove_unused(folder)
            writer = FolderWriter(folder)
        try:
            yield writer
        finally:
            writer.end()
