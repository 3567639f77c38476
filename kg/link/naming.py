"""The IRI and the label of each cluster, and the names that stand for several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.link.clusters import Cluster, Family
from kg.link.names import YEAR, key_of
from kg.link.profiles import Profile
from kg.model import Entity
from kg.ontology import Ontology
from kg.rdf.names import ID, KINDS, OTHER, short_hash, slug

Proposal = tuple[Cluster, str, str]
"""A cluster, the IRI of its bare name, and what is put behind it."""


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A name that stands for several things, under the IRI that one of them would have had."""

    iri: str
    names: tuple[str, ...]
    may_denote: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """What the entities of documents are: linked entities by the documents' own IRIs; the names left open."""

    entities: dict[str, Entity]
    ambiguous: tuple[AmbiguousName, ...]


class Naming:
    """Gives every cluster an IRI of its own."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.iris: dict[Cluster, str] = {}

    def links(self, families: list[Family]) -> Links:
        """The links of all families. Characters come last: they are named after their films."""
        others = [family for family in families if family.kind != "Character"]
        characters = [family for family in families if family.kind == "Character"]
        self._settle([proposal for family in others for proposal in self._proposals(family)])
        self._settle([proposal for family in characters for proposal in self._character_proposals(family)])
        entities: dict[str, Entity] = {}
        for cluster, iri in self.iris.items():
            self._denote(iri, cluster.members, entities)
        ambiguous = []
        for family in others:
            ambiguous += self._ambiguous(family)
            for members in family.open:
                self._denote(_base(family), members, entities)
        return Links(entities, tuple(sorted(ambiguous, key=lambda name: name.iri)))

    def _denote(self, iri: str, members: list[Profile], entities: dict[str, Entity]) -> None:
        entity = _entity(iri, members, self.ontology)
        for profile in members:
            entities[profile.entity.iri] = entity

    def _settle(self, proposals: list[Proposal]) -> None:
        """Gives everyone the IRI proposed. A film "Rain 2049" keeps its own before a "Rain" of 2049."""
        wanted = Counter(base + suffix for _, base, suffix in proposals)
        for cluster, base, suffix in proposals:
            iri = base + suffix
            if wanted[iri] > 1 and suffix:
                iri += f"-{short_hash(min(profile.entity.iri for profile in cluster.members))}"
            self.iris[cluster] = iri

    def _proposals(self, family: Family) -> list[Proposal]:
        own = [cluster for cluster in family.clusters if cluster.key == family.key]
        suffixes = _suffixes(own, _is_shared(family), self.ontology)
        return [(cluster, _base(family), suffix) for cluster, suffix in zip(own, suffixes, strict=True)]

    def _character_proposals(self, family: Family) -> list[Proposal]:
        by_base: dict[str, list[Cluster]] = {}
        for cluster in family.clusters:
            name = slug_of(best_label(p for p in cluster.members if p.key == cluster.key), "Character")
            by_base.setdefault(f"{_prefix('Character')}{self._scope(cluster)}--{name}", []).append(cluster)
        return [
            (cluster, base, suffix)
            for base, clusters in by_base.items()
            for cluster, suffix in zip(clusters, _hashes(clusters, len(clusters) > 1), strict=True)
        ]

    def _scope(self, cluster: Cluster) -> str:
        """The slug of the film, of several the one with the least IRI; else a hash of the document."""
        if cluster.works:
            return min(self.iris[work] for work in cluster.works).rpartition("/")[2]
        return short_hash(min(profile.document for profile in cluster.members))

    def _ambiguous(self, family: Family) -> list[AmbiguousName]:
        """The bare name, where several share it; one word that is somebody's is no name to be ambiguous."""
        if not _is_shared(family) or all(cluster.lonely for cluster in family.clusters):
            return []
        names = tuple(sorted({profile.entity.label for profile in _bearers(family)}))
        return [AmbiguousName(_base(family), names, tuple(sorted(self.iris[c] for c in family.clusters)))]


def _is_shared(family: Family) -> bool:
    return len(family.clusters) > 1 or bool(family.open)


