"""A page on its way: its media type, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from kg.http.templates import filled

HTML = "text/html; charset=utf-8"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """A media type, and what writes the body to a file; nothing has been written before it is called."""

    media_type: str
    write: Callable[[IO[bytes]], object]


def text(media_type: str, body: str) -> Reply:
    """A body that is there already."""
    return Reply(media_type, lambda out: out.write(body.encode("utf-8", "replace")))


def html(template: str, **values: Any) -> Reply:
    """A page from a template, in which all is escaped that is put into it."""
    return text(HTML, filled(template, **values))


def as_json(data: Any) -> Reply:
    """Data as JSON."""
    return text(JSON, json.dumps(data))
