"""Documents: what is read, under which id, and one clear line for what is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import give_up_root, open_to_nobody

from kg.documents import read_documents
from kg.errors import DocumentAccessError, DocumentError
from kg.model import Document


def told(*paths: Path, max_size: int = 5_000_000) -> list[str]:
    """Ids of the documents and messages of the errors, in order."""
    read = read_documents(paths, max_size=max_size)
    return [item.id if isinstance(item, Document) else f"! {item}" for item in read]


def write(path: Path, content: str | bytes = "A text.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_ids_are_paths_below_the_root(tmp_path: Path) -> None:
    write(tmp_path / "root/b.txt")
    write(tmp_path / "root/a/c.md")
    write(tmp_path / "root/a.TXT")
    write(tmp_path / "root/notes.json")
    write(tmp_path / "root/.hidden/d.txt")
    assert told(tmp_path / "root") == ["a.TXT", "a/c.md", "b.txt"]
    assert told(tmp_path / "root/a/c.md") == ["c.md"]
    assert told(tmp_path / "root", tmp_path / "root") == ["a.TXT", "a/c.md", "b.txt"]


def test_the_text_is_as_it_was_written(tmp_path: Path) -> None:
    for name, data in {
        "plain": "Amélie\r\n七人の侍".encode(),
        "marked": "Amélie\r\n七人の侍".encode("utf-8-sig"),
        "wide": "Amélie\r\n七人の侍".encode("utf-16"),
        "wider": "Amélie\r\n七人の侍".encode("utf-32"),
    }.items():
        (document,) = read_documents([write(tmp_path / f"{name}.txt", data)])
        assert isinstance(document, Document)
        assert document.text == "Amélie\r\n七人の侍"
        assert document.iri == f"https://w3id.org/film-kg/id/doc/{name}.txt"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"caf\xe9\n", "not valid UTF-8: byte 0xe9 at 3, line 1"),
        (b"one\ntwo \xff\n", "not valid UTF-8: byte 0xff at 8, line 2"),
        (b"a\0b", "not a text: it holds a NUL byte at 1"),
        ("a\0b".encode("utf-16"), "not a text: it holds a NUL character at 1"),
        (b"\xff\xfea", "not valid UTF-16: byte 0x61 at 2, line 1"),
        (bytes(range(1, 128)), "not a text: it is full of control characters"),
        (b"x" * 1001, "too large: 0.0 MB, and 0.001 MB are allowed (--max-size)"),
    ],
)
def test_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = write(tmp_path / "bad.txt", content)
    assert told(path, max_size=1000) == [f"! {path}: {problem}"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt", b"\0")
    write(tmp_path / "c.txt")
    ids = told(tmp_path)
    assert (ids[0], ids[2]) == ("a.txt", "c.txt")
    assert ids[1].startswith("! ")


def test_what_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    page = write(tmp_path / "page.html")
    missing = tmp_path / "missing.txt"
    os.mkfifo(tmp_path / "pipe.txt")
    assert told(tmp_path / "empty") == [f"! {tmp_path}/empty: no documents in this folder (.txt or .md)"]
    assert told(page) == [f"! {page}: not a document: its name does not end in .txt or .md"]
    assert told(missing) == [f"! {missing}: no such file or directory"]
    assert told(tmp_path / "none") == [f"! {tmp_path}/none: no such file or directory"]
    assert told(tmp_path / "pipe.txt") == [f"! {tmp_path}/pipe.txt: not a regular file"]


def test_links(tmp_path: Path) -> None:
    write(tmp_path / "root/a/a.txt")
    (tmp_path / "root/a/up").symlink_to(tmp_path / "root")
    (tmp_path / "root/itself.txt").symlink_to(tmp_path / "root/itself.txt")
    (tmp_path / "root/nowhere.txt").symlink_to(tmp_path / "nowhere.txt")
    write(tmp_path / "elsewhere/b.txt")
    (tmp_path / "root/more").symlink_to(tmp_path / "elsewhere")
    root = tmp_path / "root"
    assert sorted(told(root)) == [
        f"! {root}/a/up: this link leads back to a folder that it lies in",
        f"! {root}/itself.txt: too many levels of symbolic links",
        f"! {root}/nowhere.txt: no such file or directory",
        "a/a.txt",
        "more/b.txt",
    ]


def test_two_documents_with_one_id(tmp_path: Path) -> None:
    first, second = write(tmp_path / "x/a.txt"), write(tmp_path / "y/a.txt")
    write(tmp_path / "y/b.txt")
    expected = f"! {first}: has the same document id as {second}: a.txt"
    assert told(tmp_path / "x", tmp_path / "y") == [expected, "b.txt"]
    assert told(second, first) == [expected]
    assert told(first, tmp_path / "x") == ["a.txt"]


def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("A text.", encoding="utf-8")
    (line,) = told(tmp_path)
    assert line == f"! {tmp_path}/\\udcff.txt: the file's name is not valid UTF-8"


def test_no_permission(tmp_path: Path) -> None:
    """Root reads everything, so a child does the reading, which is nobody where we are root."""
    root = tmp_path / "root"
    write(root / "open.txt")
    write(root / "shut.txt").chmod(0)
    write(root / "folder/a.txt").parent.chmod(0)
    open_to_nobody(tmp_path)
    out, inn = os.pipe()
    child = os.fork()
    if child == 0:
        give_up_root()
        os.write(inn, "\n".join(told(root)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(out, 10_000).decode().splitlines() == [
        f"! {root}/folder: permission denied",
        "open.txt",
        f"! {root}/shut.txt: permission denied",
    ]


def test_no_access_is_told_from_no_text(tmp_path: Path) -> None:
    (missing,) = read_documents([tmp_path / "missing.txt"])
    (empty,) = read_documents([write(tmp_path / "empty.txt", b"")])
    assert isinstance(missing, DocumentAccessError)
    assert isinstance(empty, DocumentError)
    assert not isinstance(empty, DocumentAccessError)
