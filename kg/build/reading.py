"""Many documents read, by two processes where that pays."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from kg.errors import DocumentError, FilmKGError
from kg.model import Document, Extraction

WORKERS = 2
"""A model in memory each; more of them wait for memory rather than for arithmetic."""
WORTH_IT = 6
"""Fewer documents are read here, sooner than a second process has loaded the model."""
CHUNK = 4

Extract: TypeAlias = Callable[[Document], Extraction]
Outcome: TypeAlias = Extraction | DocumentError
"""What a document says, or why it cannot be read."""


def default_extract(document: Document) -> Extraction:
    """What `kg.extract` reads in a document; imported late, since it loads the language model."""
    from kg.extract import extract_document

    return extract_document(document)


def read_all(documents: Iterable[Document], extract: Extract | None) -> Iterator[Outcome]:
    """What the documents say, in their order. An `extract` of one's own is called in this process."""
    documents = iter(documents)
    if extract is not None:
        found: Iterable[Outcome] = (_read(document, extract) for document in documents)
    else:
        first = list(islice(documents, WORTH_IT))
        rest = chain(first, documents)
        alone = len(first) < WORTH_IT or _cores() < WORKERS or not _may_start_processes()
        found = (_read(document) for document in rest) if alone else _in_processes(rest)
    yield from found


def _read(document: Document, extract: Extract = default_extract) -> Outcome:
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


def _in_processes(documents: Iterator[Document]) -> Iterator[Outcome]:
    """The same by workers, which get a few documents at a time."""
    # Spawned, since a fork would copy the locks of other threads.
    pool = ProcessPoolExecutor(WORKERS, get_context("spawn"), initializer=_end_quietly)
    waiting: deque[Future[list[Outcome]]] = deque()
    try:
        while chunk := list(islice(documents, CHUNK)):
            waiting.append(pool.submit(_read_chunk, chunk))
            if len(waiting) > 2 * WORKERS:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as problem:
        raise FilmKGError("a process that read documents was ended from outside; out of memory?") from problem
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read_chunk(documents: list[Document]) -> list[Outcome]:
    return [_read(document) for document in documents]


def _end_quietly() -> None:
    """Lets Ctrl-C end a worker without a traceback; the main process speaks for all."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
