"""Work that ends when the client goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Receive

PATIENCE = 0.5
"""Seconds of work before anybody looks: most answers are there sooner."""


class ClientLeftError(Exception):
    """Nobody is there any more to take the answer."""


@asynccontextmanager
async def while_connected(receive: Receive) -> AsyncIterator[None]:
    """Ends what happens within by a ClientLeftError when the client leaves, once its request is read."""
    task = asyncio.current_task()
    assert task is not None
    watches: list[asyncio.Task[None]] = []
    has_left = False

    async def watch() -> None:
        nonlocal has_left
        while (await receive())["type"] != "http.disconnect":
            pass
        has_left = True
        task.cancel()

    timer = asyncio.get_running_loop().call_later(
        PATIENCE, lambda: watches.append(asyncio.create_task(watch()))
    )
    try:
        yield
    except asyncio.CancelledError as problem:
        if has_left and task.uncancel() == 0:
            raise ClientLeftError from problem
        raise
    finally:
        timer.cancel()
        for each in watches:
            each.cancel()
