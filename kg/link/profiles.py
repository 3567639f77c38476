"""What each document says about its entities that helps to tell which of them are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.link.names import TITLES, is_full, key_of, year_in
from kg.model import Claim, Entity, Relation, Value
from kg.ontology import Ontology
from kg.rdf.names import KINDS, OTHER
from kg.rdf.stored import DocumentGraph

GENERAL = {"CreativeWork": "Work", "Figure": "Person", "Honouree": "Person", "Agent": "Person"}
"""The kind of what a document leaves open."""
YEAR = re.compile(r"\d{4}")
MAKING = frozenset({"director", "author"})
FROM_OUTSIDE = frozenset({"reviewerOf"})
"""Who reviews a work tells nothing about it: one critic reviews both films of a title."""


@dataclass(slots=True, eq=False)
class Profile:
    """An entity of one document: its names, and what its document says of it.

    Of a work `years`, its `makers` (directors or authors) and the `people` of its facts, by the keys of their
    names; of somebody the years of birth and death (`lives`), the `kin`, and the `works` of the facts.
    `rivals` have the same name and are something else: nothing is the remake of itself.
    """

    document: str
    entity: Entity
    kind: str
    key: str
    years: set[int] = field(default_factory=set)
    lives: set[tuple[str, int]] = field(default_factory=set)
    makers: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)
    works: set[Profile] = field(default_factory=set)
    rivals: set[Profile] = field(default_factory=set)


def kind_of(type_: str, ontology: Ontology) -> str:
    """The class whose prefix a type has: Work for Novel, Body for Publication."""
    for kind in KINDS:
        if ontology.is_a(type_, kind):
            return kind
    return GENERAL.get(type_, OTHER)


def profiles_of(graphs: Iterable[DocumentGraph], ontology: Ontology) -> list[Profile]:
    """A profile for each entity of each document, in the order of documents and entities."""
    found: list[Profile] = []
    for graph in sorted(graphs, key=lambda graph: graph.id):
        known: dict[str, Profile] = {}
        for entity in graph.entities:
            kind = kind_of(entity.type, ontology)
            profile = Profile(graph.id, entity, kind, key_of(entity.label, kind))
            profile.years |= {year for name in entity.names if (year := year_in(name))}
            known[entity.iri] = profile
        for reading in graph.readings:
            _learn(reading.claim, known, ontology)
        found += known.values()
    return found


def _learn(claim: Claim, known: dict[str, Profile], ontology: Ontology) -> None:
    """Adds to the profiles what a claim says of them."""
    triple = claim.triple
    subject = known[triple.subject.iri]
    if isinstance(triple.object, Value):
        _learn_year(subject, triple.relation, triple.object)
    things = (triple.object, *(value for _, value in claim.qualifiers))
    ends = [subject, *(known[thing.iri] for thing in things if isinstance(thing, Entity))]
    works = {end for end in ends if end.kind in TITLES}
    people = {end.key for end in ends if end.kind == "Person" and is_full(end.key)}
    for end in ends:
        if end not in works:
            end.works |= works
        elif triple.relation not in FROM_OUTSIDE:
            end.people |= people
    if isinstance(triple.object, Entity):
        _learn_of_both(subject, known[triple.object.iri], ontology.relation(triple.relation))


def _learn_of_both(subject: Profile, object_: Profile, relation: Relation) -> None:
    if subject.kind == object_.kind and subject.key == object_.key and subject is not object_:
        subject.rivals.add(object_)
        object_.rivals.add(subject)
    if relation.name in MAKING:
        subject.makers.add(object_.key)
    if relation.domain == relation.range == "Figure":
        # Who has one name only may be anybody's: half the world has a brother John.
        subject.kin |= {object_.key} if is_full(object_.key) else set()
        object_.kin |= {subject.key} if is_full(subject.key) else set()


def _learn_year(subject: Profile, relation: str, value: Value) -> None:
    found = YEAR.match(value.text)
    if not found:
        return
    if relation in {"releaseYear", "releaseDate"}:
        subject.years.add(int(found[0]))
    elif relation in {"birthDate", "deathDate"}:
        subject.lives.add((relation, int(found[0])))
