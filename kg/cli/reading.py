"""Reads many documents with as many processes as there are cores to spare, in the order they came in."""

from __future__ import annotations

import json
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context

from kg.errors import DocumentError, FilmKGError
from kg.model import Document

WORKERS = 2
"""A model in memory each; more of them wait for memory rather than for arithmetic."""
WORTH_IT = 4
"""Fewer documents are read here, sooner than a second process has loaded the model."""
AHEAD = 8
"""Documents on their way for each worker: enough while one of them is long, and never a whole corpus."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The fact lines of one document, or why there are none; `fatal` problems are not the document's."""

    lines: tuple[str, ...]
    problem: str = ""
    fatal: bool = False


def read(document: Document, min_confidence: float) -> Reading:
    """What one document says, as fact lines. Errors come back as text: they also cross process borders."""
    from kg.extract import extract_document
    from kg.facts import confidence_of, fact_line, facts_of

    try:
        facts = facts_of(extract_document(document).claims)
    except DocumentError as error:
        return Reading((), str(error))
    except FilmKGError as error:
        return Reading((), str(error), fatal=True)
    sure = (fact for fact in facts if confidence_of(fact) >= min_confidence)
    return Reading(tuple(json.dumps(fact_line(fact), ensure_ascii=False) for fact in sure))


def read_all(documents: Iterable[Document], min_confidence: float) -> Iterator[Reading]:
    """The readings of all documents, in their order; few of them in this process, many in several."""
    documents = iter(documents)
    first = list(islice(documents, WORTH_IT))
    job = partial(read, min_confidence=min_confidence)
    workers = min(WORKERS, _cores())
    if len(first) < WORTH_IT or workers < 2:
        yield from map(job, chain(first, documents))
    else:
        yield from _in_processes(job, chain(first, documents), workers)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_processes(job: partial[Reading], documents: Iterator[Document], workers: int) -> Iterator[Reading]:
    """The same from `workers` processes, with no more documents on their way than keep these busy."""
    # Spawned, since a fork would copy the locks of the thread that draws the progress bar.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_quietly)
    waiting: deque[Future[Reading]] = deque()
    try:
        for document in documents:
            waiting.append(pool.submit(job, document))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise FilmKGError("a process that read documents was ended from outside; out of memory?") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _end_quietly() -> None:
    """Lets Ctrl-C end a worker without a traceback; the main process speaks for all."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
