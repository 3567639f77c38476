"""The application: which path is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from kg.http.endpoint import Endpoint
from kg.http.guard import Guard
from kg.http.pages import routes
from kg.http.pool import Pool
from kg.http.protocol import METHODS


def application(pool: Pool, names: Sequence[str] = (), origins: Sequence[str] = ()) -> Starlette:
    """The application over a pool of workers, which knows its own `names` and whose pages may ask it."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.open()
        yield
        await pool.close()

    middleware = [Middleware(Guard, names=names)]
    if origins:
        cors = Middleware(CORSMiddleware, allow_origins=origins, allow_methods=METHODS, allow_headers=["*"])
        middleware.append(cors)
    return Starlette(
        routes=[Route("/sparql", Endpoint(pool)), *routes(pool)], middleware=middleware, lifespan=lifespan
    )
