"""What one client may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the endpoint: times in seconds, sizes in bytes.

    `timeout` is for each of these: the arrival of a request, the wait until a worker is free, the query with
    the sending of its result. `workers` queries run at a time, each with so much `memory`; `queue` more wait.
    """

    timeout: float = 30.0
    workers: int = 4
    queue: int = 100
    max_request: int = 1_000_000
    max_result: int = 100_000_000
    memory: int = 2_000_000_000
