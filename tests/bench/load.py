"""Clients that ask a server all at once, and what they met.

    python -m tests.bench.load --clients 200 --seconds 60

starts `kg serve` over a store of its own and checks every answer.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from .films import QUERIES, film_store
from .server import kg_serve

PROCESSES = 2
PATIENCE = 60.0


@dataclass
class Met:
    """Seconds to each answer, and how often which status came; `wrong` counts answers that were not right."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: int = 0

    def __iadd__(self, other: Met) -> Met:
        self.seconds += other.seconds
        self.statuses += other.statuses
        self.wrong += other.wrong
        return self

    def percentile(self, share: float) -> float:
        """Milliseconds in which so many of the answers were there."""
        return sorted(self.seconds)[int(len(self.seconds) * share)] * 1000


@dataclass(frozen=True)
class Client:
    """Asks some queries in turn on one connection, for so long; knows how many rows each must have."""

    port: int
    path: str
    queries: Sequence[str]
    rows: Sequence[int]
    seconds: float

    def run(self) -> Met:
        met = Met()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        until = time.perf_counter() + self.seconds
        turn = 0
        while time.perf_counter() < until:
            which = turn % len(self.queries)
            turn += 1
            start = time.perf_counter()
            target = f"{self.path}?query={quote(self.queries[which])}"
            connection.request("GET", target, headers={"Accept": "application/sparql-results+json"})
            reply = connection.getresponse()
            body = reply.read()
            met.statuses[reply.status] += 1
            if reply.status == 200:
                met.seconds.append(time.perf_counter() - start)
                met.wrong += len(json.loads(body)["results"]["bindings"]) != self.rows[which]
            elif reply.status == 503 and reply.getheader("Retry-After"):
                time.sleep(float(reply.getheader("Retry-After") or 1))
            else:
                met.wrong += 1
        connection.close()
        return met


def load(clients: Sequence[Client]) -> Met:
    """What all clients met, who run in threads of a few processes."""
    met = Met()
    with multiprocessing.Pool(PROCESSES) as processes:
        for each in processes.map(_run, [clients[n::PROCESSES] for n in range(PROCESSES)]):
            met += each
    return met


def _run(clients: Sequence[Client]) -> Met:
    met = Met()
    if clients:
        with ThreadPoolExecutor(len(clients)) as threads:
            for each in threads.map(Client.run, clients):
                met += each
    return met


def main(
    clients: Annotated[int, typer.Option(help="Clients at a time.")] = 200,
    seconds: Annotated[float, typer.Option(help="How long they ask.")] = 60,
) -> None:
    """Let many clients ask at once; every answer must be right, or 503 with Retry-After."""
    with tempfile.TemporaryDirectory() as folder:
        store, rows = film_store(Path(folder))
        with kg_serve(store) as port:
            each = Client(port, "/sparql", QUERIES, rows, seconds)
            met = load([each] * clients)
    print(f"statuses {dict(met.statuses)}, wrong {met.wrong}")
    print(f"answers in {met.percentile(0.5):.0f} ms (median), {met.percentile(0.95):.0f} ms (95 %)")
    raise typer.Exit(1 if met.wrong else 0)


if __name__ == "__main__":
    typer.run(main)
