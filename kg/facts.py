"""Claims to facts: which claims say the same, and the line in which a fact is printed.

The rule for claims about one triple is a function of their set, never of their order. What tells one
qualified fact from another (film, part, year: the identifying qualifiers of `film.ttl`) is compared first. A
claim that says less of it joins the one claim that says the same and more. Where several say more, nobody can
tell which is meant, and the claim supports the triple alone. Two claims of which neither says all that the
other says stay apart: an award won in 1996 and an award won for one film may be two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import prod
from operator import itemgetter
from typing import Any

from kg.model import Claim, Entity, Evidence, Fact, Object, Span
from kg.ontology import Ontology, load_ontology

Key = tuple[str, ...]
"""What makes two objects the same one."""
Said = frozenset[tuple[str, Key]]
"""Qualifiers, by the keys of their values."""

SOURCE = "attributedTo"


def key_of(thing: Object) -> Key:
    """What tells an object from others: an entity's IRI, a value with datatype and unit."""
    if isinstance(thing, Entity):
        return ("", thing.iri)
    return (thing.datatype, thing.text, thing.unit)


@dataclass(frozen=True, slots=True)
class Joined:
    """A fact with the claims behind it. `node` is False for what supports the triple alone."""

    fact: Fact
    claims: tuple[Claim, ...]
    node: bool


def facts_of(claims: Iterable[Claim], ontology: Ontology | None = None) -> tuple[Fact, ...]:
    """The facts that the claims make, in the order of the text that says them first."""
    return tuple(joined.fact for joined in join(claims, ontology))


def join(claims: Iterable[Claim], ontology: Ontology | None = None) -> list[Joined]:
    """The facts with their claims, in the order of documents and text."""
    ontology = ontology or load_ontology()
    by_triple: dict[tuple[str, str, Key], list[Claim]] = {}
    for claim in claims:
        triple = claim.triple
        key = (triple.subject.iri, triple.relation, key_of(triple.object))
        by_triple.setdefault(key, []).append(claim)
    found = [joined for alike in by_triple.values() for joined in _join_alike(alike, ontology)]
    return sorted(found, key=lambda joined: order_of(joined.fact))


def order_of(fact: Fact) -> tuple[Any, ...]:
    """What facts are sorted by: where they are said first, then what they say."""
    first, triple = fact.evidence[0], fact.triple
    qualifiers = tuple((name, key_of(value)) for name, value in fact.qualifiers)
    return first.document, first.span, triple.subject.iri, triple.relation, key_of(triple.object), qualifiers


def _join_alike(claims: list[Claim], ontology: Ontology) -> Iterator[Joined]:
    """The facts that claims about one triple make."""
    node_class = ontology.node_class(claims[0].triple.relation)
    telling = frozenset(node_class.identifying if node_class else ())
    groups, alone = _grouped(claims, telling)
    if alone:
        yield Joined(_fact(alone, frozenset()), tuple(alone), node=False)
    for said, alike in groups.items():
        rest = frozenset(name for claim in alike for name, _ in claim.qualifiers) - telling - {SOURCE}
        more = _without_contradiction(alike, rest)
        if more is not None:
            yield Joined(_fact(alike, said | more), tuple(alike), node=True)
            continue
        # They agree on what tells facts apart and contradict each other on the rest: every version stays.
        versions, undecided = _grouped(alike, rest)
        for version, agreeing in versions.items():
            yield Joined(_fact(agreeing, said | version, alike), tuple(agreeing), node=True)
        if undecided:
            yield Joined(_fact(undecided, said, alike), tuple(undecided), node=True)


def _grouped(claims: Iterable[Claim], names: frozenset[str]) -> tuple[dict[Said, list[Claim]], list[Claim]]:
    """Claims by the fullest of what they say about `names`; and those that fit several of them."""
    by_said: dict[Said, list[Claim]] = {}
    for claim in claims:
        said = frozenset((name, key_of(value)) for name, value in claim.qualifiers if name in names)
        by_said.setdefault(said, []).append(claim)
    fuller = _fuller(by_said.keys())
    groups = {said: list(alike) for said, alike in by_said.items() if not fuller[said]}
    alone: list[Claim] = []
    for said, alike in by_said.items():
        if fuller[said]:
            fullest = [other for other in fuller[said] if not fuller[other]]
            (groups[fullest[0]] if len(fullest) == 1 else alone).extend(alike)
    return groups, alone


