"""The process of `kg serve`: its socket, its signals, its end."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from kg.errors import FilmKGError, reason
from kg.http.app import application
from kg.http.connections import Connection
from kg.http.limits import Limits
from kg.http.pool import Pool
from kg.store import reading

MOST_CONNECTIONS = 1000
GRACE = 3


def serve(
    store: Path,
    host: str,
    port: int,
    *,
    limits: Limits,
    names: Sequence[str] = (),
    origins: Sequence[str] = (),
    on_start: Callable[[str], None] = lambda url: None,
) -> None:
    """Serves a store until the process is told to end (Ctrl-C, SIGTERM).

    `names` are further host names that clients may use; pages of the `origins` may ask from a browser.
    `on_start` is told the URL. Raises StoreError where there is no graph, FilmKGError where the port is
    taken.
    """
    with reading(store):
        pass
    listener = _listener(host, port)
    pool = Pool(str(store), limits)
    config = uvicorn.Config(
        application(pool, [host, *names], origins),
        http=Connection,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=GRACE,
    )
    _quieten()
    on_start(_url(host, listener.getsockname()[1]))
    # uvicorn raises the signal again that ended it; to be ended so is what a server is for.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    Server(config, pool).run([listener])


class Server(uvicorn.Server):
    """uvicorn's server, which ends the queries first when it is told to end."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self._pool = pool

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets nobody wait for an answer any longer."""
        await self._pool.close()
        await super().shutdown(sockets)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=MOST_CONNECTIONS)
    except (OSError, OverflowError) as problem:
        why = reason(problem) if isinstance(problem, OSError) else "no such port"
        raise FilmKGError(f"{_url(host, port)}: cannot listen: {why}") from problem
    # asyncio does this only for sockets that it made itself: without, each answer waits 40 ms for the next.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _quieten() -> None:
    """Drops what uvicorn logs of responses broken off on purpose, and of requests that are no HTTP."""
    log = logging.getLogger("uvicorn.error")
    log.setLevel(logging.ERROR)
    log.addFilter(lambda record: "without completing response" not in record.getMessage())
