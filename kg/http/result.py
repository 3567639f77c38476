"""A result on its way from a worker to the server."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from kg.http import frames
from kg.http.refusals import RefusedError

CHUNK = 65536
OUT = 1
"""The file descriptor that the server reads."""


class BegunError(Exception):
    """The result has begun, and the client wanted to know no more."""


class Result:
    """The file that the engine writes to: sends in chunks, so that an early error has its own status still.

    Raises RefusedError where more is written than `limit` bytes.
    """

    def __init__(self, media_type: str, limit: int, head_only: bool) -> None:
        self._frames = bytearray(frames.frame(frames.START, media_type.encode()))
        self._chunk = bytearray()
        self._left = limit
        self._head_only = head_only

    def write(self, data: bytes) -> int:
        """Takes a piece of the result."""
        if self._head_only:
            raise BegunError
        self._left -= len(data)
        if self._left < 0:
            raise RefusedError(500, "the result is larger than this server sends (--max-result); add a LIMIT")
        self._chunk += data
        if len(self._chunk) >= CHUNK:
            self._send()
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        """Takes several pieces."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing: chunks are sent when they are full."""

    def end(self) -> None:
        """Sends what is left, and that this was all."""
        self._send(frames.frame(frames.END))

    def _send(self, then: bytes = b"") -> None:
        if self._chunk:
            self._frames += frames.frame(frames.DATA, self._chunk)
        send(self._frames + then)
        self._frames.clear()
        self._chunk.clear()


def refuse(status: int, problem: str) -> None:
    """Sends that there is no result, or no more of it."""
    send(frames.frame(frames.REFUSAL, json.dumps([status, problem]).encode()))


def send(data: bytes | bytearray) -> None:
    """Writes to the server, which takes it when its client does."""
    view = memoryview(data)
    while view:
        view = view[os.write(OUT, view) :]
