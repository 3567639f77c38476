"""The errors that film-kg raises; each names what and where, so that one line tells a person what to mend."""

from __future__ import annotations

from pathlib import Path


class FilmKGError(Exception):
    """Anything film-kg refuses to do, with a message for a person."""

    def __reduce__(self) -> tuple[object, ...]:
        # errors come back from worker processes; their constructors take other things than their message
        return _remade, (type(self), self.args, self.__dict__)


def _remade(kind: type[FilmKGError], args: tuple[object, ...], state: dict[str, object]) -> FilmKGError:
    """The error that another process pickled."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


def reason(problem: OSError) -> str:
    """Why the system refused, in its own words: `permission denied`."""
    return (problem.strerror or str(problem)).lower()


class DocumentError(FilmKGError):
    """A document that cannot be read: `source` is its path or name."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem


class DocumentAccessError(DocumentError):
    """A document or folder that the system does not let us read: nobody knows what it says now."""


class OntologyError(FilmKGError):
    """A term of the ontology at `path` that is missing or contradicts another."""

    def __init__(self, path: Path | str, term: str, problem: str) -> None:
        super().__init__(f"{path}: {term}: {problem}")
        self.path = Path(path)
        self.term = term


class LexiconError(FilmKGError):
    """A row of the lexicon at `path`, line `line` (from 1), that says something impossible."""

    def __init__(self, path: Path | str, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path = Path(path)
        self.line = line
        self.problem = problem


class QueryError(FilmKGError):
    """A query that cannot be run: the query (or its name) and what is wrong with it."""

    def __init__(self, query: str, problem: str) -> None:
        super().__init__(problem)
        self.query = query
        self.problem = problem


class StoreError(FilmKGError):
    """A store that cannot be opened, read or written: `target` is its folder."""

    def __init__(self, target: Path | str, problem: str) -> None:
        super().__init__(f"{target}: {problem}")
        self.target = str(target)
        self.problem = problem
