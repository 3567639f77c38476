"""SPARQL as text: what it must not hold, and values put into it. Never by a prepared query, which would
make rdflib evaluate it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.service import parse
from kg.query.syntax import in_words
from kg.query.tokens import prefixes_in, tokens
from kg.rdf.names import PREFIXES
from kg.rdf.turtle import Terms

GIVEN = re.compile(r"^([ \t]*)# given: (.*)\n", re.MULTILINE)
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
FORMS = frozenset({"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"})

Term = ox.NamedNode | ox.Literal


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
        raise QueryError(name, in_words(str(problem), text)) from problem


def with_prefixes(text: str) -> str:
    """The query with a declaration of each prefix of ours that it uses, so that it runs anywhere."""
    used = {found[0].partition(":")[0] for found in tokens(text) if found.lastgroup == "prefixed"}
    needed = [name for name in PREFIXES if name in used - prefixes_in(text).keys()]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in needed) + text


def with_values(text: str, values: Mapping[str, Sequence[Term]]) -> str:
    """The query with its variables bound to some terms, at the start of its outermost pattern.

    Or wherever it has a line `# given: ?film ?person` that names them: a part that would else be worked out
    for all films and people.
    """
    terms = Terms()
    bound = {
        f"?{name}": f"VALUES ?{name} {{ {' '.join(map(terms.of, given))} }}" for name, given in values.items()
    }
    elsewhere: set[str] = set()

    def given_here(found: re.Match[str]) -> str:
        names = [name for name in found[2].split() if name in bound]
        elsewhere.update(names)
        return "".join(f"{found[1]}{bound[name]}\n" for name in names)

    text = GIVEN.sub(given_here, text)
    start = _start_of_pattern(text)
    lines = "".join(f"\n  {line}" for name, line in bound.items() if name not in elsewhere)
    return text[:start] + lines + text[start:]


def _start_of_pattern(text: str) -> int:
    """The place behind the brace that opens the outermost pattern of a query."""
    depth = 0
    words = [found[0].upper() for found in tokens(text) if found.lastgroup == "word"]
    seen_where = "WHERE" not in words
    for found in tokens(text):
        if found[0] == "{" and seen_where and depth == 0:
            return found.end()
        if found.lastgroup == "word" and found[0].upper() == "WHERE" and depth == 0:
            seen_where = True
        depth += {"{": 1, "}": -1}.get(found[0], 0)
    return len(text)
