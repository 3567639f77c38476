"""Questions to a store: named ones, files, SPARQL; with labels for parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.query.answer import Answer
from kg.query.catalogue import NamedQuery, Parameter, catalogue, find_query
from kg.query.names import terms_named
from kg.query.text import check, variables_in, with_values
from kg.rdf.names import PREFIXES
from kg.store import reading

if TYPE_CHECKING:
    from kg.store.access import Target

__all__ = ["Answer", "NamedQuery", "Parameter", "catalogue", "find_query", "run"]


def run(store: Target, query: str | NamedQuery, parameters: Mapping[str, str] | None = None) -> Answer:
    """The answer to a query: a name of the catalogue, the path of a file (`*.rq`), or SPARQL itself.

    Parameters are variables of the query, given by label (`film="Rain"`), by value (`1995`) or by IRI
    (`movie:rain`). The prefixes of film-kg need not be declared. Nothing is changed, no other server asked.
    """
    asked = query if isinstance(query, NamedQuery) else find_query(query)
    check(asked.name, asked.text)
    given = dict(parameters or {})
    _complete(asked, given)
    with reading(store) as held:
        values = {name: terms_named(held.quads, name, label) for name, label in given.items()}
        return _answer(held.quads, asked, with_values(asked.text, values))


def _complete(query: NamedQuery, given: Mapping[str, str]) -> None:
    """QueryError where a parameter is missing, or one is given that the query does not have."""
    missing = [each for each in query.parameters if not each.optional and each.name not in given]
    if missing:
        examples = " ".join(f'--param {each.name}="{each.example}"' for each in missing)
        raise QueryError(query.name, f"{query.name or 'this query'} needs {examples}")
    known = {each.name for each in query.parameters} or variables_in(query.text)
    for name in given:
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            raise QueryError(
                query.name, f"{query.name or 'this query'} has no parameter {name}; it has {names}"
            )


def _answer(quads: ox.Store, query: NamedQuery, text: str) -> Answer:
    try:
        result = quads.query(text, prefixes=PREFIXES)
        if isinstance(result, ox.QueryBoolean):
            return Answer(yes=bool(result))
        if isinstance(result, ox.QueryTriples):
            return Answer(triples=tuple(result))
        variables = tuple(variable.value for variable in result.variables)
        return Answer(variables, tuple(tuple(row) for row in result))
    except SyntaxError as problem:
        raise QueryError(query.name, str(problem)) from problem
    except (RuntimeError, ValueError) as problem:
        raise QueryError(query.name, f"the query cannot be answered: {problem}") from problem
    except OSError as problem:
        raise StoreError("store", f"the graph cannot be read: {problem}") from problem
