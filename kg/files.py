"""Files that a command writes for its user: whole or as they were, and never in the store itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.errors import FilmKGError, reason

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
UNKNOWN = "\ufffd"


def check_place(path: Path, store: str) -> None:
    """FilmKGError where `path` is a folder or lies in the folder of the `store` ('' where that has none)."""
    if store and path.resolve().is_relative_to(Path(store).resolve()):
        raise FilmKGError(f"{path}: lies in the store itself; choose another place")
    try:
        is_folder = path.is_dir()
    except OSError as problem:
        raise FilmKGError(f"{path}: cannot be written: {reason(problem)}") from problem
    if is_folder:
        raise FilmKGError(f"{path}: is a folder; name a file in it")


def xml_text(text: str) -> str:
    """The text with a mark for each character that no XML file may hold, not even escaped."""
    return NO_XML.sub(UNKNOWN, text)


def write_whole(path: Path, chunks: Iterable[str | bytes]) -> None:
    """Writes the chunks beside `path` and moves them there; FilmKGError where the system refuses."""
    try:
        # A link is followed, not replaced.
        target = path.resolve()
        draft = target.with_name(f".{target.name}.new")
        try:
            with draft.open("wb") as file:
                file.writelines(each.encode() if isinstance(each, str) else each for each in chunks)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        raise FilmKGError(f"{path}: cannot be written: {reason(problem)}") from problem
