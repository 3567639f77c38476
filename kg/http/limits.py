"""What one client may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the endpoint: times in seconds, sizes in bytes.

    `timeout` is for a query and the sending of its result, and for the wait until a worker is free;
    `workers` queries run at a time, and `queue` more may wait; `memory` is what each worker may use.
    """

    timeout: float = 30.0
    workers: int = 4
    queue: int = 100
    max_request: int = 1_000_000
    max_result: int = 100_000_000
    memory: int = 2_000_000_000
    body_time: float = 10.0
