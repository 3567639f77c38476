"""The questions of the catalogue in groups, as the page at / lists them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.query import NamedQuery

GROUPS = {
    "Films": "who-directed-what crew-of-film cast-of-film adaptations sequels-and-remakes companies "
    "locations set-here-shot-there soundtracks broadcasts",
    "People": "filmography co-stars films-with-both actor-director-pairs actors-behind-the-camera who-played "
    "lives most-connected-people co-star-links",
    "Families": "parents famous-children family-on-film siblings-in-film",
    "Awards": "awards awards-of-person nominations awards-by-year honoured-performances",
    "Reviews and money": "ratings who-reviewed money budget-and-box-office",
    "Lists of films": "films-by-genre films-by-country films-by-decade films-by-language longest-films "
    "shortest-films",
    "What documents say": "sentence-behind-fact document-says said-once contradictions most-connected",
}
MORE = "More"


def grouped(questions: Iterable[NamedQuery]) -> dict[str, list[NamedQuery]]:
    """The questions by group, in the order of the groups; what has no group comes last."""
    by_name = {each.name: each for each in questions}
    found = {
        group: [by_name.pop(name) for name in names.split() if name in by_name]
        for group, names in GROUPS.items()
    }
    return {group: members for group, members in {**found, MORE: [*by_name.values()]}.items() if members}
