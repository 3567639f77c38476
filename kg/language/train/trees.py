"""Sentences of treebanks in CoNLL-U: words, tags, lemma rules, heads, labels, and GUM's entities as names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FilmKGError
from kg.language.train.names import ANY, Label, Labelled, labels_of

Row = list[str]
_KEPT = frozenset(
    "nsubj:pass aux:pass nmod:poss acl:relcl csubj:pass obl:agent compound:prt nmod:desc nmod:unmarked "
    "obl:unmarked advcl:relcl cc:preconj nsubj:outer".split()
)
"""Subtypes of labels that say something that constructions use; the others become the plain label."""
_NAMED = {"person": "PER", "place": "LOC", "organization": "ORG"}
_INSIDE = frozenset(("of", "the", "de", "van", "von"))
_INSIDE_BODY = _INSIDE | {"for", "and", "&"}
_LONGEST_TIME = 6
_CELLS = 10


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's words with the tags, lemma rules, heads (1-based, 0 the root) and labels of each."""

    words: list[str]
    upos: list[str]
    xpos: list[str]
    rule: list[str]
    head: list[int]
    dep: list[str]


def read_documents(path: Path) -> Iterator[list[list[Row]]]:
    """The documents of a CoNLL-U file: sentences of rows of cells, without multiword tokens and empty nodes.

    FilmKGError names the line that is no row of a treebank.
    """
    document: list[list[Row]] = []
    rows: list[Row] = []
    with path.open(encoding="utf8") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc") and document:
                yield document
                document = []
            elif cells[0].isdigit():
                if len(cells) != _CELLS or not cells[6].isdigit():
                    raise FilmKGError(f"{path}:{number}: not a row of CoNLL-U with {_CELLS} cells and a head")
                rows.append(cells)
            elif cells == [""] and rows:
                document.append(rows)
                rows = []
    if rows:
        document.append(rows)
    if document:
        yield document


def tree_of(rows: Sequence[Row]) -> Tree:
    """The sentence as the parser learns it."""
    return Tree(
        words=[row[1] for row in rows],
        upos=[row[3] for row in rows],
        xpos=[row[4] for row in rows],
        rule=[lemma_rule(row[1], row[2]) for row in rows],
        head=[int(row[6]) for row in rows],
        dep=[row[7] if row[7] in _KEPT else row[7].split(":")[0] for row in rows],
    )


def lemma_rule(form: str, lemma: str) -> str:
    """How the lemma is made of the form: `lower|cut|added`; `Network.ruled` undoes it."""
    lower = int(lemma != form and lemma == lemma.lower() and form != form.lower())
    form = form.lower() if lower else form
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return f"{lower}|{len(form) - same}|{lemma[same:]}"


def plain_text(document: Sequence[Sequence[Row]]) -> Labelled:
    """The document for sentence starts; what is neither a proper noun nor has a capital is no name."""
    return [
        (
            [row[1] for row in rows],
            [("O",) if row[3] != "PROPN" and row[1].islower() else ANY for row in rows],
        )
        for rows in document
    ]


@dataclass(slots=True)
class _Entity:
    group: str
    type: str
    start: int
    linked: bool
    end: int = 0


def entity_names(document: Sequence[Sequence[Row]]) -> Labelled:
    """The document with GUM's entities (`Entity=` in the last column) as persons, places, bodies, times.

    An annotated span is a whole phrase: its name is the proper nouns around its head. Open where the
    annotation does not say what kind of thing is named.
    """
    rows = [row for sentence in document for row in sentence]
    heads: list[int] = []
    for sentence in document:
        base = len(heads)
        heads += [base + int(row[6]) - 1 if row[6] != "0" else -1 for row in sentence]
    labels: list[Label] = [("O",)] * len(rows)
    for entity in sorted(_entities(rows), key=lambda entity: entity.start - entity.end):
        found = _name_in(entity, rows, heads)
        if found:
            kind, start, end = found
            labels[start:end] = labels_of(kind, end - start) if kind else [ANY] * (end - start)
    result, at = [], 0
    for sentence in document:
        result.append(([row[1] for row in sentence], labels[at : at + len(sentence)]))
        at += len(sentence)
    return result


def _entities(rows: Sequence[Row]) -> Iterator[_Entity]:
    """Every annotated span with its type; they nest."""
    opened: list[_Entity] = []
    for at, row in enumerate(rows):
        note = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for mark in re.findall(r"\([^()]*\)?|[^()]*\)", note[1]) if note else ():
            if mark.startswith("("):
                fields = mark.strip("()").split("-")
                entity = _Entity(fields[0].split("[")[0], fields[1], at, len(fields) > 7)
                opened.append(entity)
            if mark.endswith(")"):
                group = mark.strip("()").split("-")[0].split("[")[0]
                last = next((n for n in reversed(range(len(opened))) if opened[n].group == group), None)
                if last is not None:
                    entity = opened.pop(last)
                    entity.end = at + 1
                    yield entity


def _name_in(entity: _Entity, rows: Sequence[Row], heads: Sequence[int]) -> tuple[str, int, int] | None:
    """The kind of the name in an entity's phrase ('' for one that we cannot type), and where it stands."""
    start, end = entity.start, entity.end
    head = next((at for at in range(start, end) if not start <= heads[at] < end), None)
    if head is None:
        return None
    if entity.type == "time":
        if end - start > _LONGEST_TIME or not any(c.isdigit() for row in rows[start:end] for c in row[1]):
            return None
        while start < end and rows[start][3] in ("DET", "ADP", "PUNCT"):
            start += 1
        return "TIME", start, end
    if entity.type in _NAMED:
        return (_NAMED[entity.type], *_around(entity, rows, head)) if rows[head][3] == "PROPN" else None
    named = entity.linked and any(row[1][:1].isupper() for row in rows[start:end])
    return ("", start, end) if named else None


def _around(entity: _Entity, rows: Sequence[Row], head: int) -> tuple[int, int]:
    """The proper nouns around the head, with the small words between them."""

    def proper(at: int) -> bool:
        return entity.start <= at < entity.end and rows[at][3] == "PROPN"

    after = _INSIDE_BODY if entity.type == "organization" else frozenset[str]()
    start, end = head, head + 1
    while proper(start - 1) or (proper(start - 2) and rows[start - 1][1].lower() in _INSIDE):
        start -= 1
    while proper(end) or (proper(end + 1) and rows[end][1].lower() in after):
        end += 1
    return start, end
