"""What the server and a worker say to each other: frames of a kind, a length and so many bytes."""

from __future__ import annotations

import struct
from asyncio import StreamReader
from typing import BinaryIO

HEAD = struct.Struct(">cI")

ASK = b"A"
"""To the worker, a question as JSON. It answers with these, in this order:"""
START = b"S"
"""the media type of the result,"""
DATA = b"D"
"""a piece of it, any number of times,"""
END = b"E"
"""nothing more. Or, at any point and as the last:"""
REFUSAL = b"R"
"""the HTTP status and why, as JSON."""


def frame(kind: bytes, payload: bytes | bytearray = b"") -> bytes:
    """The bytes of a frame."""
    return HEAD.pack(kind, len(payload)) + payload


async def next_frame(stream: StreamReader) -> tuple[bytes, bytes]:
    """The kind and the payload of the next frame; IncompleteReadError where the other side has ended."""
    kind, length = HEAD.unpack(await stream.readexactly(HEAD.size))
    return kind, await stream.readexactly(length) if length else b""


def read_frame(file: BinaryIO) -> bytes | None:
    """The payload of the next frame; None where the other side has ended."""
    head = file.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    return file.read(HEAD.unpack(head)[1])
