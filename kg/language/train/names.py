"""Names annotated in texts: what each word may be part of, by the schema's types, however coarse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.errors import FilmKGError

Label = tuple[str, ...]
"""The labels that an annotation allows a word; none: it does not say."""
Labelled = list[tuple[list[str], list[Label]]]
"""A document: of each sentence or line the words and the labels of each."""

ANY: Label = ()
TYPES = (
    "Film", "Work", "Person", "Character", "Place", "Award", "Organization", "Publication", "Time", "Number"
)  # fmt: skip
LABELS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
_ALLOWED: dict[str, Sequence[str]] = {
    "PER": ("Person", "Character"),
    "ORG": ("Organization", "Publication"),
    "LOC": ("Place",),
    "WORK": ("Film", "Work"),
    "MISC": ("Film", "Work", "Award", "Character", "O"),  # also what is none of ours: nationalities, wars
    "TIME": ("Time",),
    "NUM": ("Number",),
}
# Wikidata's properties that only a work has, or that only point to one.
_OF_WORKS = frozenset(
    "P57 P161 P58 P162 P86 P50 P364 P577 P175 P136 P495 P123 P272 P449 P344 P170 P179 P674 P840 P1040 "
    "P750".split()
)
_TO_WORKS = frozenset("P800 P1441 P144 P155 P156".split())
_RELATION_TO = {
    "director": "PER", "castMember": "PER", "writer": "PER", "producer": "PER", "composer": "PER",
    "cinematographer": "PER", "editor": "PER", "author": "PER", "productionCompany": "ORG",
    "distributor": "ORG", "country": "LOC", "filmedIn": "LOC", "setIn": "LOC",
}  # fmt: skip
_ROUGH_WORD = re.compile(r"\w+(?:[-.’']\w+)*|\S")
_WORD = re.compile(
    r"n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+?(?=n['’]t\b)|\w+(?:[.'’&]\w+)*?(?=['’]s\b)|\w+(?:[.'’&]\w+)*|[^\w\s]",
    re.IGNORECASE,
)


def labels_of(kind: str, length: int) -> list[Label]:
    """The labels of a name's words; `kind` is one of ours, several with a bar between, or a coarser one."""
    kinds = _ALLOWED.get(kind) or kind.split("|")
    return [
        tuple("O" if one == "O" else f"{'I' if at else 'B'}-{one}" for one in kinds) for at in range(length)
    ]


def read_paragraphs(path: Path) -> Iterator[tuple[str, Labelled]]:
    """Title and sentences of each paragraph of a DocRED file; a MISC that has a work's relation is a work.

    FilmKGError names the line that is no JSON, as the other readers do.
    """
    for entry in _json(path.read_text(encoding="utf8"), path):
        works = {one["h"] for one in entry["labels"] if one["r"] in _OF_WORKS}
        works |= {one["t"] for one in entry["labels"] if one["r"] in _TO_WORKS}
        sentences = [[word if word.strip() else "_" for word in words] for words in entry["sents"]]
        labels: list[list[Label]] = [[("O",)] * len(words) for words in sentences]
        for number, mentions in enumerate(entry["vertexSet"]):
            for mention in mentions:
                kind = "WORK" if mention["type"] == "MISC" and number in works else mention["type"]
                start, end = mention["pos"]
                line = labels[mention["sent_id"]]
                if all(label == ("O",) for label in line[start:end]):
                    line[start:end] = labels_of(kind, end - start)
        yield entry["title"], list(zip(sentences, labels, strict=True))


def read_tagged(path: Path) -> Iterator[Labelled]:
    """The documents of an IOB2 file of persons, organizations and places.

    A word with a capital outside these may be another kind of name: it is open.
    """
    document: Labelled = []
    rows: list[list[str]] = []
    for number, line in enumerate([*path.read_text(encoding="utf8").splitlines(), ""], 1):
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        if line and not line.startswith("#"):
            rows.append(line.split("\t"))
            if len(rows[-1]) < 3 or rows[-1][2][:2] not in ("O", "B-", "I-"):
                raise FilmKGError(f"{path}:{number}: not a number, a word and a label of IOB2")
        elif not line and rows:
            document.append(([row[1] for row in rows], [_tag(row, at) for at, row in enumerate(rows)]))
            rows = []
    if document:
        yield document


