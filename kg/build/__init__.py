"""Documents into a store: what changed is read, what left is dropped, what follows is derived anew.

The store then holds what a build from nothing would hold; or, where the build fails or is killed, what it
held before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.build.derive import derive
from kg.build.fingerprint import content_hash, deriving_fingerprint, reading_fingerprint
from kg.build.reading import Extract, Reader, read_all
from kg.documents import MAX_SIZE, Found, list_documents, read_found
from kg.errors import DocumentAccessError, DocumentError
from kg.model import Document, Extraction
from kg.ontology import Ontology, load_ontology
from kg.rdf.names import DERIVED, document_id
from kg.rdf.readings import CONTENT_HASH, document_quads
from kg.rdf.stored import document_graphs
from kg.store import Writer, writing

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["BuildSummary", "build"]

BATCH = 200_000
"""So many quads are kept before they are written."""

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, as ids of documents; `refused` says which could not be read, and why."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    refused: tuple[DocumentError, ...] = ()


def build(
    paths: Iterable[Path | str],
    store: str | Path | Dataset,
    *,
    add: bool = False,
    extract: Extract | None = None,
    fingerprint: str | None = None,
    ontology: Ontology | None = None,
    max_size: int = MAX_SIZE,
    on_progress: Progress | None = None,
) -> BuildSummary:
    """What was added, replaced, left alone, dropped, refused: the store then holds what the paths hold.

    With `add`, what they do not hold stays. A document that cannot be read keeps its place in the store if
    the system is to blame (no permission) and loses it if its text is (empty, binary). Nothing is dropped
    where a whole folder cannot be read, or where nothing is found at all.

    `extract` reads a document (`kg.extract.extract_document` unless another is given); `fingerprint` stands
    for all that decides how it reads: documents read under another one are read again.
    """
    ontology = ontology or load_ontology()
    if fingerprint is None:
        lexicons = extract.lexicon if isinstance(extract, Reader) else ()
        fingerprint = reading_fingerprint(ontology, lexicons)
    with writing(store) as writer:
        plan = _Plan(writer.before, fingerprint, keep_all=add)
        documents = plan.changed(list_documents(paths), max_size, on_progress)
        made = _Draft(writer, ontology)
        for outcome in read_all(documents, extract):
            if isinstance(outcome, DocumentError):
                plan.refuse(outcome, plan.id_of_source.get(outcome.source, ""))
            else:
                made.put(outcome, plan.hashes[outcome.document.id], plan.is_known(outcome.document.id))
                plan.read.append(outcome.document.id)
        summary = plan.summary()
        made.drop(plan.iris[id_] for id_ in summary.dropped)
        derived_by = deriving_fingerprint(ontology)
        if made.changed or writer.derived != derived_by:
            made.finish(derived_by)
    return summary


class _Plan:
    """What is to be read, and afterwards what became of it."""

    def __init__(self, before: ox.Store, fingerprint: str, *, keep_all: bool) -> None:
        self.fingerprint = fingerprint
        self.known: dict[str, str] = {}
        self.iris: dict[str, ox.NamedNode] = {}
        for quad in before.quads_for_pattern(None, CONTENT_HASH, None, None):
            if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                id_ = document_id(quad.graph_name.value)
                self.known[id_], self.iris[id_] = quad.object.value, quad.graph_name
        self.keep_all = keep_all
        self.kept: set[str] = set()
        self.hashes: dict[str, str] = {}
        self.id_of_source: dict[str, str] = {}
        self.read: list[str] = []
        self.unchanged: list[str] = []
        self.refused: list[DocumentError] = []

    def is_known(self, id_: str) -> bool:
        """True for a document that the store holds already."""
        return id_ in self.known

    def changed(
        self, listed: list[Found | DocumentError], max_size: int, on_progress: Progress | None
    ) -> Iterator[Document]:
        """The documents that have to be read."""
        if not any(isinstance(found, Found) for found in listed):
            self.keep_all = True
        for done, found in enumerate(listed):
            if on_progress:
                on_progress(done, len(listed))
            if isinstance(found, DocumentError):
                self.keep_all |= isinstance(found, DocumentAccessError)
                self.refuse(found, "")
                continue
            document = read_found(found, max_size)
            if isinstance(document, DocumentError):
                self.refuse(document, found.id)
            elif self._is_new(document):
                yield document
        if on_progress:
            on_progress(len(listed), len(listed))

    def _is_new(self, document: Document) -> bool:
        hash_ = content_hash(document.text, self.fingerprint)
        if self.known.get(document.id) == hash_:
            self.unchanged.append(document.id)
            return False
        self.hashes[document.id] = hash_
        self.id_of_source[document.source] = document.id
        return True

    def refuse(self, problem: DocumentError, id_: str) -> None:
        """Notes why a document was not read. What the system withholds may be as it was."""
        self.refused.append(problem)
        if isinstance(problem, DocumentAccessError):
            self.kept.add(id_)

    def summary(self) -> BuildSummary:
        """What became of all documents, in alphabetical order."""
        gone = set() if self.keep_all else self.known.keys() - self.kept - {*self.read, *self.unchanged}
        return BuildSummary(
            added=tuple(sorted(id_ for id_ in self.read if id_ not in self.known)),
            replaced=tuple(sorted(id_ for id_ in self.read if id_ in self.known)),
            unchanged=tuple(sorted(self.unchanged)),
            dropped=tuple(sorted(gone)),
            refused=tuple(self.refused),
        )


class _Draft:
    """The next graph of the store, begun when the first change comes."""

    def __init__(self, writer: Writer, ontology: Ontology) -> None:
        self.writer = writer
        self.ontology = ontology
        self.quads: ox.Store | None = None
        self.changed = False
        self._drop: list[ox.NamedNode | ox.DefaultGraph] = []
        self._add: list[ox.Quad] = []

    def put(self, extraction: Extraction, hash_: str, is_known: bool) -> None:
        """Puts what a document says in the place of what it said."""
        self.changed = True
        if is_known:
            self._drop.append(ox.NamedNode(extraction.document.iri))
        self._add += document_quads(extraction, hash_, self.ontology)
        if len(self._add) > BATCH:
            self._write()

    def drop(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Drops document graphs."""
        for graph in graphs:
            self.changed = True
            self._drop.append(graph)

    def _write(self) -> ox.Store:
        if self.quads is None:
            self.quads = self.writer.draft()
        self.writer.change(self._drop, self._add)
        self._drop, self._add = [], []
        return self.quads

    def finish(self, derived_by: str) -> None:
        """Derives everything else and makes the draft the graph."""
        quads = self._write()
        graphs = document_graphs(quads, self.ontology)
        self.writer.change(DERIVED, derive(graphs, self.ontology))
        del quads
        self.quads = None
        self.writer.publish(derived_by)
