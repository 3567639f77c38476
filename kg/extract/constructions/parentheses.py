"""The parentheses behind a title: "Harbour (Denmark, 2007, 92 min)", "Harbour (dir. Ana Lima)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.film_words import from_value, from_words, people_in, phrase_words
from kg.extract.context import Argument, Context
from kg.extract.tree import Tree
from kg.extract.values import find_values
from kg.model import Span, Value

PARENTHESIS = re.compile(r"[”\"’'*_]{0,2}[ \t]*[(\[]((?:[^()\[\]\n]|\n(?!\s*\n)){2,160})[)\]]")
DIRECTED = re.compile(r"\b(?:dir(?:\.|ected by|ector)?|d\.|by)[:\s]+(?=[A-Z])")
RATING = re.compile(r"\b(?:rated|rating|certificate|cert\.?)[:\s]+([A-Z0-9][A-Za-z0-9/+-]*)", re.I)


def parenthesis(context: Context, tree: Tree, i: int, work: Argument) -> Iterator[Candidate]:
    """What stands in the parentheses right after a title."""
    m = PARENTHESIS.match(context.parse.text, work.span.end)
    if not m:
        return
    inside = Span(m.start(1), m.end(1))
    values = find_values(m[1], inside.start)
    words = phrase_words(context, m[1], inside.start)
    if r := RATING.search(m[1]):
        span = Span(inside.start + r.start(1), inside.start + r.end(1))
        yield from from_value(
            context, tree, i, work, "rating", Argument(Value(r[1]), span, 1.0), "parenthesis"
        )
    if not values and (alone := sole(context, inside)) is not None:
        kind, filler = alone
        yield from from_value(context, tree, i, work, kind, filler, "alone")
    if not values and not any(context.lexicon.triggered("film", w) for w, _ in words):
        return
    if re.match(r"[A-Z]\w+(?::| for )", m[1]) or re.search(
        r"\b(?:won|nominated|nominee|winner|award|died|born)\b", m[1], re.I
    ):
        return
    yield from from_words(context, tree, i, work, words, "parenthesis")
    if d := DIRECTED.search(m[1]):
        people = people_in(context, Span(inside.start + d.end(), inside.end))
        for person in people[:1]:
            yield from from_value(context, tree, i, work, "person", person, "parenthesis")
    kinds_seen: set[str] = set()
    for value in values:
        if value.kind not in kinds_seen and value.kind in ("year", "date", "minutes"):
            kinds_seen.add(value.kind)
            yield from from_value(
                context, tree, i, work, value.kind, Argument(value.value, value.span, 1.0), "parenthesis"
            )
    if "year" in kinds_seen or "minutes" in kinds_seen:
        people = people_in(context, inside)
        if len(people) == 1 and not re.search(r"\b(?:with|starring|as|for)\b", m[1]):
            yield from from_value(context, tree, i, work, "person", people[0], "parenthesis")


def sole(context: Context, inside: Span) -> tuple[str, Argument] | None:
    """The person or body whose name is all that a parenthesis holds, and which of the two it is."""
    referent = context.mentions.of.get(inside)
    if referent is None or referent.type not in ("Person", "Organization"):
        return None
    if re.search(r"\b(?:Images|Press|News|Photo|AP|AFP|Reuters)\b", referent.label):
        return None
    return "person" if referent.type == "Person" else "body", Argument(referent, inside, 0.8)
