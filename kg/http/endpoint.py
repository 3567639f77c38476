"""The SPARQL endpoint: a question in, a result streamed out."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from kg.http.answering import respond
from kg.http.negotiation import GRAPHS, RESULTS, chosen
from kg.http.pool import Pool
from kg.http.protocol import FORM, METHODS, QUERY, read_request
from kg.http.question import Question
from kg.http.refusals import RefusedError

PAGE = "text/html"


class Endpoint:
    """The ASGI application at /sparql."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or says why it does not."""
        try:
            if scope["method"] == "OPTIONS":
                headers = {"Allow": ", ".join(METHODS), "Accept-Post": f"{QUERY}, {FORM}"}
                await Response(status_code=204, headers=headers)(scope, receive, send)
                return
            await self._respond(scope, receive, send)
        except RefusedError as refusal:
            text = f"error: {refusal.problem}\n"
            await PlainTextResponse(text, refusal.status, refusal.headers)(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = await read_request(scope, receive, self._pool.limits)
        accept = ", ".join(Headers(scope=scope).getlist("accept"))
        head_only = scope["method"] == "HEAD"
        if asked is not None:
            question = Question(
                asked.query,
                asked.default_graphs,
                asked.named_graphs,
                results=_chosen(accept, RESULTS),
                graph=_chosen(accept, GRAPHS),
                head_only=head_only,
            )
        elif (media_type := _chosen(accept, (PAGE, *GRAPHS))) == PAGE:
            await RedirectResponse("/", 303, {"Vary": "Accept"})(scope, receive, send)
            return
        else:
            question = Question(endpoint=_own_url(scope), graph=media_type, head_only=head_only)
        await respond(self._pool, question, receive, send)


def _chosen(accept: str, offered: tuple[str, ...]) -> str:
    try:
        return chosen(accept, offered)
    except ValueError as problem:
        raise RefusedError(400, f"the Accept header cannot be read: {problem}") from problem


def _own_url(scope: Scope) -> str:
    """The IRI of the endpoint, as its client sees it."""
    return f"{scope['scheme']}://{Headers(scope=scope)['host']}{scope['path']}"
