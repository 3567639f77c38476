"""Which frames a label names: "Director / Writer" names two relations."""

from __future__ import annotations

import re

from kg.extract.context import Context
from kg.lexicon import Frame

SPLIT = re.compile(r"\s*(?:/|&|,|\band\b)\s*")
NARROWER = frozenset(
    [
        "us",
        "uk",
        "u.s.",
        "british",
        "american",
        "french",
        "spanish",
        "german",
        "indian",
        "original",
        "main",
        "film",
        "executive",
        "international",
        "principal",
        "filming",
    ]
)


def frames_for(context: Context, label: str) -> list[Frame]:
    """The frames that a label names: "Director / Writer" names two relations."""
    whole = re.sub(r"[*_:()]", "", label).strip().lower()
    if found := by_word(context, whole):
        return found
    first, _, rest = whole.partition(" ")
    if first in NARROWER and (found := by_word(context, rest)):
        return found
    parts = [p for p in SPLIT.split(whole) if p]
    if whole.endswith(" by") and len(parts) > 1:
        parts = [p if p.endswith(" by") else f"{p} by" for p in parts]
    found = [f for p in parts for f in by_word(context, p)] if len(parts) > 1 else []
    return found if len(parts) <= 4 else []


def by_word(context: Context, word: str) -> list[Frame]:
    """The label frames of a word, or its noun frames that say who is it."""
    for form in (word, word.removesuffix("."), word.removesuffix("s"), word.removeprefix("the ")):
        if frames := context.lexicon.triggered("label", form):
            return list(frames)
    for form in (word, word.removesuffix("s")):
        nouns = [f for f in context.lexicon.triggered("noun", form) if f.relation not in ("occupation",)]
        usable = [
            f
            for f in nouns
            if f.position("o") in ("is", "by") and not f.needs and context.is_work(f.relation)
        ]
        if usable:
            return usable[:1]
    return []
