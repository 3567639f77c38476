"""Articles with gold to labelled pairs: what the classifier learns from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from kg.errors import DocumentError
from kg.evaluate import SYMMETRIC, GoldFact, gold_files, literal_key, read_gold, same_object
from kg.extract import context_of
from kg.extract.claims import drafts_of_sentence, layout_candidates
from kg.extract.classifier.ends import End
from kg.extract.classifier.network import Side, marks, numbers
from kg.extract.classifier.sentences import drafted, pairs_of, value_of
from kg.extract.context import Context
from kg.extract.drafts import Draft
from kg.extract.referents import name_key

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its gold facts, each with where its words stand; `only` are the relations it is annotated
    for, none for all.
    """

    name: str
    text: str
    facts: tuple[tuple[GoldFact, tuple[Stretch, ...]], ...]
    only: frozenset[str]


@dataclass(frozen=True, slots=True)
class Label:
    """What the gold says of a pair: the relations it asserts here, those that do not count, and for the rest
    that there is none. `drafted` holds the relations that a construction drafted, with its confidence.
    """

    asserted: frozenset[str]
    unknown: frozenset[str]
    right: frozenset[str]
    drafted: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ends, each as its head, the number of its kind and of its way of standing; the relations that they
    may have, the rows of the clues, the label.
    """

    one: Side
    two: Side
    relations: tuple[str, ...]
    rows: Sequence[int]
    label: Label


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its labelled pairs; word 0 of `kinds` and `focused` is the root."""

    words: tuple[str, ...]
    kinds: list[int]
    focused: list[int]
    pairs: list[Pair]


def read_articles(folder: Path, leave_out: Sequence[str], keep: bool = False) -> Iterator[Passage]:
    """The articles of a folder, `x.txt` beside `x.gold.json`, but those named like a pattern of `leave_out`.

    With `keep`, those alone.
    """
    for path in gold_files(folder):
        if any(fnmatch(path.name, pattern) for pattern in leave_out) is not keep:
            continue
        name, facts, only = read_gold(path)
        try:
            text = (folder / name).read_text(encoding="utf-8")
        except OSError as error:
            raise DocumentError(str(folder / name), f"cannot be read: {error.strerror}") from error
        yield Passage(name, text, tuple((fact, _places(text, fact.evidence)) for fact in facts), only)


def read_people(path: Path, leave_out: Sequence[str], keep: bool = False) -> Iterator[Passage]:
    """The passages of a file of lives, lines with `text`, `relations` and `facts`, but those whose id
    is like a pattern of `leave_out`; with `keep`, those alone.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        if any(fnmatch(passage["id"], pattern) for pattern in leave_out) is not keep:
            continue
        text, facts = passage["text"], []
        for fact in passage["facts"]:
            one, two = (frozenset({*map(name_key, fact[end]), *map(literal_key, fact[end])}) for end in "so")
            facts.append((GoldFact(fact["r"], one, two, "", fact["optional"], False, ""), ((0, len(text)),)))
        yield Passage(passage["id"], text, tuple(facts), frozenset(passage["relations"]))


def _places(text: str, evidence: str) -> tuple[Stretch, ...]:
    """Where the words of a fact stand, however white space is written."""
    words = r"\s+".join(map(re.escape, evidence.split()))
    return tuple(m.span() for m in re.finditer(words, text)) if words else ()


def examples(passage: Passage) -> list[Example]:
    """Every sentence of a passage that has a pair, read as `kg.extract` reads it."""
    context = context_of(passage.text)
    layout = layout_candidates(context)
    told: list[Example] = []
    for tree in context.trees:
        drafts = drafts_of_sentence(context, tree, layout)
        found = pairs_of(context, tree, drafts)
        stretch = (tree.sentence.span.start, tree.sentence.span.end)
        pairs = [
            Pair(numbers(one), numbers(two), names, rows, label)
            for (one, two, names), rows in zip(found, found.pairs.rows, strict=True)
            for label in (_label(context, passage, stretch, one, two, names, drafts),)
        ]
        if pairs:
            words = tuple(token.text for token in tree.tokens)
            told.append(Example(words, *marks(len(words), found.pairs.ends), pairs))
    return told


def _label(
    context: Context,
    passage: Passage,
    stretch: Stretch,
    one: End,
    two: End,
    names: Sequence[str],
    drafts: Sequence[Draft],
) -> Label:
    assert one.referent is not None
    subject = frozenset({name_key(one.referent.label)})
    asserted: set[str] = set()
    elsewhere: set[str] = set()
    for relation in names:
        keys = _object_keys(context, two, relation)
        for fact, places in passage.facts:
            if fact.relation != relation or not _states(fact, subject, keys):
                continue
            here = any(start < stretch[1] and end > stretch[0] for start, end in places)
            (asserted if here else elsewhere).add(relation)
    unknown = (elsewhere - asserted) | ({*names} - passage.only if passage.only else set())
    read = tuple(
        (d.relation, d.confidence) for d in drafts if d.subject is one.filler and drafted(context, d, two)
    )
    return Label(frozenset(asserted), frozenset(unknown), frozenset(asserted | elsewhere), read)


def _states(fact: GoldFact, subject: frozenset[str], keys: frozenset[str]) -> bool:
    if subject & fact.subject and same_object(fact.relation, keys, fact.object):
        return True
    return fact.relation in SYMMETRIC and bool(keys & fact.subject and subject & fact.object)


def _object_keys(context: Context, two: End, relation: str) -> frozenset[str]:
    if two.referent is not None:
        return frozenset({name_key(two.referent.label)})
    value = value_of(context, two, relation)
    said = [*two.spellings, f"{value.text} {value.unit}".strip() if value else ""]
    return frozenset(key for word in said if word for key in (name_key(word), literal_key(word)))