def _json(text: str, path: Path, first: int = 1) -> Any:
    """What the JSON holds; `first` is the number of its first line in the file."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise FilmKGError(f"{path}:{first + problem.lineno - 1}: not JSON: {problem.msg}") from problem


def _tag(row: Sequence[str], at: int) -> Label:
    if row[2] == "O":
        return ANY if at and row[1][:1].isupper() else ("O",)
    return labels_of(row[2][2:], 2)[row[2][0] == "I"]


def read_sentences(path: Path) -> Iterator[Labelled]:
    """Film sentences (JSON lines) with one title and one other name each; what else has a capital is open.

    Only even ids: the odd ones are for judging.
    """
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        entry = _json(line, path, number)
        if int(entry["id"][1:]) % 2:
            continue
        words = _ROUGH_WORD.findall(entry["sentence"])
        labels: list[Label] = [ANY if word[0].isupper() or word[0].isdigit() else ("O",) for word in words]
        titled = _mark(words, labels, entry["subject"], "WORK")
        if other := _RELATION_TO.get(entry["relation"]):
            _mark(words, labels, entry["object"], other)
        if titled:
            yield [(words, labels)]


def _mark(words: Sequence[str], labels: list[Label], name: str, kind: str) -> bool:
    """Labels the name wherever it stands among the words; True where it does."""
    plain = [re.sub(r"\W", "", word).lower() for word in words]
    wanted = [re.sub(r"\W", "", word).lower() for word in _ROUGH_WORD.findall(name)]
    places = [at for at in range(len(words) - len(wanted) + 1) if plain[at : at + len(wanted)] == wanted]
    for at in places:
        labels[at : at + len(wanted)] = labels_of(kind, len(wanted))
    return bool(places)


def read_articles(folder: Path) -> Iterator[tuple[str, Labelled]]:
    """Name and lines of each article (`x.txt` beside `x.gold.json`), its names marked wherever they occur.

    A string that names several things may be any of these; what else has a capital or is a number is open.
    """
    for path in sorted(folder.glob("*.gold.json")):
        gold = _json(path.read_text(encoding="utf8"), path)
        text = (folder / gold["doc"]).read_text(encoding="utf8")
        kinds: dict[str, set[str]] = {}
        for entity in gold["entities"]:
            for name in entity["names"]:
                kinds.setdefault(name, set()).add(entity["type"])
        marks = _marked(text, kinds)
        lines = (match for match in re.finditer(r"[^\n]+", text) if match.group().strip())
        yield path.name, [_line(match.group(), match.start(), marks) for match in lines]


def _marked(text: str, kinds: dict[str, set[str]]) -> dict[int, tuple[int, str]]:
    """Of each marked code point where its name starts, and the name's types with bars between."""
    marks: dict[int, tuple[int, str]] = {}
    for name in sorted(kinds, key=lambda name: (-len(name), name)):
        if not name.strip() or not (name[0].isupper() or name[0].isdigit() or name[0] in "¿¡"):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(at in marks for at in range(*match.span())):
                marks |= dict.fromkeys(range(*match.span()), (match.start(), "|".join(sorted(kinds[name]))))
    return marks


def _line(line: str, offset: int, marks: dict[int, tuple[int, str]]) -> tuple[list[str], list[Label]]:
    words: list[str] = []
    labels: list[Label] = []
    before = None
    for match in _WORD.finditer(line):
        word, mark = match.group(), marks.get(offset + match.start())
        opened = bool(words) and word[0].isupper()
        words.append(word)
        if mark:
            labels.append(labels_of(mark[1], 2)[mark == before])
        else:
            labels.append(ANY if opened or word[0].isdigit() else ("O",))
        before = mark
    return words, labels
