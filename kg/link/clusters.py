"""The entities of all documents, parted into those that are one. Works first: people are known by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.link.names import is_full, is_part_of, may_be_short_for
from kg.link.partition import Bundle, Parted, Union, bundle, part
from kg.link.profiles import Profile
from kg.link.verdicts import on_people, on_works, share_company, share_people
from kg.ontology import Ontology

GENERAL_TYPES = frozenset({"Film", "Work", "CreativeWork"})


@dataclass(slots=True, eq=False)
class Cluster:
    """Entities of documents that are one. A `lonely` one has a name that does not tell it from others."""

    members: list[Profile]
    kind: str
    key: str
    lonely: bool = False
    works: list[Cluster] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Family:
    """Everything of one kind and one name: what it may be, and who could be any of those."""

    kind: str
    key: str
    clusters: list[Cluster]
    open: list[list[Profile]]


def families_of(profiles: Iterable[Profile], ontology: Ontology) -> list[Family]:
    """Every profile in a cluster of a family, or among its open ones; sorted by kind and name."""
    by_kind: dict[str, list[Profile]] = {}
    for profile in profiles:
        by_kind.setdefault(profile.kind, []).append(profile)
    people, characters = by_kind.pop("Person", []), by_kind.pop("Character", [])
    families: list[Family] = []
    work_of: dict[Profile, Cluster] = {}
    for kind in ("Film", "Work"):
        found = _works(by_kind.pop(kind, []), ontology)
        families += found
        work_of |= {profile: cluster for f in found for cluster in f.clusters for profile in cluster.members}
    families += _people(people, {profile: id(cluster) for profile, cluster in work_of.items()})
    families += _characters(characters, work_of)
    for kind, others in by_kind.items():
        for key, alike in _by_key(others).items():
            families.append(Family(kind, key, [Cluster(alike, kind, key)], []))
    return sorted(families, key=lambda family: (family.kind, family.key))


def _by_key(profiles: Iterable[Profile]) -> dict[str, list[Profile]]:
    found: dict[str, list[Profile]] = {}
    for profile in profiles:
        found.setdefault(profile.key, []).append(profile)
    return found


def _works(profiles: list[Profile], ontology: Ontology) -> list[Family]:
    """Works of one title: told apart by year, makers, cast, and what kind of work they are."""
    verdict = on_works(ontology)

    def signature(profile: Profile) -> tuple[frozenset[object], ...]:
        own_type = {profile.entity.type} - GENERAL_TYPES
        rivals = frozenset([profile]) if profile.rivals else frozenset()
        return frozenset(profile.years), frozenset(profile.makers), frozenset(own_type), rivals

    found = []
    for key, alike in _by_key(profiles).items():
        informed, silent = _bundles(alike, signature, {})
        found.append(_family(alike[0].kind, key, part(informed, silent, verdict, share_people)))
    return found


def _bundles(
    profiles: list[Profile],
    signature: Callable[[Profile], tuple[frozenset[object], ...]],
    number_of: dict[Profile, int],
) -> tuple[list[Bundle], list[Bundle]]:
    """Bundles of those who say exactly the same; one for each who says nothing of the kind."""
    same: dict[tuple[frozenset[object], ...], list[Profile]] = {}
    silent: list[Bundle] = []
    for profile in profiles:
        said = signature(profile)
        if any(said):
            same.setdefault(said, []).append(profile)
        else:
            silent.append(bundle([profile], number_of))
    return [bundle(members, number_of) for members in same.values()], silent


def _life(profile: Profile) -> tuple[frozenset[object], ...]:
    return frozenset(profile.lives), frozenset([profile]) if profile.rivals else frozenset()


def _family(kind: str, key: str, parted: Parted) -> Family:
    return Family(kind, key, [Cluster(group, kind, key) for group in parted.groups], parted.open)


def _people(profiles: list[Profile], work_of: dict[Profile, int]) -> list[Family]:
    """People: by the full name; by less only where a work or a relative is shared."""
    families: dict[str, Family] = {}
    short: dict[str, list[Cluster]] = {}
    for key, alike in _by_key(profiles).items():
        if is_full(key):
            informed, silent = _bundles(alike, _life, work_of)
            families[key] = _family("Person", key, part(informed, silent, on_people, share_company))
        else:
            short[key] = [Cluster([profile], "Person", key, lonely=True) for profile in alike]
    clusters = [cluster for family in families.values() for cluster in family.clusters]
    lonely = [cluster for alike in short.values() for cluster in alike]
    joined = _join_short(clusters, lonely, work_of)
    for family in families.values():
        family.clusters = list(dict.fromkeys(joined.get(cluster, cluster) for cluster in family.clusters))
    left = [cluster for cluster in lonely if cluster not in joined]
    return [*families.values(), *_lonely_families(left, work_of)]


def _join_short(
    full: list[Cluster], lonely: list[Cluster], work_of: dict[Profile, int]
) -> dict[Cluster, Cluster]:
    """Clusters that go by a part of a name, put into the only one of that name whose company they share."""
    by_word: dict[str, list[Cluster]] = {}
    for cluster in full:
        words = cluster.key.split("-")
        for word in {words[0], words[-1]}:
            by_word.setdefault(word, []).append(cluster)
    bundles = {cluster: bundle(cluster.members, work_of) for cluster in (*full, *lonely)}
    target: dict[Cluster, Cluster] = {}
    for cluster in (*full, *lonely):
        candidates = [
            other
            for other in by_word.get(cluster.key.rpartition("-")[2], [])
            if may_be_short_for(cluster.key, other.key) and share_company(bundles[cluster], bundles[other])
        ]
        if len(candidates) == 1:
            target[cluster] = candidates[0]
    joined: dict[Cluster, Cluster] = {}
    for cluster in target:
        end = target[cluster]
        while end in target:
            end = target[end]
        end.members += cluster.members
        joined[cluster] = end
    return joined


def _lonely_families(lonely: list[Cluster], work_of: dict[Profile, int]) -> list[Family]:
    """People of one word whom nobody's full name explains: one only where they share company."""
    by_key: dict[str, list[Cluster]] = {}
    for cluster in lonely:
        by_key.setdefault(cluster.key, []).append(cluster)
    found = []
    for key, alike in by_key.items():
        profiles = [profile for cluster in alike for profile in cluster.members]
        companies: dict[object, list[Profile]] = {}
        for profile in profiles:
            for company in (*profile.kin, *(work_of[work] for work in profile.works if work in work_of)):
                companies.setdefault(company, []).append(profile)
        together = _united(profiles, companies.values())
        found.append(Family("Person", key, [Cluster(g, "Person", key, lonely=True) for g in together], []))
    return found


