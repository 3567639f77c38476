"""A graph as one page: all of it in one file, nothing fetched, and what documents say only ever text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kg.errors import FilmKGError, reason
from kg.files import check_place
from kg.view.network import page_data
from kg.view.templates import filled

if TYPE_CHECKING:
    from kg.view.selection import Graph

HERE = Path(__file__).parent
PARTS = "dom data state shown places drawing labels finder turtle panel legend table page"
SCRIPTS = ("vis-network/vis-network.min.js", *(f"page/{part}.js" for part in PARTS.split()))
"""In the order in which they need each other."""
STYLE = "page/page.css"
TEMPLATE = "page.html.j2"
MARK = '<meta name="generator" content="film-kg">'
"""Stands near the start of each page: a file without it is not ours to replace."""
NEAR = 2000
# What ends a script element or a line of a script, and marks that turn the direction of text.
UNSAFE = re.compile("[<>&\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def check(path: Path, store: str) -> None:
    """FilmKGError where a page must not be written: over anything but a page, or into the store."""
    try:
        check_place(path, store)
        if not path.exists():
            return
        if not path.is_file():
            raise FilmKGError(f"{path}: is no plain file; choose another place")
        with path.open(encoding="utf-8", errors="replace") as file:
            start = file.read(NEAR)
    except OSError as problem:
        raise FilmKGError(f"{path}: cannot be read: {reason(problem)}") from problem
    if start and MARK not in start:
        raise FilmKGError(f"{path}: is no page that kg draw made; remove it or choose another name")


def page(graph: Graph, about: str = "", left_out: str = "") -> str:
    """The page of a graph: the same text for the same graph."""
    scripts = [_source(name) for name in SCRIPTS]
    style = _source(STYLE)
    data = page_data(graph)
    return filled(
        TEMPLATE,
        about=about[:200],
        left_out=left_out,
        mark=Markup(MARK),
        policy=policy(),
        data=Markup(script_json(data)),
        scripts=[Markup(script) for script in scripts],
        style=Markup(style),
        entities=len(data["nodes"]),
        facts=sum("derived" not in fact for fact in data["facts"]),
    )


def script_json(data: Any) -> str:
    """Data as JSON that can stand in a script element: nothing in it ends the element or is markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _source(name: str) -> str:
    """One of our files, as it stands in the page: a map of its source would be fetched."""
    text = (HERE / name).read_text(encoding="utf-8")
    return "".join(line for line in text.splitlines(True) if not line.startswith("//# sourceMappingURL="))


@lru_cache(maxsize=1)
def policy() -> str:
    """A Content-Security-Policy under which the scripts and style of a page run, and nothing is fetched."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(_hash(_source(name)) for name in SCRIPTS)}",
            f"style-src {_hash(_source(STYLE))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
