"""A sentence that begins by saying what a film is: "Harbour (Danish: Havn) is a 1995 drama directed by …".

Read off the words, not the tree: the descriptions are long, and parsers lose their heads in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.model import Span

_STOP = "by|about|in|of|that|who|which|set|based|and its|directed|written|produced|made|starring"
DEFINITION = re.compile(
    r"[”\"’'*_]{0,3}(?:,? ?\([^()\n]{0,160}\))?"
    r"(?:, (?:also |originally )?(?:known|called|titled|released)[^,\n]{1,80},)?"
    r",? (?:is|was) (?:an?|the) (?:early-|mid-|late-)?"
    rf"(?P<phrase>(?:(?!(?:{_STOP})\b)[\w'’./-]+,? ?){{1,12}})"
)
"""What follows a title; its group holds the words that describe the film."""
KINDS = frozenset(
    ("cartoon", "serial", "special", "miniseries", "series", "pilot", "video", "featurette", "ova")
)
"""Nouns that describe what is filmed besides the lexicon's own."""


@dataclass(frozen=True, slots=True)
class Definition:
    """The words that describe the film, up to its noun, and where the sentence goes on behind them."""

    phrase: Span
    noun: str


def definition(text: str, title: Span, end: int, nouns: Collection[str]) -> Definition | None:
    """What the words behind the title at `title` say that it is, or None; `nouns` are those of films."""
    said = DEFINITION.match(text, title.end, end)
    if said is None:
        return None
    words = list(re.finditer(r"[\w'’/-]+", said["phrase"]))
    kinds = [m for m in words if m.group().lower() in KINDS or m.group().lower().split("-")[-1] in nouns]
    if not kinds:
        return None
    start = said.start("phrase")
    return Definition(Span(start, start + kinds[-1].end()), kinds[-1].group().lower())
