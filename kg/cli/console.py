"""What a command says: facts and rows on stdout, everything else on stderr."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, Protocol, cast

from kg.errors import FilmKGError

PATIENCE = 10.0
"""Seconds between two lines that tell a log (stderr that is no terminal) how far the work is."""


def speak_utf8() -> None:
    """Makes both streams UTF-8 with plain line ends, whatever the locale says."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")


def say(text: str) -> None:
    """One line for the person, on stderr."""
    print(text, file=sys.stderr, flush=True)


def complain(problem: object) -> None:
    """One line `error: …` on stderr, whatever line breaks the problem has."""
    say("error: " + " ".join(str(problem).split()))


def write(chunks: Iterable[str]) -> None:
    """Puts text on stdout and sees it off, so that a full disk is noticed here."""
    for chunk in chunks:
        with stdout_errors():
            sys.stdout.write(chunk)
    with stdout_errors():
        sys.stdout.flush()


def binary_stdout() -> IO[bytes]:
    """Stdout for what comes as UTF-8, also where somebody put a stream of text in its place."""
    buffer: IO[bytes] | None = getattr(sys.stdout, "buffer", None)
    return buffer or cast("IO[bytes]", _Decoded())


class _Decoded:
    """Writes UTF-8 to the text stream that stdout is."""

    def __init__(self) -> None:
        self.decode = codecs.getincrementaldecoder("utf-8")().decode

    def write(self, data: bytes) -> int:
        sys.stdout.write(self.decode(bytes(data)))
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        sys.stdout.flush()


def write_lines(lines: Iterable[str]) -> None:
    """The same for lines without their ends."""
    write(line + "\n" for line in lines)


def width() -> int | None:
    """The columns of the terminal that stdout is, or None where it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


@contextmanager
def stdout_errors() -> Iterator[None]:
    """Turns a full disk into an error that names stdout; a reader that left stays a BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        silence_stdout()
        raise FilmKGError(f"standard output: {error.strerror}") from error


def silence_stdout() -> None:
    """Points stdout at nothing, so that what is still buffered cannot fail once more when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class Progress(Protocol):
    """Is told how far the work is: `done` of `total` steps (None where nobody knows yet)."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Takes note."""


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A callback to report to: a bar on a terminal; in a log a line now and then if the work is long."""
    if sys.stderr.isatty():
        with _bar(what) as report:
            yield report
    else:
        yield _Log(what)


@contextmanager
def _bar(what: str) -> Iterator[Progress]:
    """A bar of rich's that goes away when the work is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # What goes to stdout while the bar is shown is not rich's: it would put it on stderr.
    with Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=None)

        def report(done: int, total: int | None = None) -> None:
            bar.update(task, completed=done, total=total)

        yield report


class _Log:
    """Tells a log how far long work is."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.next = time.monotonic() + PATIENCE

    def __call__(self, done: int, total: int | None = None) -> None:
        now = time.monotonic()
        if now >= self.next:
            self.next = now + PATIENCE
            say(f"{self.what}: {done}{f' of {total}' if total is not None else ''}")