def _fuller(all_said: Collection[Said]) -> dict[Said, list[Said]]:
    """For each, those that say all of it and more; by an index: a film may be shown a thousand times."""
    holding: dict[tuple[str, Key], list[Said]] = {}
    for said in all_said:
        for item in said:
            holding.setdefault(item, []).append(said)
    found: dict[Said, list[Said]] = {}
    for said in all_said:
        candidates = min((holding[item] for item in said), key=len, default=all_said)
        found[said] = [other for other in candidates if said < other]
    return found


def _without_contradiction(claims: Iterable[Claim], names: frozenset[str]) -> Said | None:
    """All that the claims say about `names`, or None where they contradict each other."""
    said = frozenset((name, key_of(value)) for c in claims for name, value in c.qualifiers if name in names)
    return said if len(said) == len({name for name, _ in said}) else None


def _fact(claims: list[Claim], said: Said, known: Iterable[Claim] = ()) -> Fact:
    """The fact that claims support together. Who says so is part of it only where nobody says it plainly.

    `known` are further claims in which values of `said` are found.
    """
    claims.sort(key=lambda claim: (evidence_order(claim.evidence), claim.evidence.rule))
    where = [*known, *reversed(claims)]
    objects = {(name, key_of(value)): value for claim in where for name, value in claim.qualifiers}
    qualifiers = {name: objects[name, key] for name, key in said}
    sources = [dict(claim.qualifiers).get(SOURCE) for claim in claims]
    if all(sources):
        qualifiers[SOURCE] = min((source for source in sources if source), key=key_of)
    evidence: dict[tuple[str, Span, str], Evidence] = {}
    for claim in claims:
        item = claim.evidence
        best = evidence.setdefault((item.document, item.span, item.rule), item)
        if best.confidence < item.confidence:
            evidence[item.document, item.span, item.rule] = item
    ordered = tuple(sorted(qualifiers.items(), key=itemgetter(0)))
    return Fact(claims[0].triple, ordered, tuple(evidence.values()))


def evidence_order(evidence: Evidence) -> tuple[str, Span]:
    """What evidence is sorted by: the document, then the place in it."""
    return evidence.document, evidence.span


def confidence_of(fact: Fact) -> float:
    """How sure a fact is: as sure as its best reading, and surer with every further document that says it."""
    best: dict[str, float] = {}
    for evidence in fact.evidence:
        best[evidence.document] = max(evidence.confidence, best.get(evidence.document, 0.0))
    first, *others = sorted(best.values(), reverse=True)
    # Documents copy from each other: a further one takes away half the doubt that an independent one would.
    return round(1 - (1 - first) * prod(1 - other / 2 for other in others), 4)


def fact_line(fact: Fact) -> dict[str, Any]:
    """The fact as a line of JSON holds it: the form that `kg extract` and `kg export` print."""
    return {
        "subject": _in_line(fact.triple.subject),
        "relation": fact.triple.relation,
        "object": _in_line(fact.triple.object),
        "qualifiers": {name: _qualifier_in_line(value) for name, value in fact.qualifiers},
        "evidence": [
            {
                "document": evidence.document,
                "start": evidence.span.start,
                "end": evidence.span.end,
                "text": evidence.quote,
                "rule": evidence.rule,
                "confidence": round(evidence.confidence, 4),
            }
            for evidence in fact.evidence
        ],
    }


def _in_line(thing: Object) -> dict[str, str]:
    if isinstance(thing, Entity):
        return {"iri": thing.iri, "type": thing.type, "name": thing.label}
    unit = {"unit": thing.unit} if thing.unit else {}
    return {"value": thing.text, "datatype": thing.datatype, **unit}


def _qualifier_in_line(value: Object) -> str | dict[str, str]:
    """A plain value as its text; an entity or an amount as an object."""
    if isinstance(value, Entity) or value.unit:
        return _in_line(value)
    return value.text
