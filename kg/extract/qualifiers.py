"""The qualifiers of a candidate: what the clause names beside subject and object, and what the frame
itself gives.
"""

from __future__ import annotations

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.fillers import Filled, entities
from kg.extract.values import KIND_OF_RELATION
from kg.model import Value


def qualifiers_of(context: Context, candidate: Candidate) -> Filled:
    """The qualifiers that stand in the clause or that the frame itself gives."""
    out: Filled = {}
    frame, tree = candidate.frame, candidate.tree
    here = tree[candidate.trigger].span
    for name, value in frame.constants:
        if name not in ("s", "o"):
            out[name] = Argument(Value(value), here, 1.0)
    for slot in {s for _, s in frame.slots} - {"s", "o", "portrayed"}:
        expected = context.ontology.range_of(slot)
        if slot in KIND_OF_RELATION:
            found = next(
                (v for h in candidate.slots.get(slot, []) if (v := context.value(tree, h, slot))), None
            )
        else:
            found = next(iter(entities(context, candidate, slot, expected)), None)
            if found is None and slot == "forFilm":
                found = film_below(context, candidate)
        if found:
            out[slot] = found
    for slot, fixed in candidate.fixed.items():
        if slot not in ("s", "o", "portrayed") and fixed:
            out[slot] = fixed[0]
    if (
        frame.relation in ("awardWon", "awardNominated")
        and "year" not in out
        and (year := year_said(context, candidate))
    ):
        out["year"] = year
    return out


def year_said(context: Context, candidate: Candidate) -> Argument | None:
    """The year of a recognition: the only one that its sentence gives outside parentheses."""
    tree = candidate.tree
    text = context.parse.text
    plain = [
        v
        for v in context.values[tree.number]
        if v.kind == "year" and text[v.span.start - 1 : v.span.start] not in ("(", '"', "“", "‘", "'")
    ]
    return Argument(plain[0].value, plain[0].span, 1.0) if len(plain) == 1 else None


def film_below(context: Context, candidate: Candidate) -> Argument | None:
    """The film named inside what the award was for: "for her performance in X"."""
    tree = candidate.tree
    for head in candidate.slots.get("forFilm", []):
        for k in tree.subtree(head):
            referent, mention = context.mentions.referent(tree, k), context.mentions.at(tree, k)
            if referent and mention and referent.type == "Film":
                return Argument(referent, mention.span, 0.95, k)
        if any(tree.lemma(k) in context.film_nouns for k in tree.subtree(head)):
            focus = context.focus.at(tree, head)
            return Argument(focus[0], tree[head].span, focus[1], head) if focus else None
    return None
