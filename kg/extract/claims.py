"""Candidates into claims: slots resolved, the gate asked, what a performance implies added,
contradictions settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.extract.classifier import classified
from kg.extract.constructions import IN_LAYOUT, IN_SENTENCE, Candidate
from kg.extract.context import Context
from kg.extract.drafts import LEAST, Draft
from kg.extract.fillers import Filled, as_referent
from kg.extract.gate import Verdict, judge
from kg.extract.pronouns import note_pronouns
from kg.extract.referents import PERSONAL, Referent
from kg.extract.slots import hull, resolve
from kg.extract.tree import Tree
from kg.language.network import one_thread

CREW = frozenset({"director", "writer", "producer", "composer", "cinematographer", "editor"})
ROLE_NOUNS = {
    "director": ("director", "filmmaker", "helmer"),
    "writer": ("writer", "screenwriter", "scriptwriter"),
    "author": ("author", "novelist", "writer"),
    "producer": ("producer",),
    "composer": ("composer",),
}


def draft_claims(context: Context, classify: bool = True) -> list[Draft]:
    """All claims of a document, settled, in the order of the text; without `classify` those of the frames."""
    drafts: list[Draft] = []
    layout = layout_candidates(context)
    with one_thread():
        for tree in context.trees:
            read = drafts_of_sentence(context, tree, layout)
            weighed = classified(context, tree, read) if classify else read
            for draft in weighed:
                if draft not in read:
                    remember(context, draft)
            drafts += weighed
    return settle(context, drafts)


def layout_candidates(context: Context) -> dict[int, list[Candidate]]:
    """The candidates that the layout of the document gives, by the number of their sentence."""
    found = defaultdict(list)
    for read_layout in IN_LAYOUT:
        for candidate in read_layout(context):
            found[candidate.tree.number].append(candidate)
    return found


def drafts_of_sentence(
    context: Context, tree: Tree, layout: Mapping[int, Sequence[Candidate]]
) -> list[Draft]:
    """What the constructions draft of one sentence; the sentences before it have been read."""
    note_pronouns(context, tree)
    found = [*layout.get(tree.number, ())]
    found += [c for construction in IN_SENTENCE for c in construction(context, tree)]
    drafts = []
    for candidate in found:
        for draft in accept(context, candidate):
            remember(context, draft)
            drafts.append(draft)
    return drafts


def accept(context: Context, candidate: Candidate) -> list[Draft]:
    """The drafts of one candidate, none where a slot stays open or the gate says no."""
    fillings, _ = resolve(context, candidate)
    out: list[Draft] = []
    for filled in fillings:
        verdict = judge(context, candidate.tree, candidate.predicate, list(filled.values()))
        if verdict.passed:
            out += drafts_of(context, candidate, filled, verdict)
    return out


def drafts_of(context: Context, candidate: Candidate, filled: Filled, verdict: Verdict) -> list[Draft]:
    """The draft of one filling, and what follows from it."""
    subject = as_referent(filled["s"])
    if subject is None or filled["o"].filler is subject:
        return []
    confidence = candidate.confidence
    for argument in filled.values():
        confidence *= argument.confidence
    if confidence < LEAST:
        return []
    qualifiers = {k: a.filler for k, a in filled.items() if k not in ("s", "o")}
    if verdict.source is not None:
        qualifiers["attributedTo"] = verdict.source
    draft = Draft(
        candidate.frame.relation,
        subject,
        filled["o"].filler,
        qualifiers,
        hull(context, candidate, filled),
        candidate.rule,
        confidence,
    )
    return [draft, *implied(draft)]


def implied(draft: Draft) -> list[Draft]:
    """What a named part in a film also says: who plays whom, and in which film the character is."""
    portrayed = draft.qualifiers.get("portrayed")
    if (
        draft.relation != "castMember"
        or not isinstance(portrayed, Referent)
        or not isinstance(draft.object, Referent)
    ):
        return []
    source = {k: v for k, v in draft.qualifiers.items() if k == "attributedTo"}
    return [
        Draft("plays", draft.object, portrayed, source, draft.span, draft.rule, draft.confidence),
        Draft("characterIn", portrayed, draft.subject, source, draft.span, draft.rule, draft.confidence),
    ]


def remember(context: Context, draft: Draft) -> None:
    """Keeps what later sentences may refer to: who directs, who performs, who is played."""
    if isinstance(draft.object, Referent):
        for noun in ROLE_NOUNS.get(draft.relation, ()):
            known = context.roles.setdefault((draft.subject.number, noun), [])
            if draft.object not in known:
                known.append(draft.object)
        if draft.relation == "plays":
            context.performing[draft.subject.number] += 1
            context.performing[draft.object.number] -= 1
        elif draft.relation == "spouse":
            sentence = next((t.number for t in context.trees if t.sentence.span.contains(draft.span)), -1)
            context.couples[sentence] = (draft.subject, draft.object)
        elif draft.relation == "castMember":
            context.performing[draft.object.number] += 1


def settle(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts without those that better ones contradict; who is only ever played becomes a character."""
    drafts = [d for d in drafts if not contradicted(context, d, drafts)]
    for draft in drafts:
        if draft.relation == "plays" and isinstance(draft.object, Referent) and draft.object.type == "Person":
            real = any(
                d.subject is draft.object and d.relation in ("birthDate", "deathDate", "plays")
                for d in drafts
            )
            if not real and context.performing[draft.object.number] < 0:
                draft.object.type = "Character"
    type_performances(drafts)
    drafts = [d for d in drafts if well_typed(context, d)]
    name_parts(drafts)
    return sorted(drafts, key=lambda d: (d.span, d.relation, d.subject.number))


