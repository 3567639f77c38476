"""Lines of data under a title: "Ana Lima · 100m · DCP", "Brazil, 1986, 102 min"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.film_words import from_value, from_words, people_in, phrase_words
from kg.extract.context import Argument, Context
from kg.extract.tree import Tree
from kg.extract.values import find_values
from kg.language.parse import Block

DATA_LINE = re.compile(r"[·|•,;]")


def data_line(context: Context, tree: Tree, block: Block, number: int) -> Iterator[Candidate]:
    """A line of data under a title: "Ana Lima · 100m · DCP", "Brazil, 1986, 102 min." """
    start = block.span.start if block.label else block.body.start
    text = context.parse.text[start : block.body.end]
    film = context.focus.section[number] or (context.focus.main if number < 4 else None)
    if (
        film is None
        or context.focus.names_film_in(number)
        or not DATA_LINE.search(text)
        or tree[tree.root].upos in ("VERB", "AUX")
    ):
        return
    values = [v for v in find_values(text, start) if v.kind in ("year", "minutes", "date")]
    if not any(v.kind in ("minutes", "year") for v in values) or len(text.split()) > 40:
        return
    if re.search(r"\b(?:[ap]\.?m|o'clock|born|died|shown|screen)\b", text, re.I) or any(
        v.kind == "time" for v in context.values[tree.number]
    ):
        return
    work = Argument(film, tree.sentence.span, 0.9)
    yield from from_words(context, tree, 0, work, phrase_words(context, text, start), "data-line")
    for value in values:
        yield from from_value(
            context, tree, 0, work, value.kind, Argument(value.value, value.span, 1.0), "data-line"
        )
    people = people_in(context, block.body)
    if len(people) == 1:
        yield from from_value(context, tree, 0, work, "person", people[0], "data-line")
