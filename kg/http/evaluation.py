"""A query answered by the engine, in the format that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.http.description import PREFIXES as DESCRIPTION_PREFIXES
from kg.http.description import description
from kg.http.negotiation import GRAPHS, RESULTS
from kg.http.question import Question
from kg.http.refusals import RefusedError
from kg.http.result import BegunError, Result
from kg.query.service import KEYWORD
from kg.query.text import check
from kg.rdf.names import PREFIXES

WITH_PREFIXES = {ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML}
"""Where prefixes are worth that the triples pass through Python."""


def answer(question: Question, quads: ox.Store, most: int) -> None:
    """Sends what a question finds, but no more than `most` bytes.

    Raises QueryError or RefusedError where the question is to blame, StoreError where the store is.
    """
    if question.endpoint:
        _send_graph(description(question.endpoint, quads), question, most, DESCRIPTION_PREFIXES)
        return
    if question.page:
        _send_page(question, quads, most)
        return
    if KEYWORD.search(question.query):
        check("", question.query)
    try:
        found = quads.query(
            question.query,
            prefixes=PREFIXES,
            default_graph=_graphs(question.default_graphs),
            named_graphs=_graphs(question.named_graphs),
        )
        if isinstance(found, ox.QueryTriples):
            _send_graph(found, question, most, PREFIXES)
        else:
            _send_rows(found, question, most)
    except SyntaxError as problem:
        check("", question.query)
        raise QueryError("", str(problem)) from problem
    except (RuntimeError, ValueError) as problem:
        raise QueryError("", f"the query cannot be answered: {problem}") from problem
    except OSError as problem:
        raise StoreError("store", f"the graph cannot be read: {problem}") from problem


def _send_page(question: Question, quads: ox.Store, most: int) -> None:
    """A page for people, drawn here: what it asks the graph is stopped at the limits like any query."""
    # A worker that only answers queries needs no templates.
    from kg.http.page import draw

    reply = draw(question.page, question.given, quads)
    result = Result(reply.media_type, most, question.head_only)
    with suppress(BegunError):
        reply.write(cast(IO[bytes], result))
    result.end()


def _graphs(iris: tuple[str, ...] | None) -> Any:
    """The graphs as the engine wants them; ValueError where one is no IRI."""
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _send_rows(found: ox.QuerySolutions | ox.QueryBoolean, question: Question, most: int) -> None:
    """Rows, or yes or no."""
    result = Result(_agreed(question.results, RESULTS), most, question.head_only)
    with suppress(BegunError):
        found.serialize(cast(IO[bytes], result), ox.QueryResultsFormat.from_media_type(question.results))
    result.end()


def _send_graph(
    triples: Iterable[ox.Triple], question: Question, most: int, prefixes: dict[str, str]
) -> None:
    """Triples, natively where nothing is gained from prefixes."""
    result = Result(_agreed(question.graph, GRAPHS), most, question.head_only)
    format_ = ox.RdfFormat.from_media_type(question.graph)
    out = cast(IO[bytes], result)
    with suppress(BegunError):
        if isinstance(triples, ox.QueryTriples) and format_ not in WITH_PREFIXES:
            triples.serialize(out, format_)
        else:
            ox.serialize(triples, out, format_, prefixes=prefixes)
    result.end()


def _agreed(media_type: str, offered: tuple[str, ...]) -> str:
    """The content type of the answer; a refusal where the client takes none of what its query can give."""
    if not media_type:
        raise RefusedError(406, f"this query can be answered as {', '.join(reversed(offered))}")
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
