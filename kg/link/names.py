"""Names compared: what of their spelling matters, and which may be short for which."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.rdf.names import slug

FOLDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
HONORIFICS = frozenset({"sir", "dame", "mr", "mrs", "ms", "miss", "dr", "lord", "lady"})
TITLES = frozenset({"Film", "Work"})
"""Kinds whose names are titles: an article in front is a part of them."""
YEAR = re.compile(
    r"\s*\((?:film|book|novel|song|album|series|play)?,?\s*((?:18|19|20)\d\d)?\)\s*$", re.IGNORECASE
)
EAST_ASIAN = 0x2E80


@lru_cache(maxsize=100_000)
def key_of(name: str, kind: str) -> str:
    """What two names of a kind have in common where they are the same: `rene-muller` for René Müller."""
    words = slug(_without_accents(YEAR.sub("", name) or name)).split("-")
    if kind == "Person":
        while len(words) > 1 and words[0] in HONORIFICS:
            words = words[1:]
    elif kind not in TITLES and len(words) > 1 and words[0] == "the":
        words = words[1:]
    return "-".join(words)


def year_in(name: str) -> int | None:
    """The year in brackets that follows a title, if one does."""
    found = YEAR.search(name)
    return int(found[1]) if found and found[1] else None


def is_full(key: str) -> bool:
    """True for a name that tells a person from others: several words, or a script without spaces."""
    return "-" in key or any(ord(letter) >= EAST_ASIAN for letter in key)


def may_be_short_for(short: str, full: str) -> bool:
    """True where a person's name is a shorter form of another: a first name, a surname, no middle name."""
    less, more = short.split("-"), full.split("-")
    if len(less) >= len(more):
        return False
    if len(less) == 1 and less[0] == more[0]:
        return True
    return more[-len(less) :] == less or (
        less[0] == more[0] and less[-1] == more[-1] and _in_order(less, more)
    )


def is_part_of(short: str, full: str) -> bool:
    """True where the words of a character's name occur in another's, in order."""
    less, more = short.split("-"), full.split("-")
    return len(less) < len(more) and _in_order(less, more)


def surname(key: str) -> str:
    """The last word of a person's name."""
    return key.rpartition("-")[2]


def _in_order(less: list[str], more: list[str]) -> bool:
    rest = iter(more)
    return all(word in rest for word in less)


def _without_accents(name: str) -> str:
    """The name without the marks on Latin, Greek and Cyrillic letters; in other scripts marks are letters."""
    kept: list[str] = []
    base_has_case = False
    for letter in unicodedata.normalize("NFKD", name.lower()).translate(FOLDED):
        if not unicodedata.combining(letter):
            base_has_case = letter.upper() != letter
            kept.append(letter)
        elif not base_has_case:
            kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))
