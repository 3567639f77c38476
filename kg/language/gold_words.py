"""Gold files of words (CoNLL-U, IOB2) as what the evaluation compares with: rows, texts, spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Span


def sentences(path: Path) -> Iterator[list[list[str]]]:
    """The rows of each sentence of a CoNLL-U file, multiword and empty ones left out."""
    rows: list[list[str]] = []
    with path.open(encoding="utf8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdigit():
                rows.append(cells)
            elif cells == [""] and rows:
                yield rows
                rows = []
    if rows:
        yield rows


def documents(path: Path) -> Iterator[list[list[list[str]]]]:
    """The sentences of each document of an IOB2 file, a row (number, word, label) for each word."""
    document: list[list[list[str]]] = []
    sentence: list[list[str]] = []
    for line in [*path.read_text(encoding="utf8").splitlines(), ""]:
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        if line and not line.startswith("#"):
            sentence.append(line.split("\t"))
        elif not line and sentence:
            document.append(sentence)
            sentence = []
    if document:
        yield document


def laid_out(document: Sequence[Sequence[Sequence[str]]]) -> tuple[str, list[list[Span]]]:
    """A text of the document's words, a space between them, and where each stands."""
    text = ""
    lines = []
    for sentence in document:
        line = []
        for row in sentence:
            line.append(Span(len(text), len(text) + len(row[1])))
            text += row[1] + " "
        lines.append(line)
    return text, lines


def spans(sentence: Sequence[Sequence[str]], words: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """The names of a sentence in IOB2."""
    start = 0
    for at, row in enumerate(sentence):
        if row[2].startswith("B-"):
            start = at
        ends = at + 1 == len(sentence) or not sentence[at + 1][2].startswith("I-")
        if row[2] != "O" and ends:
            yield Span(words[start].start, words[at].end), row[2][2:]
