"""Strings that cannot both be titles: of a longer and a shorter one, which is the title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_OPENING = re.compile(
    r"(?:In|After|Before|With|From|For|Like|Just|Not|Also|Even|But|And|Then|Besides|See|Only|Type|On|At|As|To|Of|By)\s"
)
_OWNER = re.compile(r"((?:[^\W\d_][\w.-]*\s){0,3}[^\W\d_][\w.-]*)['’]s?\s")
_JOINT = re.compile(r",?\sand\s|,\s|\sor\s|;\s|\s[–—]\s")
_NOUN = re.compile(r"\s(?:novel|film|play|book|movie|picture|there|here)$")


def halves(string: str) -> Iterator[tuple[str, str]]:
    """The string in two, at each comma, 'and', colon or dash."""
    for joint in _JOINT.finditer(string):
        yield string[: joint.start()], string[joint.end() :]


def parts_of(string: str, people: Collection[str]) -> Iterator[str]:
    """What may be the title inside a string that took too much: without first word, last noun, owner.

    `people` are the full names and surnames of the document.
    """
    opening = _OPENING.match(string)
    if opening and not string[opening.end() :][:1].islower():
        yield string[opening.end() :]
    owner = _OWNER.match(string)
    if owner and owner.group(1) in people:
        yield string[owner.end() :]
    for pattern in (_NOUN, re.compile(r"[?!]$")):
        end = pattern.search(string)
        if end and end.start():
            yield string[: end.start()]


def is_rival(string: str, accepted: Collection[str], people: Collection[str]) -> bool:
    """True where the string only joins an accepted title with something else."""
    if any(part in accepted for part in parts_of(string, people)):
        return True
    for left, right in halves(string):
        if left in accepted and right in accepted:
            return True
        if (
            re.match(r"(?:The|A)\s", right)
            and re.search(rf"(?:\sand|,)\s{re.escape(right)}$", string)
            and (left in accepted or right in accepted or " " in left)
        ):
            return True
    return False
