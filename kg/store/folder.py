"""A store's folder: finished graphs side by side, one of them current, one writer at a time.

    film-kg-store.json   marks the folder as ours: nothing else is ever written to
    lock                 held by the build that is at work
    current              names the graph that readers open, and how it was derived
    graph-7/             a graph, as Oxigraph keeps it

To read a folder of Oxigraph while another process writes there is undefined. So a build copies the current
graph by hard links, changes the copy, and makes it the current one by renaming a file. Readers hold a shared
lock on the graph that they read; the next build removes those that nobody holds.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import StoreError, reason

MARKER = "film-kg-store.json"
FORMAT = 1
LOCK = "lock"
CURRENT = "current"
GRAPH = re.compile(r"graph-(\d+)")


def prepare(folder: Path) -> None:
    """Makes the folder a store, or sees that it is one; StoreError where it is anything else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / MARKER).exists():
            # a kill between the two steps of writing the marker leaves its new file alone
            if any(path.name != f"{MARKER}.new" for path in folder.iterdir()):
                raise StoreError(folder, "this folder is no store, and it is not empty")
            _write_whole(folder / MARKER, json.dumps({"format": FORMAT}))
    except OSError as problem:
        raise _refused(folder, problem) from problem
    check(folder)


def check(folder: Path) -> None:
    """StoreError where the folder is no store that we can read."""
    try:
        if not folder.exists():
            raise StoreError(folder, "there is no store here; kg build makes one")
        if not folder.is_dir():
            raise StoreError(folder, "this is a file, not a store")
        if not (folder / MARKER).exists():
            raise StoreError(folder, "this folder is no store")
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except OSError as problem:
        raise _refused(folder, problem) from problem
    except ValueError as problem:
        raise StoreError(folder, f"{MARKER} is damaged") from problem
    if not isinstance(marker, dict) or marker.get("format") != FORMAT:
        raise StoreError(folder, "another version of film-kg made this store; build a new one")


def current(folder: Path) -> dict[str, str]:
    """The name of the current graph and by what it was derived; empty before the first build ends."""
    try:
        said: Any = json.loads((folder / CURRENT).read_text(encoding="utf-8"))
        return {"graph": said["graph"], "derived": said["derived"]}
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise _refused(folder, problem) from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise StoreError(folder, f"the file {CURRENT} is damaged") from problem


def make_current(folder: Path, graph: str, derived: str) -> None:
    """Lets all who read from now on read this graph."""
    _write_whole(folder / CURRENT, json.dumps({"graph": graph, "derived": derived}))


def next_graph(folder: Path) -> Path:
    """Where the next graph goes."""
    numbers = [int(found[1]) for path in folder.iterdir() if (found := GRAPH.fullmatch(path.name))]
    return folder / f"graph-{max(numbers, default=0) + 1}"


def hold(graph: Path) -> int | None:
    """A shared lock on a graph, so that no build removes it; None where it is gone already."""
    try:
        handle = os.open(graph, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    # A system that has no locks on folders has readers who have to look again.
    with contextlib.suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    if graph.exists():
        return handle
    os.close(handle)
    return None


def remove_unused(folder: Path) -> None:
    """Removes all graphs but the current one and those that somebody reads."""
    used = current(folder).get("graph")
    for path in sorted(folder.iterdir()):
        if GRAPH.fullmatch(path.name) and path.name != used:
            _remove_unless_held(path)


def _remove_unless_held(graph: Path) -> None:
    handle = os.open(graph, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return
    else:
        shutil.rmtree(graph, ignore_errors=True)
    finally:
        os.close(handle)


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Keeps other builds away. The system lets go of the lock when the process ends, however it ends."""
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as problem:
        raise _refused(folder, problem) from problem
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise StoreError(folder, "another build is writing to this store") from problem
        yield
    finally:
        os.close(handle)


def _write_whole(path: Path, text: str) -> None:
    """Replaces a file in one step, on the disk before it has its name."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refused(folder: Path, problem: OSError) -> StoreError:
    if isinstance(problem, FileExistsError | NotADirectoryError):
        return StoreError(folder, "this is a file, or lies below one, not a store")
    return StoreError(folder, reason(problem))
