"""The sentences of a document as the classifier sees them: ends, pairs, and the clues of each pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.extract.classifier.about import about
from kg.extract.classifier.clues import Reading, SentenceClues, rows_of
from kg.extract.classifier.ends import UNSAID, End, ends
from kg.extract.classifier.network import Pairs
from kg.extract.classifier.relations import possible
from kg.extract.context import Context
from kg.extract.referents import Referent
from kg.extract.tree import Tree
from kg.model import Value


class Read(Protocol):
    """What a construction drafted of two ends."""

    relation: str
    subject: Referent
    object: Referent | Value
    rule: str
    confidence: float


@dataclass(slots=True)
class SentencePairs:
    """The pairs of a sentence with the relations that each may have."""

    pairs: Pairs
    relations: list[tuple[str, ...]] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[End, End, tuple[str, ...]]]:
        """Subject, object and possible relations of each pair, in the order of the scores."""
        for one, two, names in zip(self.pairs.subjects, self.pairs.objects, self.relations, strict=True):
            yield self.pairs.ends[one], self.pairs.ends[two], names


def pairs_of(context: Context, tree: Tree, drafts: Sequence[Read]) -> SentencePairs:
    """Every two ends of a sentence that may have a relation, with what the constructions drafted of them."""
    found = ends(context, tree)
    for end in found:
        end.about = about(context, tree, end)
    clues = SentenceClues(tree, context.parse.blocks[tree.sentence.block].kind, found)
    subjects: list[int] = []
    objects: list[int] = []
    rows: list[list[int]] = []
    relations: list[tuple[str, ...]] = []
    for n, one in enumerate(found):
        if one.referent is None:
            continue
        mine = [d for d in drafts if d.subject is one.filler]
        for m, two in enumerate(found):
            unsaid = one.head == UNSAID and two.head == UNSAID
            names = possible(context.ontology, one, two) if one.is_apart(two) and not unsaid else ()
            if names:
                readings: list[Reading] = [
                    (d.relation, d.rule, d.confidence) for d in mine if drafted(context, d, two)
                ]
                subjects.append(n)
                objects.append(m)
                rows.append(rows_of(clues.of(one, two, readings)))
                relations.append(names)
    return SentencePairs(Pairs(found, subjects, objects, rows), relations)


def drafted(context: Context, draft: Read, two: End) -> bool:
    """True where a draft has this end for its object."""
    if two.referent is not None or isinstance(draft.object, Referent):
        return draft.object is two.filler
    value = value_of(context, two, draft.relation)
    return value is not None and draft.object.text == value.text


def value_of(context: Context, end: End, relation: str) -> Value | None:
    """The value of an end as a relation asks for it; None for an entity."""
    if end.found is not None:
        return context.as_asked(end.found, relation)
    return end.filler if isinstance(end.filler, Value) else None