def _united(profiles: list[Profile], same: Iterable[list[Profile]]) -> list[list[Profile]]:
    """Profiles in sets, where those of each list in `same` belong together."""
    union = Union(profiles)
    for first, *others in same:
        for other in others:
            union.join(first, other)
    return union.sets()


def _characters(profiles: list[Profile], work_of: dict[Profile, Cluster]) -> list[Family]:
    """Characters: one within their film only, by the name or by a part of it that no other there has."""
    by_place: dict[tuple[object, str], list[Profile]] = {}
    for profile in profiles:
        for place in _places(profile, work_of):
            by_place.setdefault((place, profile.key), []).append(profile)
    union = Union(profiles)
    for first, *others in by_place.values():
        for other in others:
            union.join(first, other)
    keys: dict[object, list[str]] = {}
    for place, key in by_place:
        keys.setdefault(place, []).append(key)
    for place, here in keys.items():
        for key in here:
            fuller = [other for other in here if is_part_of(key, other)]
            if len(fuller) == 1:
                union.join(by_place[place, key][0], by_place[place, fuller[0]][0])
    families: dict[str, Family] = {}
    for members in union.sets():
        key = max((member.key for member in members), key=lambda key: (key.count("-"), len(key), key))
        cluster = Cluster(members, "Character", key)
        works = {work_of[work]: None for member in members for work in member.works if work in work_of}
        cluster.works = list(works)
        families.setdefault(key, Family("Character", key, [], [])).clusters.append(cluster)
    return list(families.values())


def _places(profile: Profile, work_of: dict[Profile, Cluster]) -> set[object]:
    """The works that a character is in; a document, where none is known."""
    return {work_of[work] for work in profile.works if work in work_of} or {profile.document}
