"""What the classifier makes of a sentence: drafts weighed anew, doubtful ones left out, others added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.classifier.clues import path
from kg.extract.classifier.confidence import confidence, terms
from kg.extract.classifier.ends import UNSAID, End
from kg.extract.classifier.network import Classifier, classifier
from kg.extract.classifier.qualifiers import qualify
from kg.extract.classifier.sentences import drafted, pairs_of, value_of
from kg.extract.context import Argument, Context
from kg.extract.drafts import Draft
from kg.extract.gate import judge
from kg.extract.referents import Referent
from kg.extract.tree import Tree
from kg.model import Span, Value

DOUBTED = 0.25
"""Below this what a construction drafted is left out."""
ENOUGH = 0.6
"""What the classifier drafts alone needs; more where it errs most often on articles held out."""
ENOUGH_OF = {"castMember": 0.7, "country": 0.8}
RULE = "classifier"
_LONG = 300
"""Characters of a sentence that is no evidence as a whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """A relation that two ends may have, how probable it is, and the drafts that already say it."""

    relation: str
    one: End
    two: End
    confidence: float
    drafts: tuple[Draft, ...]


def classified(context: Context, tree: Tree, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence that the classifier lets stand, and its own."""
    found = list(scores(context, tree, drafts))
    best: dict[int, Scored] = {}
    for scored in sorted(found, key=lambda s: s.confidence):
        best |= {id(draft): scored for draft in scored.drafts}
    kept = [d for d in drafts if id(d) not in best or best[id(d)].confidence >= DOUBTED]
    for draft in kept:
        draft.confidence = best[id(draft)].confidence if id(draft) in best else draft.confidence
    chosen = _chosen(context, found, [best[id(d)] for d in kept if id(d) in best])
    kept = [d for d in kept if id(d) not in best or best[id(d)] in chosen]
    added = [new for s in chosen if not s.drafts and (new := _draft(context, tree, s))]
    qualify(context, tree, [*kept, *added], found)
    return [*kept, *added]


def scores(context: Context, tree: Tree, drafts: Sequence[Draft]) -> Iterator[Scored]:
    """Every relation that two ends of the sentence may have, in the order of the text."""
    model = classifier()
    pairs = pairs_of(context, tree, drafts)
    if not pairs.relations:
        return
    logits = model.scores([token.text for token in tree.tokens], pairs.pairs)
    if logits is None:
        return
    number = {relation: n for n, relation in enumerate(model.relations)}
    for (one, two, names), row in zip(pairs, logits.tolist(), strict=True):
        mine = [d for d in drafts if d.subject is one.filler and drafted(context, d, two)]
        for name in names:
            if name in number:
                same = tuple(d for d in mine if d.relation == name)
                sure = _confidence(model, name, (one, two), row[number[name]], same)
                yield Scored(name, one, two, sure, same)


def _confidence(
    model: Classifier, relation: str, ends: tuple[End, End], logit: float, drafts: Sequence[Draft]
) -> float:
    names = terms(relation, ends[0].how, ends[1].how, bool(drafts))
    drafted_as = max(d.confidence for d in drafts) if drafts else None
    return confidence(model.calibration, names, logit, drafted_as)


def is_likely(scored: Scored) -> bool:
    """True where a relation is likely enough to be drafted though no frame says it."""
    return scored.confidence >= ENOUGH_OF.get(scored.relation, ENOUGH)


def _chosen(context: Context, found: Sequence[Scored], drafted: Sequence[Scored]) -> list[Scored]:
    """What was drafted and what is likely besides; of several films that may be meant, the likeliest."""
    said = {(s.relation, s.one.filler, _object(context, s)) for s in found if s.drafts}
    likely = [s for s in found if not s.drafts and is_likely(s)]
    chosen: list[Scored] = []
    films: dict[tuple[str, int], Referent | Value | None] = {}
    for scored in sorted([*drafted, *likely], key=lambda s: -s.confidence):
        fact = (scored.relation, scored.one.filler, _object(context, scored))
        if not scored.drafts:
            if fact in said:
                continue
            said.add(fact)
        film = scored.one if scored.one.head == UNSAID else scored.two if scored.two.head == UNSAID else None
        if film is not None:
            other = scored.two if film is scored.one else scored.one
            if films.setdefault((scored.relation, other.head), film.filler) is not film.filler:
                continue
        chosen.append(scored)
    return chosen


def _object(context: Context, scored: Scored) -> Referent | Value | None:
    """What the relation asks for of the second end; None for a country that only an adjective names."""
    return value_of(context, scored.two, scored.relation) or scored.two.filler


def _draft(context: Context, tree: Tree, scored: Scored) -> Draft | None:
    """The draft of a pair, None where the gate says no."""
    one, two = scored.one, scored.two
    thing = _object(context, scored)
    if thing is None:
        thing = context.mentions.adopt(two.span, "Place")
    predicate = _predicate(tree, one, two)
    subject = one.referent
    assert subject is not None
    arguments = [Argument(subject, one.span, 1.0, one.head), Argument(thing, two.span, 1.0, two.head)]
    verdict = judge(context, tree, predicate, arguments)
    if not verdict.passed or thing is subject or _made_it(context, scored):
        return None
    qualifiers = {"attributedTo": verdict.source} if verdict.source is not None else {}
    rule = f"{scored.relation}/{RULE}/{one.how}-{two.how}"
    return Draft(
        scored.relation,
        subject,
        thing,
        qualifiers,
        _evidence(tree, one, two),
        rule,
        scored.confidence,
    )


def _made_it(context: Context, scored: Scored) -> bool:
    """True for a "performer" who is known as a maker of a film that the sentence does not name."""
    film = scored.one.referent
    if scored.relation != "castMember" or scored.one.head != UNSAID or film is None:
        return False
    return any(scored.two.filler in known for (n, _), known in context.roles.items() if n == film.number)


def _predicate(tree: Tree, one: End, two: End) -> int | None:
    """The clause that says it: the nearest at or above the lowest common head of the two."""
    heads = [end.head for end in (one, two) if end.head != UNSAID]
    top = path(tree, heads[0], heads[-1])[2]
    if top is None:
        return None
    for k in (top, *tree.ancestors(top)):
        if tree.is_predicate(k) or tree.children(k, "cop"):
            return k
    return None


def _evidence(tree: Tree, one: End, two: End) -> Span:
    """The smallest span that holds both ends; the sentence where one is only meant, unless it is long."""
    said = [end for end in (one, two) if end.head != UNSAID]
    meant = len(said) == 1 or any(end.how in ("pronoun", "description", "they") for end in said)
    if meant and len(tree.sentence.span) <= _LONG:
        return tree.sentence.span
    span = said[0].span
    for end in said[1:]:
        span = span.join(end.span)
    return span


__all__ = ["DOUBTED", "RULE", "Scored", "classified", "is_likely", "scores"]
