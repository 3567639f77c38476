"""A cue: a place in a text that may hold a title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Span

_ABBREVIATION = re.compile(r"(?:\b[^\W\d_a-z]|\b(?:Esq|Jr|Sr|Mrs?|Dr|St|No|Inc|Co|Vol)|\.\.)\.$")


@dataclass(frozen=True, slots=True)
class Cue:
    """A place that may hold a title: how strongly it points there, why, and the type where that is told."""

    span: Span
    weight: float
    why: str
    kind: str = ""


def text_at(text: str, span: Span) -> str:
    """The text of the span."""
    return text[span.start : span.end]


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and markup, and without the comma or full stop that quotes swallow."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in "*_"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:*_"):
        end -= 1
    words = text[start:end]
    if words.endswith(".") and not _ABBREVIATION.search(words):
        end -= 1
    return Span(start, end)
