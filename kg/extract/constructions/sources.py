"""Sources without a title: "based on the novel by Ana Lima", "adapted from Ana Lima's 1979 play"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.clauses import arguments
from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.references import entity
from kg.extract.tree import Tree
from kg.model import Span

WRITINGS = frozenset(
    [
        "novel",
        "novella",
        "book",
        "play",
        "story",
        "memoir",
        "autobiography",
        "comic",
        "manga",
        "musical",
        "bestseller",
    ]
)
TAKING = frozenset(["base", "adapt", "draw", "derive", "take", "inspire"])
SAME_NAME_BY = re.compile(r"\s+(?:of|with) the same (?:name|title)\s+by\s+")
SAME_NAME = re.compile(r"\s+(?:of|with|by) the same (?:name|title)\b")


def sources(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of the `source` frames: the film with the writing, and the writing with its author."""
    for token in tree.tokens:
        i = token.index
        if token.lemma.lower() not in WRITINGS or context.mentions.at(tree, i) is not None:
            continue
        predicate = next((a for a in tree.ancestors(i) if tree.lemma(a) in TAKING), None)
        if predicate is None or not set(tree.prepositions(i)) & {"on", "upon", "from", "by"}:
            continue
        if any(context.mentions.at(tree, k) for k in tree.children(i, "appos", "flat")):
            continue
        yield from read_source(context, tree, i, predicate)


def read_source(context: Context, tree: Tree, i: int, predicate: int) -> Iterator[Candidate]:
    """The two candidates of one unnamed source."""
    writer = author_of(context, tree, i)
    if writer is None:
        return
    span = phrase_of(context, tree, i, writer)
    work = Argument(context.mentions.adopt(span, "Work"), span, 0.9, i)
    film = film_of(context, tree, predicate)
    for frame in context.lexicon.triggered("source", "work"):
        if film is not None:
            fixed = {"s": [film], "o": [work]}
            yield Candidate(frame, "unnamed", tree, i, fixed=fixed, confidence=0.95, predicate=predicate)
    for frame in context.lexicon.triggered("source", "author"):
        fixed = {"s": [work], "o": [writer]}
        yield Candidate(frame, "unnamed", tree, i, fixed=fixed, confidence=0.95)


def author_of(context: Context, tree: Tree, i: int) -> Argument | None:
    """Who wrote it: "by X", "X's", "the X novel"."""
    owners = tree.exactly(i, "nmod:poss")
    by = [k for k in tree.children(i, "nmod", "acl", "obl") if "by" in tree.prepositions(k)]
    named = [k for k in tree.exactly(i, "compound") if tree[k].upos == "PROPN"]
    if same := SAME_NAME_BY.match(context.parse.text, tree[i].span.end):
        by += [t.index for t in tree.tokens if t.span.start == same.end()]
    for k in [*by, *owners, *named]:
        found = entity(context, tree, k, "Person")
        if found is not None:
            return found
    return None


def phrase_of(context: Context, tree: Tree, i: int, writer: Argument) -> Span:
    """The words that stand for the work: from the first adjective or possessor to the noun or its "by X"."""
    own = {k for k in tree.kids[i] if tree[k].label in ("det", "case", "cc", "mark")}
    before = [k for k in tree.subtree(i) if k <= i and k not in own]
    start = min((k for k in before if all(j in before for j in range(k, i))), default=i)
    span = tree.span([start, i])
    if writer.span.start > span.end:
        span = span.join(writer.span)
    same = SAME_NAME.match(context.parse.text, span.end)
    return Span(span.start, same.end()) if same else span


def film_of(context: Context, tree: Tree, predicate: int) -> Argument | None:
    """What was taken from it: the object of the verb, else the film in focus."""
    for position in ("object", "subject"):
        for k in arguments(tree, predicate).get(position, []):
            found = entity(context, tree, k, "CreativeWork")
            if found is not None:
                return found
    focus = context.focus.at(tree, predicate)
    return Argument(focus[0], tree[predicate].span, focus[1]) if focus else None
