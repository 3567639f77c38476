"""What people see: the page at /, those that a worker draws, and the files that they use."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.http.answering import respond
from kg.http.groups import grouped
from kg.http.negotiation import GRAPHS, chosen
from kg.http.pool import Pool
from kg.http.protocol import read_form
from kg.http.question import Question
from kg.http.refusals import RefusedError
from kg.http.templates import filled, page_of
from kg.query import catalogue
from kg.rdf.names import ID, PREFIXES

HERE = Path(__file__).parent
HTML = "text/html"
EDITOR_POLICY = "; ".join(
    (
        "default-src 'none'",
        "connect-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        # The editor underlines what it expected in its note on a line that is wrong: this one style, and
        # no other. What it places by script needs no exception.
        "style-src-attr 'unsafe-hashes' 'sha256-EntWS0hFrz2vH7susM+dPUxvHlL6sBswmM8K80E5oUk='",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class Drawn:
    """The ASGI application of a page that a worker draws with what the URL, or a form, gives."""

    def __init__(self, pool: Pool, name: str) -> None:
        self._pool = pool
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with the page, or with one that says why there is none."""
        accept = ", ".join(Headers(scope=scope).getlist("accept"))
        try:
            given = await read_form(scope, receive, self._pool.limits)
            given.update(scope.get("path_params", {}))
            if self._name == "entity" and (media_type := _triples(accept)):
                given["format"] = media_type
            question = Question(page=self._name, given=given, head_only=scope["method"] == "HEAD")
            # In a thread, as the policy of a drawing takes a while to import, once.
            headers = await asyncio.to_thread(_headers, self._name, given)
            await respond(self._pool, question, receive, send, headers)
        except RefusedError as refusal:
            await _refused(refusal, accept)(scope, receive, send)


def _headers(name: str, given: Mapping[str, str]) -> dict[str, str]:
    """What the browser is told beside the page."""
    if name == "graph":
        from kg.view.html import policy

        # Its scripts stand in the page: they run by their hashes, and nothing can be fetched.
        return {"Content-Security-Policy": f"{policy()}; frame-ancestors 'self'"}
    if name == "ask" and given.get("format"):
        suffix = "".join(c for c in given["format"] if c.isalpha())[:10]
        return {"Content-Disposition": f'attachment; filename="answer.{suffix}"'}
    return {}


def _triples(accept: str) -> str:
    """The RDF format that a client likes better than a page; '' where it likes a page best."""
    try:
        best = chosen(accept, (*GRAPHS, HTML)) if accept.strip() else HTML
    except ValueError as problem:
        raise RefusedError(400, f"the Accept header cannot be read: {problem}") from problem
    return "" if best in {HTML, ""} else best


def _refused(refusal: RefusedError, accept: str) -> Response:
    """The reason as a page for browsers, as a line of text for others."""
    if HTML in accept:
        page = filled("refusal.html.j2", problem=refusal.problem, status=refusal.status)
        return HTMLResponse(page, refusal.status, refusal.headers)
    return Response(f"error: {refusal.problem}\n", refusal.status, refusal.headers, "text/plain")


async def start_page(request: Request) -> HTMLResponse:
    """The page at /: an editor, and what can be asked. A query in the URL is only shown."""
    endpoint = f"{request.url.scheme}://{request.headers['host']}/sparql"
    query = request.query_params.get("query", "")
    page = filled(
        "start.html.j2", endpoint=endpoint, groups=grouped(catalogue()), query=query, prefixes=PREFIXES
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": EDITOR_POLICY, "Cache-Control": "no-cache"})


async def identifier(request: Request) -> RedirectResponse:
    """To the page of an entity, from the path that its IRI has under another host."""
    return RedirectResponse(page_of(ID + request.path_params["path"]), 303)


def routes(pool: Pool) -> list[BaseRoute]:
    """The paths of the pages."""
    methods = ["GET", "HEAD"]

    def drawn(path: str, name: str, *more: str) -> Route:
        app: ASGIApp = Drawn(pool, name)
        return Route(path, app, methods=[*methods, *more])

    return [
        Route("/", start_page),
        Route("/id/{path:path}", identifier),
        drawn("/entity", "entity"),
        drawn("/search", "search"),
        drawn("/terms.json", "terms"),
        drawn("/ask", "ask", "POST"),
        drawn("/question/{name}", "question"),
        drawn("/graph", "graph", "POST"),
        drawn("/picture.svg", "picture"),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