def type_performances(drafts: list[Draft]) -> None:
    """Gives what a performance says of its ends: who performs is a person, a played "place" a character."""
    for draft in drafts:
        if draft.relation == "plays" and isinstance(draft.object, Referent):
            draft.subject.type = "Person"
            if draft.object.type not in PERSONAL:
                draft.object.type = "Character"
        elif draft.relation == "castMember" and isinstance(draft.object, Referent):
            draft.object.type = "Person"


def name_parts(drafts: list[Draft]) -> None:
    """Gives a performance without a part the character that its performer is said to play in that film."""
    within = {(d.subject, d.object) for d in drafts if d.relation == "characterIn"}
    for draft in drafts:
        if draft.relation != "castMember" or {"portrayed", "role"} & draft.qualifiers.keys():
            continue
        played = {d.object for d in drafts if d.relation == "plays" and d.subject is draft.object}
        parts = [p for p in played if isinstance(p, Referent) and (p, draft.subject) in within]
        if len(parts) == 1:
            draft.qualifiers["portrayed"] = parts[0]


def well_typed(context: Context, draft: Draft) -> bool:
    """True where both ends are, in the end, what the ontology asks of the relation."""
    relation = context.ontology.relation(draft.relation)
    if not context.ontology.fits(draft.subject.type, relation.domain):
        return False
    return not isinstance(draft.object, Referent) or context.ontology.fits(draft.object.type, relation.range)


def contradicted(context: Context, draft: Draft, drafts: list[Draft]) -> bool:
    """True where something better grounded speaks against a draft."""
    same = [
        d for d in drafts if d.relation == draft.relation and d.subject is draft.subject and d is not draft
    ]
    if draft.relation == "director" and ("/possessive:" in draft.rule or "/verb:make" in draft.rule):
        if any("/possessive:" not in d.rule and "/verb:make" not in d.rule for d in same):
            return True
        person = draft.object
        return any(
            d.relation == "castMember" and d.object is person and d.subject is draft.subject for d in drafts
        )
    if (
        draft.relation in CREW
        and draft.rule.endswith("/beside")
        and any(not d.rule.endswith("/beside") for d in same)
    ):
        return True
    if draft.relation in ("releaseYear", "runtime"):
        return any(d.object != draft.object and d.confidence > draft.confidence + 0.02 for d in same)
    if draft.relation in ("childOf", "spouse", "sibling") and isinstance(draft.object, Referent):
        one, two = context.performs(draft.subject), context.performs(draft.object)
        return one * two < 0 or (draft.rule.endswith("/copula") and min(one, two) < 0 <= max(one, two))
    if draft.relation == "plays":
        mirrored = any(
            d.relation == "plays" and d.subject is draft.object and d.object is draft.subject for d in drafts
        )
        return mirrored and context.performs(draft.subject) <= 0
    if draft.relation in ("castMember", "characterIn"):
        person = draft.object if draft.relation == "castMember" else draft.subject
        if isinstance(person, Referent) and person.type in PERSONAL:
            played = context.performs(person)
            return played < 0 if draft.relation == "castMember" else played > 0
    return False


__all__ = ["draft_claims", "drafts_of_sentence", "layout_candidates", "name_parts"]
