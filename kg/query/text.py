"""SPARQL as text: what it must not hold, and values put into it. Never by a prepared query, which would
make rdflib evaluate it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.service import parse
from kg.rdf.names import PREFIXES

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<prefixed>[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[@]?\w+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
FORMS = frozenset({"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"})
PLACE = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)

Term = ox.NamedNode | ox.Literal


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of a query, without comments and blanks."""
    for found in TOKEN.finditer(text):
        if found.lastgroup != "comment" and not found[0].isspace():
            yield found


def check(name: str, text: str) -> None:
    """QueryError where the text is no query, would change something, or would ask another server."""
    words = [found[0].upper() for found in tokens(text) if found.lastgroup in {"word", "prefixed"}]
    form = next((word for word in words if word in FORMS | UPDATES), "")
    if form in UPDATES:
        raise QueryError(
            name, f"{form} changes the graph; queries only read it (documents change it: kg build)"
        )
    try:
        parse(text)
    except SyntaxError as problem:
        if any("SERVICE" in word for word in words):
            raise QueryError(name, "SERVICE asks another server, which is not allowed here") from problem
        raise QueryError(name, in_words(str(problem))) from problem


def in_words(problem: str) -> str:
    """What the parser found wrong, and where."""
    found = PLACE.search(problem)
    if not found:
        return problem
    place = f"line {found[1]}, column {found[2]}"
    # The parser lists every character that could have gone on with the name as well.
    if "Prefix not found" in found[3]:
        return f"{place}: the prefix before this is not declared; known without PREFIX: {', '.join(PREFIXES)}"
    return f"{place}: {' '.join(found[3].split())}"


def variables_in(text: str) -> set[str]:
    """The names of the variables that a query uses."""
    return {found[0][1:] for found in tokens(text) if found.lastgroup == "variable"}


def with_values(text: str, values: Mapping[str, Sequence[Term]]) -> str:
    """The query with its variables bound to some terms, each written by Oxigraph itself.

    They stand at the start of the outermost pattern, on its line, so that later errors name the right lines.
    """
    bindings = " ".join(f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}" for name, terms in values.items())
    if not bindings:
        return text
    depth_before_where = 0
    has_where = any(found[0].upper() == "WHERE" for found in tokens(text) if found.lastgroup == "word")
    seen_where = not has_where
    for found in tokens(text):
        if found[0] == "{" and seen_where and depth_before_where == 0:
            return f"{text[: found.end()]} {bindings} {text[found.end() :]}"
        if found.lastgroup == "word" and found[0].upper() == "WHERE" and depth_before_where == 0:
            seen_where = True
        depth_before_where += {"{": 1, "}": -1}.get(found[0], 0)
    return text
