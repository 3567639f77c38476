"""The queries that have a name. The comments at the head of a file are its documentation:

# Who is in a film, and in which part?              the question
# film = any film, such as "Chinatown"              a parameter that may be left out
# person = a person, such as "Faye Dunaway"         one that must be given
# films = 2                                         one with a default
# Answer: a part a row, by actor.                   what comes back
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError, reason
from kg.query.tokens import tokens
from kg.shipped import shipped

PARAMETER = re.compile(r'#\s*(\w+)\s*=\s*(?:(any|an?)\s+([\w ]+?),\s*such as\s*)?(?:"([^"]*)"|(-?\d+))\s*')
ANSWER = re.compile(r"#\s*Answer:\s*(.*)")
SUFFIX = ".rq"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the asker fills in.

    Its kind (film, person, genre, number, …), an example, whether it may be left out, and what it is then:
    '' for anything.
    """

    name: str
    example: str
    optional: bool
    kind: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its name, the question that it answers in English, its parameters, and its answer."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    text: str
    answer: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its rows, as its SELECT names them."""
        found = list(tokens(self.text))
        words = [token[0].upper() for token in found]
        start = words.index("SELECT") if "SELECT" in words else len(words)
        end = next((n for n in range(start, len(words)) if words[n] in {"WHERE", "{"}), start)
        columns: list[str] = []
        depth = 0
        for n in range(start, end):
            depth += {"(": 1, ")": -1}.get(words[n], 0)
            # Of (COUNT(?film) AS ?films), the name behind AS.
            if found[n].lastgroup == "variable" and (depth == 0 or words[n - 1] == "AS"):
                columns.append(found[n][0][1:])
        return tuple(columns)


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
    """A query with what the comments at its head say."""
    question, answer = "", ""
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if found := PARAMETER.fullmatch(line):
            parameters.append(_parameter(found))
        elif found := ANSWER.fullmatch(line):
            answer = found[1]
        elif not question:
            question = line.strip("# ")
    return NamedQuery(name, question, tuple(parameters), text, answer)


def _parameter(found: re.Match[str]) -> Parameter:
    """`any film, …` may be left out, `a film, …` may not; `2` and `"Rain"` are defaults."""
    name, article, kind, quoted, number = found.groups()
    example = number if quoted is None else quoted
    if article:
        return Parameter(name, example, article == "any", kind)
    return Parameter(name, example, True, "number" if number else "", example)


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
    hint = f"did you mean {close[0]}?" if close else "kg query lists the names"
    raise QueryError(wanted, f"{wanted}: no query has this name; {hint}")
