"""Values and qualifiers in words, as a person reads them beside an edge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Entity, Object, Qualifiers

PHRASES = {
    "portrayed": "as {}",
    "role": "as {}",
    "billing": "in a {} role",
    "forFilm": "for {}",
    "year": "in {}",
    "ceremony": "at {}",
    "gender": "({})",
    "source": "by {}",
    "audience": "among {}",
    "publication": "in {}",
    "quote": "“{}”",
    "place": "in {}",
    "price": "for {}",
    "date": "on {}",
    "time": "at {}",
    "timeZone": "{}",
    "bound": "({})",
    "asOf": "as of {}",
    "attributedTo": "according to {}",
}
"""How a qualifier is said, in the order in which a sentence has them."""
SHORT = {"castMember": "", "awardWon": "won", "awardNominated": "nominated"}
"""Relations that an edge says in fewer words, because their qualifiers say the rest: as Sera."""
NUMBERS = frozenset({"xsd:decimal", "xsd:integer"})
LONG_NUMBER = re.compile(r"\d{5,}")


def in_words(thing: Object) -> str:
    """An entity by its label; a value with its unit, long numbers with commas."""
    if isinstance(thing, Entity):
        return thing.label
    text = thing.text
    if thing.datatype in NUMBERS:
        text = LONG_NUMBER.sub(lambda number: f"{int(number[0]):,}", text, count=1)
    return f"{text} {thing.unit}".strip()


def qualifiers_in_words(qualifiers: Qualifiers) -> Iterator[str]:
    """Each qualifier as a phrase; one that somebody added goes by its own name."""
    said = dict(qualifiers)
    phrases = {name: phrase for name, phrase in PHRASES.items() if name in said}
    for name in said:
        phrases.setdefault(name, f"{name} {{}}")
    for name, phrase in phrases.items():
        yield phrase.replace("{}", in_words(said[name]), 1)


def on_an_edge(relation: str, label: str, qualifiers: Sequence[str]) -> str:
    """A fact as an edge has it: `as Sera` for a role, `won, for Leaving Las Vegas in 1996` for a prize."""
    # What stands in parentheses, the gender of a child, is for the panel.
    words = " ".join(phrase for phrase in qualifiers if not phrase.startswith("("))
    if relation not in SHORT:
        return f"{label} {words}".rstrip()
    return ", ".join(filter(None, (SHORT[relation], words))) or label
