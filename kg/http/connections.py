"""HTTP connections that do not wait for a header for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEADER = 65536
HEADER_TIME = 10.0


class Connection(HttpToolsProtocol):
    """uvicorn's connection, which closes where a header takes more than ten seconds or 64 KiB."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._header_size = 0
        self._deadline: asyncio.TimerHandle | None = None
        self._is_in_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the clock."""
        super().connection_made(transport)
        self._start_clock()

    def data_received(self, data: bytes) -> None:
        """Takes bytes, as long as the header is not too long before them."""
        if self._deadline is None and not self._is_in_body:
            self._start_clock()
        if self._header_size > MOST_HEADER:
            self.send_400_response("The header is too long.")
            return
        if self._deadline is not None:
            self._header_size += len(data)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Stops the clock."""
        self._stop_clock()
        self._is_in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Takes what comes next for another request."""
        self._is_in_body = False
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clock for good."""
        self._stop_clock()
        super().connection_lost(exc)

    def _start_clock(self) -> None:
        self._deadline = self.loop.call_later(HEADER_TIME, self.transport.close)

    def _stop_clock(self) -> None:
        self._header_size = 0
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
