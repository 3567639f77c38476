"""Many documents read, by two processes where that pays."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from kg.errors import DocumentError, FilmKGError
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Document, Extraction
from kg.ontology import Ontology, load_ontology
from kg.shipped import shipped

WORKERS = 2
"""A model in memory each; more of them wait for memory rather than for arithmetic."""
WORTH_IT = 6
"""Fewer documents are read here, sooner than a second process has loaded the model."""
CHUNK = 4

Extract: TypeAlias = Callable[[Document], Extraction]
Outcome: TypeAlias = Extraction | DocumentError
"""What a document says, or why it cannot be read."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a document with `kg.extract`, and with files of ontology and lexicon beside the shipped ones."""

    ontology: tuple[Path, ...] = ()
    lexicon: tuple[Path, ...] = ()

    def __call__(self, document: Document) -> Extraction:
        """What the document says; the language model is loaded at the first one."""
        from kg.extract import extract_document

        ontology, lexicon = self.rules()
        return extract_document(document, lexicon, ontology)

    def rules(self) -> tuple[Ontology, Lexicon]:
        """Ontology and lexicon, the shipped files and these; OntologyError or LexiconError in a wrong one."""
        return _rules(self.ontology, self.lexicon)


@lru_cache(maxsize=4)
def _rules(ontologies: tuple[Path, ...], lexicons: tuple[Path, ...]) -> tuple[Ontology, Lexicon]:
    ontology = load_ontology(*ontologies)
    return ontology, load_lexicon(ontology, shipped("ontology/lexicon.en.yaml"), *lexicons)


def read_all(documents: Iterable[Document], extract: Extract | None) -> Iterator[Outcome]:
    """What the documents say, in their order. An `extract` of one's own is called in this process."""
    documents = iter(documents)
    extract = extract or Reader()
    if not isinstance(extract, Reader):
        found: Iterable[Outcome] = (_read(document, extract) for document in documents)
    else:
        first = list(islice(documents, WORTH_IT))
        rest = chain(first, documents)
        alone = len(first) < WORTH_IT or _cores() < WORKERS or not _may_start_processes()
        found = (_read(document, extract) for document in rest) if alone else _in_processes(rest, extract)
    yield from found


def _read(document: Document, extract: Extract) -> Outcome:
    try:
        return extract(document)
    except DocumentError as problem:
        return problem


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_start_processes() -> bool:
    """False in a plain script, which every new process would run again, this build and all."""
    main = sys.modules["__main__"]
    script = getattr(main, "__file__", None)
    return script is None or getattr(main, "__spec__", None) is not None or Path(script).stem == "kg"


def _in_processes(documents: Iterator[Document], reader: Reader) -> Iterator[Outcome]:
    """The same by workers, which get a few documents at a time."""
    # Spawned, since a fork would copy the locks of other threads.
    pool = ProcessPoolExecutor(WORKERS, get_context("spawn"), initializer=_end_quietly)
    waiting: deque[Future[list[Outcome]]] = deque()
    try:
        while chunk := list(islice(documents, CHUNK)):
            waiting.append(pool.submit(_read_chunk, chunk, reader))
            if len(waiting) > 2 * WORKERS:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as problem:
        raise FilmKGError("a process that read documents was ended from outside; out of memory?") from problem
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read_chunk(documents: list[Document], reader: Reader) -> list[Outcome]:
    return [_read(document, reader) for document in documents]


def _end_quietly() -> None:
    """Lets Ctrl-C end a worker without a traceback; the main process speaks for all."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
