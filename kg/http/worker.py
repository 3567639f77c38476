"""A process that answers questions, one at a time, and may be killed at any moment.

Run as `python -m kg.http.worker STORE LIMITS`; questions come in on stdin and answers go out on stdout, as
frames. A query that breaks the parser (nested too deep for its stack) ends this process and no other.
"""

from __future__ import annotations

import json
import select
import sys
from contextlib import suppress

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.http.confine import deny_sockets, limit_memory, limit_time
from kg.http.evaluation import answer
from kg.http.frames import read_frame
from kg.http.limits import Limits
from kg.http.question import Question
from kg.http.refusals import RefusedError
from kg.http.result import refuse
from kg.store import Snapshot, snapshot

IDLE = 1.0
"""After so many seconds without a question a worker sees what it could let go of."""


class Current:
    """The graph as the last build left it."""

    def __init__(self, store: str) -> None:
        self._store = store
        self._snapshot: Snapshot | None = None

    def quads(self) -> ox.Store:
        """The quads, of a newer graph than last time where there is one; StoreError where there is none."""
        if self._snapshot is None or not self._snapshot.is_current():
            before, self._snapshot = self._snapshot, snapshot(self._store)
            if before is not None:
                before.close()
        return self._snapshot.quads

    def let_go(self) -> None:
        """Closes a graph that is no longer current: while it is open, it stays on the disk."""
        with suppress(StoreError):
            if self._snapshot is not None and not self._snapshot.is_current():
                self._snapshot.close()
                self._snapshot = None


def respond(question: Question, graph: Current, most: int) -> None:
    """Sends a result, or why there is none."""
    try:
        answer(question, graph.quads(), most)
    except RefusedError as refusal:
        refuse(refusal.status, refusal.problem)
    except QueryError as error:
        refuse(400, error.problem)
    except StoreError as error:
        refuse(503, error.problem)
    except MemoryError:
        refuse(500, "the query needs more memory than this server gives (--memory)")


def main() -> None:
    """Answers until there are no more questions."""
    store, limits_text = sys.argv[1:]
    limits = Limits(**json.loads(limits_text))
    limit_memory(limits.memory)
    deny_sockets()
    graph = Current(store)
    while True:
        while not select.select([sys.stdin], [], [], IDLE)[0]:
            graph.let_go()
            # The first page would wait for these imports, the first query must not.
            import kg.http.page  # noqa: F401
        text = read_frame(sys.stdin.buffer)
        if text is None:
            return
        limit_time(limits.timeout)
        respond(Question.from_json(text), graph, limits.max_result)


if __name__ == "__main__":
    main()
