"""Performer and part in brackets: "Otto Hart (Carl Dent)", "Dent (Otto Hart)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.portrayed import part_after
from kg.extract.context import Argument, Context
from kg.extract.referents import PERSONAL, Referent
from kg.extract.tree import Tree
from kg.model import Span

BRACKET = re.compile(r"((?:[A-Z][\w'’.-]+ ?){1,3})\(((?:(?:the|an?) [a-z]|[A-Z])[^()\d]{2,40})\)")


def bracket_pair(context: Context, tree: Tree, outer: Argument, opening: int) -> Iterator[Candidate]:
    """ "X (Y)": which of the two is the performer is decided by what is known of both, and the document's
    habit.
    """
    close = next(
        (j for j in range(opening + 1, min(opening + 14, len(tree.tokens))) if tree[j].text == ")"), None
    )
    if close is None or close == opening + 1:
        return
    inside = Span(tree[opening + 1].span.start, tree[close - 1].span.end)
    text = context.text(inside)
    if any(v for v in context.values[tree.number] if inside.overlaps(v.span)) or re.match(
        r"(?:born|né|née|died|aka|also|left|right|pictured)\b", text
    ):
        return
    mention = context.mentions.at(tree, opening + 1)
    if mention and context.parse.text[mention.span.end : mention.span.end + 2] in (", ", "; "):
        inside = mention.span  # "Otto Hart, the trainee": what is said besides
    frames = context.lexicon.triggered("pair", "(")
    if mention and mention.span == inside and context.mentions.of[mention.span].type in PERSONAL:
        other = Argument(context.mentions.of[mention.span], inside, 1.0, opening + 1)
        if other.filler is outer.filler:
            return
        performer, character = direction(context, outer, other)
        telling = full_name(outer) != full_name(other)
        fixed = {"o": [performer], "portrayed": [character]}
        if telling or habit(context.parse.text) or context.performs(performer.filler):
            for frame in frames:
                yield Candidate(frame, "bracket", tree, opening, fixed=dict(fixed), confidence=0.85)
    elif mention is None and performer_list(tree):
        part = part_after(context, tree, opening + 1)
        for frame in frames if part else ():
            fixed = {"o": [outer], **(part or {})}
            yield Candidate(frame, "bracket", tree, opening, fixed=fixed, confidence=0.75)


def performer_list(tree: Tree) -> bool:
    """True in a label line or sentence that lists who plays."""
    words = {t.lemma.lower() for t in tree.tokens}
    return bool(words & {"cast", "star", "feature", "play", "include", "with"})


def direction(context: Context, outer: Argument, inner: Argument) -> tuple[Argument, Argument]:
    """Performer and character of "outer (inner)"."""
    one, two = outer.filler, inner.filler
    known_outer = context.performs(one) - context.performs(two)
    if known_outer > 0:
        return outer, inner
    if known_outer < 0:
        return inner, outer
    full_outer, full_inner = full_name(outer), full_name(inner)
    if full_outer != full_inner:
        return (outer, inner) if full_outer else (inner, outer)
    return (outer, inner) if habit(context.parse.text) > 0 else (inner, outer)


def full_name(argument: Argument) -> bool:
    """True where the document calls somebody by more than one word."""
    return isinstance(argument.filler, Referent) and len(argument.filler.label.split()) > 1


@lru_cache(maxsize=4)
def habit(text: str) -> int:
    """Above 0 where the brackets of a document's text hold the parts, below 0 where they hold the
    performers.
    """
    votes = 0
    for m in BRACKET.finditer(text):
        outer, inner = m[1].strip(), m[2].strip()
        if re.match(r"(?:the|an?) [a-z]", inner) or (len(outer.split()) > 1 == len(inner.split())):
            votes += 1
        elif len(inner.split()) > 1 == len(outer.split()):
            votes -= 1
    return votes
