"""Files and folders to documents, or to an error that says which file is wrong and how."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DocumentAccessError, DocumentError, reason
from kg.model import Document

SUFFIXES = (".txt", ".md")
MAX_SIZE = 5_000_000
MEGABYTE = 1_000_000
BYTE_ORDER_MARKS = (
    # The mark of UTF-32 opens with that of UTF-16, so it comes first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
FEW_CONTROLS = 0.01


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be a document: its id, and its path as the root was given."""

    id: str
    path: Path


def read_documents(
    paths: Iterable[Path | str], *, max_size: int = MAX_SIZE
) -> Iterator[Document | DocumentError]:
    """The documents of files and folders, each root's in the order of their ids; an error for each refused.

    A document's id is its path below the root, or the name of a file that was given by itself. Names that
    start with a dot are passed over in folders.
    """
    for found in list_documents(paths):
        yield found if isinstance(found, DocumentError) else read_found(found, max_size)


def list_documents(paths: Iterable[Path | str]) -> list[Found | DocumentError]:
    """The files that `read_documents` reads, each id once, and an error for whatever is no document.

    Two files with one id are both refused: to prefer one would let the order of the arguments decide.
    """
    listed = [found for path in paths for found in find(Path(path))]
    by_id: dict[str, dict[tuple[int, int] | Path, Found]] = {}
    for found in listed:
        if isinstance(found, Found):
            by_id.setdefault(found.id, {}).setdefault(_identity(found.path), found)
    once: dict[str, Found | DocumentError] = {}
    for found in listed:
        if isinstance(found, DocumentError):
            once[f"\0{found}"] = found
        else:
            same = list(by_id[found.id].values())
            once.setdefault(found.id, _clash(found.id, same) if len(same) > 1 else found)
    return list(once.values())


def _clash(id_: str, same: list[Found]) -> DocumentError:
    first, *others = sorted(str(found.path) for found in same)
    return DocumentError(first, f"has the same document id as {', '.join(others)}: {id_}")


def _identity(path: Path) -> tuple[int, int] | Path:
    """What tells a file from others: the same file may be given twice, or by a folder and by itself."""
    try:
        known = path.stat()
    except OSError:
        return path
    return (known.st_dev, known.st_ino)


def find(root: Path) -> Iterator[Found | DocumentError]:
    """What a file or folder offers to read, in the order of ids."""
    if root.is_dir():
        found = list(_below(root, "", ()))
        if not found:
            yield DocumentError(str(root), f"no documents in this folder ({' or '.join(SUFFIXES)})")
        yield from sorted(found, key=lambda f: f.id if isinstance(f, Found) else f.source)
    elif not os.path.lexists(root):
        yield DocumentAccessError(str(root), "no such file or directory")
    elif root.suffix.lower() in SUFFIXES:
        yield Found(root.name, root)
    else:
        yield DocumentError(str(root), f"not a document: its name does not end in {' or '.join(SUFFIXES)}")


def _below(folder: Path, prefix: str, above: tuple[str, ...]) -> Iterator[Found | DocumentError]:
    """Everything in a folder and its folders; `above` are the real paths of the folders that it lies in."""
    here = os.path.realpath(folder)
    if here in above:
        yield DocumentError(str(folder), "this link leads back to a folder that it lies in")
        return
    try:
        with os.scandir(folder) as entries:
            names = sorted((entry.name, _is_folder(entry)) for entry in entries)
    except OSError as problem:
        yield DocumentAccessError(str(folder), reason(problem))
        return
    for name, is_folder in names:
        if name.startswith("."):
            continue
        if is_folder:
            yield from _below(folder / name, f"{prefix}{name}/", (*above, here))
        elif name.lower().endswith(SUFFIXES):
            yield Found(prefix + name, folder / name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link to itself; reading it says so


def read_found(found: Found, max_size: int = MAX_SIZE) -> Document | DocumentError:
    """The document in a file that was found, or why there is none."""
    try:
        return read_document(found.path, found.id, max_size=max_size)
    except DocumentError as problem:
        return problem


def read_document(path: Path, id_: str = "", *, max_size: int = MAX_SIZE) -> Document:
    """The document in one file; DocumentError where it is not a text that can be read."""
    source = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        (id_ or path.name).encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(source, "the file's name is not valid UTF-8") from None
    text = _decoded(_bytes_of(path, source, max_size), source)
    if not text.strip():
        raise DocumentError(source, "empty")
    return Document(id_ or path.name, text, source=source)


def _bytes_of(path: Path, source: str, max_size: int) -> bytes:
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):
            # A pipe would make us wait for ever.
            raise DocumentError(source, "not a regular file")
        if known.st_size > max_size:
            size, most = known.st_size / MEGABYTE, max_size / MEGABYTE
            raise DocumentError(source, f"too large: {size:.1f} MB, and {most:g} MB are allowed (--max-size)")
        return path.read_bytes()
    except OSError as problem:
        raise DocumentAccessError(source, reason(problem)) from problem


def _decoded(data: bytes, source: str) -> str:
    """The text, as UTF-8 unless a byte order mark says otherwise; line ends stay as they are."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    if encoding.startswith("utf-8") and b"\0" in data:
        raise DocumentError(source, f"not a text: it holds a NUL byte at {data.index(0)}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        where = f"byte 0x{data[problem.start]:02x} at {problem.start}, line {line}"
        name = encoding.removesuffix("-sig").upper()
        raise DocumentError(source, f"not valid {name}: {where}") from None
    if "\0" in text:
        raise DocumentError(source, f"not a text: it holds a NUL character at {text.index(chr(0))}")
    if len(CONTROL.findall(text)) > FEW_CONTROLS * len(text):
        raise DocumentError(source, "not a text: it is full of control characters")
    return text
