"""Questions to a store: named ones, files, SPARQL; with names for parameters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.model import Document
from kg.query.answer import FORMATS, Answer, errors_of
from kg.query.catalogue import NamedQuery, Parameter, catalogue, find_query
from kg.query.evidence import Restriction, restricted
from kg.query.names import terms_named
from kg.query.terms import warnings
from kg.query.text import Term, check, with_prefixes, with_values
from kg.query.tokens import variables_in
from kg.rdf.names import PREFIXES
from kg.store import reading, snapshot

if TYPE_CHECKING:
    from kg.store.access import Target

__all__ = [
    "COMMON",
    "FORMATS",
    "Answer",
    "NamedQuery",
    "Parameter",
    "catalogue",
    "filled_in",
    "find_query",
    "run",
]

DOCUMENT, MIN_CONFIDENCE = "document", "min_confidence"
COMMON = (DOCUMENT, MIN_CONFIDENCE)
"""The parameters of all questions that say which facts they rest on."""


def run(store: Target, query: str | NamedQuery, parameters: Mapping[str, str] | None = None) -> Answer:
    """The answer to a query: a name of the catalogue, the path of a file (`*.rq`), or SPARQL itself.

    Parameters are variables of the query, given by label (`film="Rain"`), by value (`1995`) or by IRI
    (`movie:rain`); questions of the catalogue also take `document` and `min_confidence`. The prefixes of
    film-kg need not be declared. Nothing is changed, no other server asked. The answer is worked out while
    it is read. QueryError where the query or a parameter is wrong.
    """
    asked = _checked(query, parameters)
    held = snapshot(store)
    text = _filled(held.quads, asked, parameters or {})
    with errors_of(asked.name):
        result = held.quads.query(text, prefixes=PREFIXES)
    return Answer(asked.name, result, held, warnings(held.quads, asked.text))


def filled_in(store: Target, query: str | NamedQuery, parameters: Mapping[str, str] | None = None) -> str:
    """The query as it would be asked, with prefixes and parameters written into it: so it runs elsewhere.

    The store is only opened to look up names.
    """
    asked = _checked(query, parameters)
    given = parameters or {}
    if not given:
        return with_prefixes(_filled(ox.Store(), asked, given))
    with reading(store) as held:
        return with_prefixes(_filled(held.quads, asked, given))


def _checked(query: str | NamedQuery, parameters: Mapping[str, str] | None) -> NamedQuery:
    """The query, once nothing is wrong with its syntax and with the names of its parameters."""
    asked = query if isinstance(query, NamedQuery) else find_query(query)
    check(asked.name, asked.text)
    _complete(asked, parameters or {})
    return asked


def _complete(query: NamedQuery, given: Mapping[str, str]) -> None:
    """QueryError where a parameter is missing, or one is given that the query does not have."""
    missing = [each for each in query.parameters if not each.optional and each.name not in given]
    if missing:
        examples = " ".join(f'--param {each.name}="{each.example}"' for each in missing)
        raise QueryError(query.name, f"{query.name or 'this query'} needs {examples}")
    known = {each.name for each in query.parameters} or variables_in(query.text)
    for name in given:
        if name not in known and name not in COMMON:
            names = ", ".join(sorted(known)) or "none"
            raise QueryError(
                query.name, f"{query.name or 'this query'} has no parameter {name}; it has {names}"
            )


def _filled(quads: ox.Store, query: NamedQuery, given: Mapping[str, str]) -> str:
    """The query with what is given put into it."""
    own = {each.name: each for each in query.parameters}
    names = own.keys() or variables_in(query.text)
    wanted = {each.name: each.default for each in query.parameters if each.default}
    wanted.update({name: text for name, text in given.items() if name in names})
    values: dict[str, list[Term]] = {
        name: terms_named(quads, name, text, own[name].kind if name in own else "")
        for name, text in wanted.items()
    }
    text = restricted(query.name, query.text, _restriction(quads, given, names))
    return with_values(text, values)


def _restriction(quads: ox.Store, given: Mapping[str, str], own: Collection[str]) -> Restriction:
    """What is given of the common parameters, but for those that the query has itself."""
    common = {name: given[name] for name in COMMON if name in given and name not in own}
    document = ""
    if DOCUMENT in common:
        (id_,) = terms_named(quads, DOCUMENT, common[DOCUMENT], DOCUMENT)
        document = Document(id_.value, "").iri
    return Restriction(document, _confidence(common.get(MIN_CONFIDENCE, "0")))


def _confidence(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise QueryError(MIN_CONFIDENCE, f"{MIN_CONFIDENCE}: {text[:40]!r} is no number from 0 to 1")
    return number