def _bearers(family: Family) -> list[Profile]:
    """Everybody whom a document calls by the family's name."""
    members = [profile for cluster in family.clusters for profile in cluster.members]
    members += [profile for profiles in family.open for profile in profiles]
    return [profile for profile in members if profile.key == family.key]


def _base(family: Family) -> str:
    """The IRI of the bare name."""
    return f"{_prefix(family.kind)}{slug_of(best_label(_bearers(family)), family.kind)}"


def _prefix(kind: str) -> str:
    return f"{ID}{KINDS.get(kind, OTHER)}/"


def slug_of(label: str, kind: str) -> str:
    """The slug of a label, without what does not belong to the name: The, Sir, (1995)."""
    words = slug(YEAR.sub("", label) or label).split("-")
    kept = key_of(label, kind).count("-") + 1
    return "-".join(words[-kept:])


def best_label(profiles: Iterable[Profile]) -> str:
    """The spelling that most documents have, but no shouting; of two alike, the one with its accents."""
    forms: Counter[str] = Counter()
    for profile in profiles:
        own = {name for name in profile.entity.names if key_of(name, profile.kind) == profile.key}
        forms.update(own | {profile.entity.label})
    fullest = max(_words(form) for form in forms)
    full = [form for form in forms if _words(form) == fullest]
    return min(full, key=lambda form: (form.isupper(), -forms[form], form.isascii(), len(form), form))


def _words(name: str) -> int:
    return key_of(name, "Person").count("-")


def _entity(iri: str, members: list[Profile], ontology: Ontology) -> Entity:
    """The linked entity: the best label, every name, the type that most documents see."""
    label = best_label(members)
    names = {name for profile in members for name in profile.entity.names} - {label}
    types = Counter(profile.entity.type for profile in members)
    narrow = [t for t in types if not any(other != t and ontology.is_a(other, t) for other in types)]
    type_ = min(narrow, key=lambda type_: (-types[type_], type_))
    return Entity(iri, label, type_, (label, *sorted(names)))


def _suffixes(clusters: list[Cluster], is_shared: bool, ontology: Ontology) -> list[str]:
    """What tells clusters of one name apart: the kind of work always, the year or a hash where need be."""
    kinds = [_work_kind(cluster, ontology) for cluster in clusters]
    if not is_shared:
        return [kind + each for kind, each in zip(kinds, _hashes(clusters, False), strict=True)]
    years = [_year(cluster) for cluster in clusters]
    marks = [kind or year for kind, year in zip(kinds, years, strict=True)]
    if len(set(marks)) < len(marks):
        marks = [kind + year for kind, year in zip(kinds, years, strict=True)]
    unclear = {mark for mark in marks if not mark or marks.count(mark) > 1}
    hashes = _hashes(clusters, True)
    return [mark + (each if mark in unclear else "") for mark, each in zip(marks, hashes, strict=True)]


def _hashes(clusters: list[Cluster], needed: bool) -> list[str]:
    """A hash of the least document that names a cluster; of the entity where two share that."""
    least = [
        min(cluster.members, key=lambda profile: (profile.document, profile.entity.iri))
        for cluster in clusters
    ]
    documents = [profile.document for profile in least]
    found = []
    for cluster, profile in zip(clusters, least, strict=True):
        alone = documents.count(profile.document) == 1
        text = profile.document if alone else profile.entity.iri
        found.append(f"-{short_hash(text)}" if needed or cluster.lonely else "")
    return found


def _work_kind(cluster: Cluster, ontology: Ontology) -> str:
    """What kind of work it is, as broad as the classes right below Work; '' for others."""
    types = {profile.entity.type for profile in cluster.members} if cluster.kind == "Work" else set()
    right_below = ontology.ancestors["Work"] | {"Work"}
    above = {above for type_ in types for above in (type_, *ontology.ancestors.get(type_, ()))}
    broad = [class_ for class_ in above if ontology.ancestors.get(class_) == right_below]
    return f"-{min(broad).lower()}" if broad else ""


def _year(cluster: Cluster) -> str:
    """The first year of a work's release or of a life."""
    years = {year for profile in cluster.members for year in profile.years}
    born = {y for profile in cluster.members for event, y in profile.lives if event == "birthDate"}
    known = years or born
    return f"-{min(known)}" if known else ""
