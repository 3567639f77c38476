"""What holds for every request, whatever answers it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.IGNORECASE)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "connect-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
}


class Guard:
    """Refuses foreign names of this server, and adds the headers that keep a browser careful.

    Any page can point a name of its own at 127.0.0.1 and then read what that name serves (DNS rebinding).
    So a name must be known; addresses cannot be pointed elsewhere.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        self._app = app
        self._names = frozenset({"localhost", *(name.lower() for name in names)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) == 1 and self.knows(hosts[0]):
            await self._app(scope, receive, guarded)
            return
        problem = "error: this server is not known by the name in the Host header (--allow-host)\n"
        await PlainTextResponse(problem, 421)(scope, receive, guarded)

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server: by an address, as localhost, or by an allowed name."""
        found = HOST.fullmatch(host)
        if not found:
            return False
        name = found[1].lower().rstrip(".")
        return name in self._names or _is_address(name.strip("[]"))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
