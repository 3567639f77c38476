"""A question given to a worker, and its answer passed on as it comes."""

from __future__ import annotations

from starlette.types import Receive, Send

from kg.http.departure import ClientLeftError, while_connected
from kg.http.pool import Pool, Worker
from kg.http.question import Question
from kg.http.refusals import RefusedError

ALWAYS = {"Vary": "Accept", "Cache-Control": "no-cache"}
"""Other clients get other formats, and the next build changes the answer."""


async def respond(
    pool: Pool, question: Question, receive: Receive, send: Send, headers: dict[str, str] | None = None
) -> None:
    """Sends what a worker finds, with further headers. Once that has begun, an error can only break it off.

    Raises RefusedError where nothing has begun.
    """
    begun = False

    async def started(message: object) -> None:
        nonlocal begun
        begun = True
        await send(message)  # type: ignore[arg-type]

    try:
        async with while_connected(receive), pool.worker() as worker:
            await _stream(await worker.ask(question), worker, started, {**ALWAYS, **(headers or {})})
    except ClientLeftError:
        return
    except TimeoutError as problem:
        if not begun:
            limit = f"{pool.limits.timeout:g} seconds"
            raise RefusedError(
                504, f"the query took longer than {limit}, the limit of this server (--timeout)"
            ) from problem
    except RefusedError:
        if not begun:
            raise


async def _stream(media_type: str, worker: Worker, send: Send, given: dict[str, str]) -> None:
    """Sends a result, in one piece where it is small."""
    headers = [(b"content-type", media_type.encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in given.items()]
    chunk = await worker.next_chunk()
    following = await worker.next_chunk() if chunk else b""
    if chunk and not following:
        headers.append((b"content-length", str(len(chunk)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    while following:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        chunk, following = following, await worker.next_chunk()
    await send({"type": "http.response.body", "body": chunk})
