"""Candidates of the `film` frames from single words and values of the phrase that describes a film."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.tree import Tree
from kg.lexicon import Frame
from kg.model import Span, Value

WORD = re.compile(r"[^\W\d_](?:[\w'’]|-(?=\w))*")


def from_words(
    context: Context, tree: Tree, i: int, work: Argument, words: list[tuple[str, Span]], how: str
) -> Iterator[Candidate]:
    """Candidates of the frames that the words of a film phrase trigger."""
    for word, span in words:
        base = word.removesuffix("-language").removesuffix("-speaking")
        for frame in context.lexicon.triggered("film", word) or context.lexicon.triggered("film", base):
            spoken = (
                (how == "data-line" and word in context.lexicon.words("languages"))
                or base != word
                or context.parse.text[: span.start].endswith(("in ", "In "))
            )
            if (spoken and frame.relation == "country") or (
                not spoken and frame.relation == "language" and word in context.lexicon.words("demonyms")
            ):
                continue
            said = Value(context.genres.get(word, word))
            filler = named_place(context, span) if frame.relation == "country" else Argument(said, span, 1.0)
            yield make(frame, tree, i, work, filler, how)


def from_value(
    context: Context, tree: Tree, i: int, work: Argument, kind: str, filler: Argument, how: str
) -> Iterator[Candidate]:
    """Candidates of the frames that take a value of `kind` from a film phrase."""
    for frame in context.lexicon.triggered("film", f"${kind}"):
        yield make(frame, tree, i, work, filler, how)


def make(frame: Frame, tree: Tree, i: int, work: Argument, filler: Argument, how: str) -> Candidate:
    """A candidate whose slots are already resolved."""
    return Candidate(frame, how, tree, i, fixed={"s": [work], "o": [filler]}, confidence=0.95)


def phrase_words(context: Context, text: str, start: int) -> list[tuple[str, Span]]:
    """Words and pairs of words, the longest that the lexicon knows first, none inside another."""
    tokens = list(WORD.finditer(text))
    out: list[tuple[str, Span]] = []
    k = 0
    while k < len(tokens):
        for length in (3, 2, 1):
            group = tokens[k : k + length]
            if len(group) < length:
                continue
            word = " ".join(t.group().replace("’", "'") for t in group)
            known = next((w for w in (word, word.lower()) if context.lexicon.triggered("film", w)), None)
            if known or length == 1:
                out.append((known or word, Span(start + group[0].start(), start + group[-1].end())))
                k += length
                break
    return out


def named_place(context: Context, span: Span) -> Argument:
    """The place that an adjective of nationality or a country's name stands for, under the form in the
    text.
    """
    referent = context.mentions.of.get(span) or context.mentions.adopt(span, "Place")
    if referent.type != "Place":
        referent = context.mentions.adopt(span, "Place")
    return Argument(referent, span, 1.0)


def people_in(context: Context, inside: Span) -> list[Argument]:
    """The persons named in a stretch of text."""
    return [
        Argument(referent, span, 0.9)
        for span, referent in context.mentions.within(inside)
        if referent.type == "Person" and referent.label not in context.lexicon.words("languages")
    ]
