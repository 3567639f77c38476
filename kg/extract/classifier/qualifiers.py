"""What a sentence says besides of a fact that the classifier found: the part, the film and year of a prize,
son or daughter, where a review stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.classifier.clues import path
from kg.extract.classifier.ends import UNSAID
from kg.extract.context import Context
from kg.extract.drafts import Draft
from kg.extract.referents import PERSONAL, Referent
from kg.extract.tree import Tree
from kg.model import Value

if TYPE_CHECKING:
    from kg.extract.classifier.reading import Scored

PRIZES = frozenset({"awardWon", "awardNominated"})
_GENDERS = {"son": "male", "daughter": "female", "boy": "male", "girl": "female"}
_LIKELY = 0.4


def qualify(context: Context, tree: Tree, drafts: list[Draft], found: Sequence[Scored]) -> None:
    """Adds to the drafts the qualifiers that they lack and the sentence gives."""
    played = [s for s in found if s.relation == "plays" and s.confidence >= _LIKELY]
    parts = {s.one.filler: s.two.filler for s in sorted(played, key=lambda s: s.confidence)}
    scored = {(s.relation, s.one.filler, s.two.filler): s for s in reversed(found)}
    for draft in drafts:
        given = draft.qualifiers
        if draft.relation == "castMember" and not {"portrayed", "role"} & given.keys():
            part = parts.get(draft.object)
            if isinstance(part, Referent) and part is not draft.object:
                given["portrayed"] = part
        elif draft.relation in PRIZES:
            _of_prize(context, tree, draft, found)
        elif draft.relation == "childOf" and "gender" not in given:
            pair = scored.get((draft.relation, draft.subject, draft.object))
            gender = _gender(tree, pair) if pair else None
            if gender:
                given["gender"] = Value(gender)
        elif draft.relation == "reviewerOf" and "publication" not in given:
            places = {s.two.filler for s in found if s.two.kind == "Publication"}
            places |= {s.one.filler for s in found if s.one.kind == "Publication"}
            if len(places) == 1 and isinstance(place := places.pop(), Referent):
                given["publication"] = place


def _of_prize(context: Context, tree: Tree, draft: Draft, found: Sequence[Scored]) -> None:
    """The film that somebody had a prize for, and its year: the only one said outside parentheses."""
    given = draft.qualifiers
    if "forFilm" not in given and draft.subject.type in PERSONAL:
        films = [
            s
            for s in found
            if s.relation == draft.relation and s.two.filler is draft.object and s.one.kind == "Film"
        ]
        best = max(films, key=lambda s: s.confidence, default=None)
        if best is not None and best.confidence >= _LIKELY and best.one.referent is not None:
            given["forFilm"] = best.one.referent
    if "year" not in given:
        text = context.parse.text
        years = [v for v in context.values[tree.number] if v.kind == "year"]
        plain = [v for v in years if text[v.span.start - 1 : v.span.start] not in ("(", '"', "“", "‘", "'")]
        if len(plain) == 1:
            given["year"] = plain[0].value


def _gender(tree: Tree, pair: Scored) -> str | None:
    """What the words between child and parent, or beside the child, call it."""
    if UNSAID in (pair.one.head, pair.two.head):
        return None
    up, down, top = path(tree, pair.one.head, pair.two.head)
    near = [*up, *down, *([top] if top is not None else []), *tree.kids[pair.one.head]]
    said = {_GENDERS[tree.lemma(k)] for k in near if tree.lemma(k) in _GENDERS}
    return said.pop() if len(said) == 1 else None
