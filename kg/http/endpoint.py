"""The SPARQL endpoint: a question in, a result streamed out."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from kg.http.departure import ClientLeftError, while_connected
from kg.http.negotiation import GRAPHS, RESULTS, chosen
from kg.http.pool import Pool, Worker
from kg.http.protocol import FORM, METHODS, QUERY, read_request
from kg.http.question import Question
from kg.http.refusals import RefusedError

PAGE = "text/html"
ALWAYS = ((b"vary", b"Accept"), (b"cache-control", b"no-cache"))
"""Other clients get other formats, and the next build changes the answer."""


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
        await self._answer(question, receive, send)

    async def _answer(self, question: Question, receive: Receive, send: Send) -> None:
        """Sends what a worker finds. Once that has begun, an error can only break it off."""
        begun = False

        async def started(message: object) -> None:
            nonlocal begun
            begun = True
            await send(message)  # type: ignore[arg-type]

        try:
            async with while_connected(receive), self._pool.worker() as worker:
                await _stream(await worker.ask(question), worker, started)
        except ClientLeftError:
            return
        except TimeoutError as problem:
            if not begun:
                limit = f"{self._pool.limits.timeout:g} seconds"
                raise RefusedError(
                    504, f"the query took longer than {limit}, the limit of this server (--timeout)"
                ) from problem
        except RefusedError:
            if not begun:
                raise


async def _stream(media_type: str, worker: Worker, send: Send) -> None:
    """Sends a result, in one piece where it is small."""
    headers = [(b"content-type", media_type.encode()), *ALWAYS]
    chunk = await worker.next_chunk()
    following = await worker.next_chunk() if chunk else b""
    if chunk and not following:
        headers.append((b"content-length", str(len(chunk)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    while following:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        chunk, following = following, await worker.next_chunk()
    await send({"type": "http.response.body", "body": chunk})


def _chosen(accept: str, offered: tuple[str, ...]) -> str:
    try:
        return chosen(accept, offered)
    except ValueError as problem:
        raise RefusedError(400, f"the Accept header cannot be read: {problem}") from problem


def _own_url(scope: Scope) -> str:
    """The IRI of the endpoint, as its client sees it."""
    return f"{scope['scheme']}://{Headers(scope=scope)['host']}{scope['path']}"
