"""Life dates in parentheses: "X (14 October 1945 – 13 November 1992)", "X (born 3 May 1950 in Oslo)", "X
(1920–1999)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.referents import PERSONAL
from kg.extract.tree import Tree
from kg.extract.values import ValueMention, find_values
from kg.model import Span

LIFE = re.compile(r"\s*\(([^()\n]{4,220})\)")
BORN = re.compile(r"\b(?:born|b\.|née|né)\b|\*")
DIED = re.compile(r"\b(?:died|d\.)\b|†")
DASH = re.compile(r"\s*[–—-]\s*")


def lives(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of the label frames "born" and "died" from the parentheses after a person's name."""
    for token in tree.tokens:
        mention = context.mentions.at(tree, token.index)
        if not mention or mention.span.end != token.span.end:
            continue
        person = context.mentions.of[mention.span]
        m = LIFE.match(context.parse.text, mention.span.end)
        if person.type not in PERSONAL or not m:
            continue
        who = Argument(person, mention.span, 1.0, token.index)
        for word, part in parts(m[1], m.start(1)):
            yield from read_part(context, tree, who, word, part)


def parts(text: str, start: int) -> list[tuple[str, Span]]:
    """The stretches of a parenthesis that speak of birth and of death."""
    whole = Span(start, start + len(text))
    values = [v for v in find_values(text, start) if v.kind in ("date", "year")]
    born, died = BORN.search(text), DIED.search(text)
    if born and died and born.start() < died.start():
        return [("born", Span(start, start + died.start())), ("died", Span(start + died.start(), whole.end))]
    if born:
        return [("born", Span(start + born.start(), whole.end))]
    if died:
        return [("died", Span(start + died.start(), whole.end))]
    if len(values) == 2 and DASH.fullmatch(text[values[0].span.end - start : values[1].span.start - start]):
        return [("born", values[0].span), ("died", values[1].span)]
    return []


def read_part(context: Context, tree: Tree, who: Argument, word: str, part: Span) -> Iterator[Candidate]:
    """The date and the place in one stretch."""
    values: list[ValueMention] = find_values(context.parse.text[part.start : part.end], part.start)
    dated = next((v for v in values if v.kind in ("date", "year")), None)
    place = next(
        (Argument(r, s, 1.0) for s, r in context.mentions.within(part) if r.type == "Place"),
        None,
    )
    for frame in context.lexicon.triggered("label", word):
        if frame.relation.endswith("Date") and dated:
            filler = Argument(dated.value, dated.span, 1.0)
        elif frame.relation.endswith("Place") and place:
            filler = place
        else:
            continue
        yield Candidate(frame, "life", tree, who.token, fixed={"s": [who], "o": [filler]}, confidence=0.95)
