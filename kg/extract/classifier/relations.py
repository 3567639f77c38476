"""Which relations two ends may have, by their kinds."""

from __future__ import annotations

from functools import lru_cache

from kg.extract.classifier.ends import End
from kg.extract.values import KIND_OF_RELATION
from kg.model import Relation
from kg.ontology import Ontology

WORDS = frozenset({"genre", "occupation", "language"})
"""Relations whose object is a kind of its own."""
_KINDS = {
    "CreativeWork": frozenset({"Film", "Work"}),
    "Agent": frozenset({"Figure", "Organization", "Publication"}),
    "Body": frozenset({"Organization", "Publication"}),
    "Organization": frozenset({"Organization", "Publication"}),
    "Person": frozenset({"Figure"}),
    "Character": frozenset({"Figure"}),
    "Honouree": frozenset({"Figure", "Film"}),
}
_OF_FILMS = frozenset(
    {"director", "writer", "producer", "composer", "cinematographer", "editor", "castMember", "basedOn"}
)
_WORDED = frozenset({"theme", "ownerOf", "contentRating"})
"""Relations whose object is any words: no end can be found beforehand."""


def possible(ontology: Ontology, one: End, two: End) -> tuple[str, ...]:
    """The relations that `one` as subject may have to `two`."""
    return _possible(ontology.relations, one.kind, two.kind)


@lru_cache(maxsize=4096)
def _possible(relations: tuple[Relation, ...], one: str, two: str) -> tuple[str, ...]:
    return tuple(
        r.name
        for r in relations
        if r.name not in _WORDED
        and _fits(r.domain, one)
        and not (r.name in _OF_FILMS and one != "Film")
        and _object_fits(r.name, r.range, two)
    )


def _object_fits(relation: str, expected: str, kind: str) -> bool:
    if relation in KIND_OF_RELATION:
        return kind in KIND_OF_RELATION[relation]
    return kind == relation if relation in WORDS else _fits(expected, kind)


def _fits(expected: str, kind: str) -> bool:
    return kind in _KINDS.get(expected, {expected})
