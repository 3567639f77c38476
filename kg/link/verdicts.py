"""Whether two of one name are one: what speaks for it, what against."""

from __future__ import annotations

from collections.abc import Iterable

from kg.link.names import surname
from kg.link.partition import Bundle, Verdict
from kg.ontology import Ontology

LEEWAY = 1
"""A film is dated by its first night or its release, a birth by an age: one year is no contradiction."""


def on_works(ontology: Ontology) -> Verdict:
    """The verdict on two films, or two works, of one title."""

    def verdict(one: Bundle, other: Bundle) -> int:
        if are_rivals(one, other) or not _kinds_agree(one.types, other.types, ontology):
            return -6
        said = 0
        years_differ = False
        if one.years and other.years:
            years_differ = not _near(one.years, other.years)
            said += -2 if years_differ else 1
        if one.makers and other.makers:
            shared = set(map(surname, one.makers)) & set(map(surname, other.makers))
            said += 2 if shared else -2
        cast, other_cast = one.people - one.makers, other.people - other.makers
        if cast & other_cast:
            said += 2
        elif years_differ and cast and other_cast:
            # Somebody filmed the same story again, with others.
            said -= 1
        return said

    return verdict


def _kinds_agree(ones: set[str], others: set[str], ontology: Ontology) -> bool:
    """True where no document says book where another says song."""
    pairs = ((one, other) for one in ones for other in others)
    return all(ontology.is_a(one, other) or ontology.is_a(other, one) for one, other in pairs)


def on_people(one: Bundle, other: Bundle) -> int:
    """The verdict on two people of one full name."""
    if are_rivals(one, other):
        return -6
    said = 2 if share_company(one, other) else 0
    for event in ("birthDate", "deathDate"):
        years, others = _years_of(event, one), _years_of(event, other)
        if years and others:
            said += 1 if _near(years, others) else -2
    return said


def are_rivals(one: Bundle, other: Bundle) -> bool:
    """True where a document tells the two apart, although they have one name."""
    return any(profile in one.rivals for profile in other.members)


def _years_of(event: str, somebody: Bundle) -> set[int]:
    return {year for which, year in somebody.lives if which == event}


def share_people(one: Bundle, other: Bundle) -> bool:
    """True where two works have somebody in common."""
    return bool(one.people & other.people)


def share_company(one: Bundle, other: Bundle) -> bool:
    """True where two people have a work or a relative in common."""
    return bool(one.works & other.works or one.kin & other.kin)


def _near(years: Iterable[int], others: Iterable[int]) -> bool:
    others = set(others)
    return any(abs(year - other) <= LEEWAY for year in years for other in others)
