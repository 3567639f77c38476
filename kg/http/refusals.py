"""Why a request gets no answer."""

from __future__ import annotations


class RefusedError(Exception):
    """A request that is refused, with the HTTP status and the words that say why."""

    def __init__(self, status: int, problem: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(problem)
        self.status = status
        self.problem = problem
        self.headers = headers or {}


def busy(problem: str) -> RefusedError:
    """A refusal of what may well work later."""
    return RefusedError(503, problem, {"Retry-After": "2"})
