"""The SPARQL 1.1 Protocol, from the request to the question."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from kg.http.limits import Limits
from kg.http.refusals import RefusedError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
CLOSE = {"Connection": "close"}
MOST_PARAMETERS = 1000
DROPPED = 10
"""Of a body that is too large, so many times the limit is read before the connection is closed."""
READ_ONLY = "this endpoint only reads; documents change the graph (kg build)"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs of its dataset; None leaves these to the query."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


async def read_request(scope: Scope, receive: Receive, limits: Limits) -> Asked | None:
    """What a request asks; None where it is a GET without a query. RefusedError where it breaks the rules."""
    method = scope["method"]
    if method not in METHODS:
        allowed = ", ".join(METHODS)
        raise RefusedError(405, f"{method} is none of {allowed}", {**CLOSE, "Allow": allowed})
    if len(scope["query_string"]) > limits.max_request:
        raise RefusedError(414, f"the request is longer than {limits.max_request} bytes (--max-request)")
    parameters = _parameters(scope["query_string"])
    if method != "POST":
        return _asked(parameters) if parameters.keys() & {"query", "update"} else None
    headers = Headers(scope=scope)
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    refusal = _refusal(headers, media_type, limits)
    if refusal and headers.get("expect"):
        raise refusal
    body = await _body(receive, limits)
    if refusal:
        raise refusal
    if media_type == FORM:
        return _asked(_parameters(body))
    if "query" in parameters:
        raise RefusedError(400, "the query stands both in the URL and in the body")
    return _asked({**parameters, "query": [_text(body)]})


async def read_form(scope: Scope, receive: Receive, limits: Limits) -> dict[str, str]:
    """What the URL and the form of a request give, each name once. RefusedError as for a query."""
    if len(scope["query_string"]) > limits.max_request:
        raise RefusedError(414, f"the request is longer than {limits.max_request} bytes (--max-request)")
    parameters = _parameters(scope["query_string"])
    if scope["method"] == "POST":
        headers = Headers(scope=scope)
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        refusal = _refusal(headers, media_type, limits)
        body = await _body(receive, limits)
        if refusal or media_type != FORM:
            raise refusal or RefusedError(415, f"the body must be {FORM}", CLOSE)
        parameters.update(_parameters(body))
    return {name: values[0] for name, values in parameters.items()}


def _asked(parameters: Mapping[str, Sequence[str]]) -> Asked:
    """The question in some parameters."""
    if "update" in parameters:
        raise RefusedError(400, READ_ONLY)
    queries = parameters.get("query", ())
    if len(queries) != 1:
        raise RefusedError(400, f"there must be one query, not {len(queries)}")
    default, named = (parameters.get(f"{kind}-graph-uri") for kind in ("default", "named"))
    if default is None and named is None:
        return Asked(queries[0])
    return Asked(queries[0], tuple(default or ()), tuple(named or ()))


def _parameters(text: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(_text(text), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError as problem:
        raise RefusedError(400, f"the parameters cannot be read: {problem}") from problem


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as problem:
        raise RefusedError(400, "the request is not valid UTF-8") from problem


def _refusal(headers: Headers, media_type: str, limits: Limits) -> RefusedError | None:
    """What a header shows to be wrong with the body."""
    if media_type == UPDATE:
        return RefusedError(415, READ_ONLY, CLOSE)
    if media_type not in {FORM, QUERY}:
        return RefusedError(415, f"the body must be {QUERY} or {FORM}", CLOSE)
    if headers.get("content-encoding", "identity").lower() != "identity":
        return RefusedError(415, "the body must not be compressed", {**CLOSE, "Accept-Encoding": "identity"})
    if int(headers.get("content-length", "0")) > limits.max_request:
        return _too_large(limits)
    return None


async def _body(receive: Receive, limits: Limits) -> bytes:
    """The body, if it is short enough and comes soon enough.

    Of one that is too large some more is read and dropped: most clients read no answer before they have sent
    all.
    """
    body = bytearray()
    size = 0
    try:
        async with asyncio.timeout(limits.timeout):
            more = True
            while more and size <= limits.max_request * DROPPED:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RefusedError(400, "the request broke off", CLOSE)
                more = message.get("more_body", False)
                size += len(message.get("body", b""))
                if size <= limits.max_request:
                    body += message.get("body", b"")
    except TimeoutError as problem:
        problem_text = f"the request did not arrive within {limits.timeout:g} seconds"
        raise RefusedError(408, problem_text, CLOSE) from problem
    if size > limits.max_request:
        raise _too_large(limits)
    return bytes(body)


def _too_large(limits: Limits) -> RefusedError:
    return RefusedError(413, f"the request is larger than {limits.max_request} bytes (--max-request)", CLOSE)
