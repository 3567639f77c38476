"""Servers to compare: ours and the engine's own, each on a free port of this machine."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0


@contextmanager
def kg_serve(store: Path, *options: str) -> Iterator[int]:
    """The port of `kg serve` over a store."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        line = process.stderr.readline()
        found = re.search(r"127\.0\.0\.1:(\d+)", line)
        try:
            assert found, line
            yield int(found[1])
        finally:
            process.terminate()


@contextmanager
def oxigraph_serve(store: Path) -> Iterator[int]:
    """The port of the engine's own server over the same files."""
    graph = json.loads((store / "current").read_text(encoding="utf-8"))["graph"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    binary = Path(sysconfig.get_path("scripts")) / "oxigraph"
    command = [binary, "serve-read-only", "-l", store / graph, "-b", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", "/")
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
