"""The candidates of a sentence that says what a film is: year, country, language, genre, and whose film."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.film_words import from_value, from_words, phrase_words
from kg.extract.constructions.films import spoken_in
from kg.extract.context import Argument, Context
from kg.extract.tree import Tree
from kg.extract.values import find_values

BY = re.compile(r" by (?:(?:the )?(?:[A-Z][a-z]+ )?(?:director|filmmaker|film-maker) )?(?=[A-Z])")


def definitions(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of the `film` frames from the description at the head of the sentence, if there is one."""
    found = context.defined[tree.number]
    if found is None:
        return
    work, said = found
    text = context.parse.text[said.phrase.start : said.phrase.end]
    i = next((t.index for t in tree.tokens if t.span.end >= said.phrase.end), work.token)
    yield from from_words(
        context, tree, i, work, phrase_words(context, text, said.phrase.start), "definition"
    )
    yield from spoken_in(context, tree, i, work, said.phrase.end)
    for value in find_values(text, said.phrase.start):
        if value.kind in ("year", "minutes"):
            filler = Argument(value.value, value.span, 1.0)
            yield from from_value(context, tree, i, work, value.kind, filler, "definition")
    if by := BY.match(context.parse.text, said.phrase.end):
        for span, referent in context.mentions.beginning(by.end(), by.end() + 1):
            if referent.type == "Person":
                yield from from_value(
                    context, tree, i, work, "person", Argument(referent, span, 0.9), "definition"
                )
