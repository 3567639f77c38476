"""`kg serve` in a process of its own, for tests, and requests to it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from invented import reads

from kg.build import build

PATIENCE = 60
JSON = "application/sparql-results+json"
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""A query that no machine answers while a test waits, over a store of any size."""


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers["content-type"].partition(";")[0]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a result in JSON, as plain strings."""
        assert self.status == 200, self.text
        bindings = json.loads(self.body)["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in bindings]


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[str]
    port: int

    def request(
        self, method: str, path: str, content: bytes | Iterator[bytes] | None = None, /, **headers: str
    ) -> Reply:
        """One request; `content_type="…"` is the header Content-Type."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, content, named)
            reply = connection.getresponse()
            found = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, found, reply.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str = JSON, **parameters: str) -> Reply:
        """A query by GET."""
        return self.request("GET", f"/sparql?{urlencode({'query': query, **parameters})}", accept=accept)

    def post(self, query: str, accept: str = JSON) -> Reply:
        """A query as the body of a POST."""
        return self.request(
            "POST", "/sparql", query.encode(), accept=accept, content_type="application/sparql-query"
        )

    def workers(self) -> set[int]:
        """The process ids of its workers."""
        return {pid for pid, parent in processes().items() if parent == self.process.pid}


def running(pids: set[int]) -> set[int]:
    """Those of some processes that still run."""
    return pids & processes().keys()


def processes() -> dict[int, int]:
    """The parent of each process that is more than an entry in a table."""
    command = ["ps", "-A", "-o", "pid=,ppid=,stat="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = (line.split() for line in listed.splitlines())
    return {int(pid): int(parent) for pid, parent, state in lines if not state.startswith("Z")}


@contextmanager
def served(store: Path, *options: str, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server on a free port of this machine, ended afterwards; it must not have said anything more."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    )
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert port, line + process.stderr.read()
        yield Server(process, int(port[1]))
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=PATIENCE)[1]
    assert rest == ""


def store_at(folder: Path, *facts: str) -> Path:
    """A store on disk with one document of these facts (see invented.py)."""
    add(folder / "store", facts, "first.txt")
    return folder / "store"


def add(store: Path, facts: tuple[str, ...] | list[str], name: str) -> None:
    """Builds a store with one more document."""
    document = store.parent / name
    document.write_text("\n".join(facts), encoding="utf-8")
    build([document], store, extract=reads, fingerprint="test", add=True)


def many(count: int) -> list[str]:
    """So many facts."""
    return [f"Film {n}/Film | director | Person {n % 50}/Person" for n in range(count)]


def status_line(raw: bytes) -> int:
    """The status of a response that came over a plain socket."""
    return int(raw.split(b" ", 2)[1])
