"""The worker processes: who is free, who has to go, and how fast new ones come."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from kg.http import frames
from kg.http.limits import Limits
from kg.http.question import Question
from kg.http.refusals import RefusedError, busy

PACKAGE_FOLDER = Path(__file__).resolve().parent.parent.parent
STARTS = 20
STARTS_TIME = 10.0
"""So many workers are replaced in so many seconds, at the most: starting one is work, too."""
PAUSE = 1.0

WHY_IT_DIED = {
    -signal.SIGSEGV: (
        400,
        "this query breaks the parser: it is nested too deeply, or one part of it is too long",
    ),
    -signal.SIGABRT: (500, "the query needs more memory than this server gives (--memory)"),
    -signal.SIGXCPU: (504, "the query took too long"),
    -signal.SIGKILL: (503, "the worker at this query was killed"),
}


class Worker:
    """A worker process as its server sees it."""

    def __init__(
        self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self._is_done = True

    @classmethod
    async def start(cls, store: str, limits: Limits) -> Worker:
        """A new process, ready for a question."""
        ours, theirs = socket.socketpair()
        with theirs:
            # -P: the current folder holds nothing of ours, whatever its files are called.
            command = [sys.executable, "-P", "-m", "kg.http.worker", store, json.dumps(asdict(limits))]
            paths = [str(PACKAGE_FOLDER), *filter(None, [os.environ.get("PYTHONPATH")])]
            process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                # numpy, which lays out drawings, would take memory for a thread on every core.
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,  # Ctrl-C is for the server, which ends its workers itself.
            )
        return cls(process, *await asyncio.open_connection(sock=ours))

    def is_free(self) -> bool:
        """True where it can be asked: it lives, and nothing of an answer is left unread."""
        return self._is_done and self._process.poll() is None

    async def ask(self, question: Question) -> str:
        """The media type of the answer; RefusedError where there is none."""
        self._is_done = False
        self._writer.write(frames.frame(frames.ASK, question.to_json()))
        _, media_type = await self._next()
        return media_type.decode()

    async def next_chunk(self) -> bytes:
        """The next piece of the answer, b'' at its end; RefusedError where it breaks off."""
        kind, chunk = await self._next()
        self._is_done = kind == frames.END
        return chunk

    async def _next(self) -> tuple[bytes, bytes]:
        try:
            kind, payload = await frames.next_frame(self._reader)
        except (asyncio.IncompleteReadError, ConnectionError) as problem:
            code = await asyncio.to_thread(self._process.wait)
            unknown = (500, f"the worker at this query ended with code {code}")
            raise _refusal(*WHY_IT_DIED.get(code, unknown)) from problem
        if kind == frames.REFUSAL:
            self._is_done = True
            raise _refusal(*json.loads(payload))
        return kind, payload

    async def end(self) -> None:
        """Kills the process and sees it off."""
        self._process.kill()
        self._writer.close()
        await asyncio.to_thread(self._process.wait)


def _refusal(status: int, problem: str) -> RefusedError:
    return busy(problem) if status == 503 else RefusedError(status, problem)


class Pool:
    """Workers for one store."""

    def __init__(self, store: str, limits: Limits) -> None:
        self.limits = limits
        self._store = store
        self._free: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._workers: set[Worker] = set()
        self._waiting = 0
        self._starts: deque[float] = deque(maxlen=STARTS)
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def open(self) -> None:
        """Starts the workers."""
        await asyncio.gather(*(self._add() for _ in range(self.limits.workers)))

    async def close(self) -> None:
        """Ends the workers, in whatever they are at."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(worker.end() for worker in self._workers))
        self._workers.clear()

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[Worker]:
        """A worker for one question, within the time limit (TimeoutError).

        One that is not done with its answer afterwards is killed, and another takes its place.
        """
        worker = await self._next_free()
        try:
            async with asyncio.timeout(self.limits.timeout):
                yield worker
        finally:
            if worker.is_free():
                self._free.put_nowait(worker)
            else:
                self._replace(worker)

    async def _next_free(self) -> Worker:
        while True:
            worker = await self._turn()
            if worker.is_free():
                return worker
            self._replace(worker)

    async def _turn(self) -> Worker:
        """The next in the queue; RefusedError where too many wait for it, or for too long."""
        if self._is_closed:
            raise busy("the server is ending")
        if not self._free.empty() and not self._waiting:
            return self._free.get_nowait()
        if self._waiting >= self.limits.queue:
            raise busy("too many queries at a time")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.timeout):
                return await self._free.get()
        except TimeoutError as problem:
            raise busy("no worker became free in time") from problem
        finally:
            self._waiting -= 1

    def _replace(self, worker: Worker) -> None:
        task = asyncio.create_task(self._exchange(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _exchange(self, worker: Worker) -> None:
        """A new worker for one that has to go: at once, or when the last ones were long enough ago."""
        await worker.end()
        self._workers.discard(worker)
        loop = asyncio.get_running_loop()
        while not self._is_closed:
            while len(self._starts) == STARTS and loop.time() - self._starts[0] < STARTS_TIME:
                await asyncio.sleep(self._starts[0] + STARTS_TIME - loop.time())
            self._starts.append(loop.time())
            try:
                await self._add()
                return
            except OSError:
                # The system has no process to spare at the moment.
                await asyncio.sleep(PAUSE)

    async def _add(self) -> None:
        worker = await Worker.start(self._store, self.limits)
        self._workers.add(worker)
        self._free.put_nowait(worker)
