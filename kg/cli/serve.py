"""The command that serves a graph: serve."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from kg.cli import console
from kg.cli.graph import STORE, Store
from kg.cli.texts import size

ORIGIN = re.compile(r"\*|https?://[^\s/?#]+", re.IGNORECASE)
LEAST_MEMORY = 200_000_000
"""With less than this a worker does not start."""


Port = Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")]
Host = Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")]
Timeout = Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")]
Workers = Annotated[int, typer.Option(min=1, help="Queries at a time, each in a process.")]
Queue = Annotated[int, typer.Option(min=0, help="Queries that may wait for their turn.")]
MaxRequest = Annotated[str, typer.Option(metavar="SIZE", help="The largest request.")]
MaxResult = Annotated[str, typer.Option(metavar="SIZE", help="The largest result.")]
Memory = Annotated[str, typer.Option(metavar="SIZE", help="What each process may use.")]
Cors = Annotated[
    list[str] | None, typer.Option(metavar="ORIGIN", help="A site whose pages may ask; may be repeated.")
]
AllowHost = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="A further name of this server; may be repeated.")
]


def register(app: typer.Typer) -> None:
    """Adds the command of this module to `app`."""
    app.command()(serve)


def serve(
    store: Store = STORE,
    port: Port = 8000,
    host: Host = "127.0.0.1",
    timeout: Timeout = 30,
    workers: Workers = 4,
    queue: Queue = 100,
    max_request: MaxRequest = "1MB",
    max_result: MaxResult = "100MB",
    memory: Memory = "2GB",
    cors: Cors = None,
    allow_host: AllowHost = None,
) -> None:
    """Serve a graph over HTTP: SPARQL 1.1 at /sparql, a page at /.

    Only to read, and only for this machine unless --host says otherwise. A query over a limit is stopped, and
    others go on beside it. What kg build changes meanwhile is seen by the next query. Ctrl-C ends it.

    \b
    Examples:
      kg serve --store films
      kg serve --port 8080 --timeout 60 --max-result 1GB
      kg serve --cors https://yasgui.org
      kg serve --host 0.0.0.0 --allow-host films.example.org
    """
    from kg.http.limits import Limits
    from kg.http.server import serve as serve_graph

    check_origins(cors or [])
    limits = Limits(timeout, workers, queue, size(max_request), size(max_result), memory_size(memory))
    serve_graph(
        store,
        host,
        port,
        limits=limits,
        names=allow_host or [],
        origins=cors or [],
        on_start=lambda url: console.say(f"Serving {store} at {url} (SPARQL at {url}sparql); Ctrl-C ends it"),
    )


def check_origins(origins: list[str]) -> None:
    """A usage error where one is no origin of pages."""
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise typer.BadParameter(f"{origin!r} is no origin; write https://example.org")


def memory_size(text: str) -> int:
    """The bytes that a worker may use; a usage error where it could not start."""
    if size(text) < LEAST_MEMORY:
        raise typer.BadParameter(f"--memory {text} is too little; {LEAST_MEMORY // 1_000_000}MB is the least")
    return size(text)
