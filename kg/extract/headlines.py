"""What headings and label lines say about the film that a text is of."""

from __future__ import annotations

from kg.language.parse import Block, Parse
from kg.model import Span

FILM_LABELS = frozenset({"film", "title", "movie", "original title", "picture"})


def names_film(text: str, block: Block) -> bool:
    """True for a label line like "Film: X"."""
    label = block.label
    words = text[label.start : label.end].strip(" *_").lower().split() if label else []
    return bool(words) and (words[-1] in FILM_LABELS or " ".join(words) in FILM_LABELS)


def is_credit_heading(text: str) -> bool:
    """True for a heading that may belong to the film above it: short, or with a year or a number."""
    return any(c.isdigit() for c in text) or len(text) < 25


def heads_page(parse: Parse, title: Span) -> bool:
    """True where the headline is the title and a year or what the page is of: "X (1948): trivia"."""
    first = parse.blocks[0]
    before = parse.text[first.body.start : title.start].strip("“\"‘'*_# ")
    behind = parse.text[title.end : first.body.end].lstrip("”\"’'*_ ")
    return first.kind == "heading" and not before and behind[:1] in ("", "(", ":", "–", "—")
