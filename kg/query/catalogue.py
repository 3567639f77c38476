"""The queries that have a name: in each file the first comment is the question, the next are parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError, reason
from kg.shipped import shipped

PARAMETER = re.compile(r'#\s*(\w+)\s*=\s*"([^"]*)"\s*(\(optional\))?\s*')
SUFFIX = ".rq"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the asker fills in, by a label: its name, an example, whether it may be left out."""

    name: str
    example: str
    optional: bool


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its name, the question that it answers in English, and its parameters."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    text: str


def catalogue() -> tuple[NamedQuery, ...]:
    """All shipped queries, by name."""
    return tuple(read_query(path) for path in sorted(shipped("queries").glob(f"*{SUFFIX}")))


def read_query(path: Path) -> NamedQuery:
    """The query in a file; QueryError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise QueryError(str(path), f"{path}: {reason(problem)}") from problem
    except UnicodeDecodeError as problem:
        raise QueryError(str(path), f"{path}: not valid UTF-8") from problem
    return _parsed(path.stem, text)


def _parsed(name: str, text: str) -> NamedQuery:
    comments: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        comments.append(line)
    parameters = tuple(
        Parameter(found[1], found[2], bool(found[3]))
        for line in comments
        if (found := PARAMETER.fullmatch(line))
    )
    question = next((line.strip("# ") for line in comments if not PARAMETER.fullmatch(line)), "")
    return NamedQuery(name, question, parameters, text)


def find_query(wanted: str) -> NamedQuery:
    """The query that a name, the path of a file, or SPARQL itself stands for."""
    if wanted.endswith(SUFFIX):
        return read_query(Path(wanted))
    if re.search(r"[\s{]", wanted):
        return _parsed("", wanted)
    path = shipped("queries") / f"{wanted}{SUFFIX}"
    if path.parent == shipped("queries") and path.is_file():
        return read_query(path)
    names = [query.name for query in catalogue()]
    close = get_close_matches(wanted, names, 1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"
    raise QueryError(wanted, f"{wanted}: no query has this name; {hint}")
