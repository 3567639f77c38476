"""`kg serve` beside the engine's own server, on the same store, with the same queries, in turns."""

from __future__ import annotations

import http.client
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from .films import QUERIES, film_store
from .load import Client, Met, load
from .row import Row
from .server import kg_serve, oxigraph_serve

SECONDS = 4.0
ROUNDS = 3
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def rows() -> Iterator[Row]:
    """Requests per second and latency for one and for eight clients; short queries beside a cartesian one."""
    with tempfile.TemporaryDirectory() as folder:
        store, counts = film_store(Path(folder))
        with kg_serve(store) as ours, oxigraph_serve(store) as peer:
            for clients in (1, 8):
                met = Met(), Met()
                for _ in range(ROUNDS):
                    for each, port, path in ((met[0], ours, "/sparql"), (met[1], peer, "/query")):
                        each += load([Client(port, path, QUERIES, counts, SECONDS)] * clients)
                yield from _compared(f"{clients} client{'s' if clients > 1 else ''}", *met)
        with kg_serve(store, "--timeout", str(SECONDS * 2)) as ours, ThreadPoolExecutor() as threads:
            slow = threads.submit(_status, ours)
            beside = load([Client(ours, "/sparql", QUERIES[:2], counts[:2], SECONDS)] * 2)
            note = f"2 clients; the cartesian query ended with {slow.result()}"
            yield Row("short queries beside a cartesian one, 95 %", beside.percentile(0.95), None, "ms", note)


def _compared(what: str, ours: Met, peer: Met) -> Iterator[Row]:
    time = SECONDS * ROUNDS
    wrong = f"wrong answers: {ours.wrong} and {peer.wrong}" if ours.wrong or peer.wrong else ""
    yield Row(f"{what}: requests", len(ours.seconds) / time, len(peer.seconds) / time, "1/s", wrong)
    for share, name in ((0.5, "median"), (0.95, "95 %")):
        yield Row(f"{what}: latency, {name}", ours.percentile(share), peer.percentile(share), "ms")


def _status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/sparql?query={quote(CARTESIAN)}")
    return connection.getresponse().status
