"""Whom a pronoun stands for: the person, the film, or the couple that the sentences before it speak of."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.beside import named_beside
from kg.extract.context import FILM_TYPES, PERSON_TYPES, Argument, Context
from kg.extract.referents import PERSONAL, Referent
from kg.extract.tree import Tree
from kg.language.parse import Token

MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "hers", "herself"})


def pronoun(context: Context, tree: Tree, i: int, expected: str) -> Argument | None:
    """The film or the person that the pronoun at `i` stands for."""
    word = tree[i].text.lower()
    if word in ("it", "its", "this") and expected in FILM_TYPES:
        found = context.focus.at(tree, i)
        fitting = found and context.fits(found[0], expected)
        return Argument(found[0], tree[i].span, found[1] * 0.9, i) if found and fitting else None
    gender = "male" if word in MASCULINE else "female" if word in FEMININE else ""
    if not gender or expected not in PERSON_TYPES:
        return None
    found_person = antecedent(context, tree, i, gender, expected)
    return Argument(found_person[0], tree[i].span, found_person[1], i) if found_person else None


def couple(context: Context, tree: Tree, i: int) -> list[Argument]:
    """The two people that "they" or "their" at `i` stands for: the last two that were coordinated or
    married.
    """
    for n in range(tree.number, max(-1, tree.number - 3), -1):
        other = context.trees[n]
        for k in range((i if n == tree.number else len(other.tokens)) - 1, -1, -1):
            group = [r for c in other.conjuncts(k) if (r := person_at(context, other, c))]
            if len(group) == 2 and other[k].label != "conj" and group[0] is not group[1]:
                return [Argument(r, tree[i].span, 0.8, i) for r in group]
        if n in context.couples:
            return [Argument(r, tree[i].span, 0.75, i) for r in context.couples[n]]
    return []


def person_at(context: Context, tree: Tree, i: int) -> Referent | None:
    """The person named or meant at a token, or named right beside a noun like "wife"."""
    referent = context.mentions.referent(tree, i) or context.meant_by.get((tree.number, i))
    if referent is None and tree[i].upos == "NOUN":
        beside = named_beside(context, tree, i, "Figure")
        referent = beside.filler if beside and isinstance(beside.filler, Referent) else None
    return referent if referent is not None and referent.type in PERSONAL else None


def note_pronouns(context: Context, tree: Tree) -> None:
    """Resolves the personal pronouns of a sentence, so that later ones can lean on them."""
    for token in tree.tokens:
        word = token.text.lower()
        gender = "male" if word in MASCULINE else "female" if word in FEMININE else ""
        if gender and (found := antecedent(context, tree, token.index, gender, "Figure")):
            context.meant_by[tree.number, token.index] = found[0]


def antecedent(
    context: Context, tree: Tree, i: int, gender: str, expected: str
) -> tuple[Referent, float] | None:
    """The person that a pronoun at `i` stands for, and how sure that is."""
    scored: dict[int, float] = {}
    for distance, token, referent in people_before(context, tree, i, gender):
        if is_fictional(context, referent) and (
            expected in ("Person", "Agent", "Honouree") or context.focus.person
        ):
            continue
        far = context.trees[tree.number - distance].sentence.block != tree.sentence.block
        weight = prominence(context, token, referent, gender, distance, far)
        scored[referent.number] = max(scored.get(referent.number, 0), weight)
    person = context.focus.person
    if person and person.gender in ("", gender):
        scored[person.number] = max(scored.get(person.number, 0), 0.5)
    if not scored:
        return None
    ranked = sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(ranked) > 1 and ranked[1][1] > 0.85 * ranked[0][1]:
        return None
    best = context.mentions.referents[ranked[0][0]]
    sure = 0.9 if len(ranked) == 1 or ranked[1][1] < 0.5 * ranked[0][1] else 0.8
    if not best.gender and len(ranked) > 1:
        sure -= 0.1
    return best, sure


def people_before(context: Context, tree: Tree, i: int, gender: str) -> Iterator[tuple[int, Token, Referent]]:
    """The people of that gender named or meant before a pronoun at `i`: sentences back, token, person."""
    for distance in range(4):
        n = tree.number - distance
        if n < 0 or (distance and context.trees[n].sentence.block < tree.sentence.block - 1):
            break
        other = context.trees[n]
        for token in other.tokens[: i if distance == 0 else None]:
            referent = context.mentions.referent(other, token.index) or context.meant_by.get(
                (other.number, token.index)
            )
            if not referent or referent.type not in PERSONAL or referent.gender not in ("", gender):
                continue
            if distance == 0 and same_clause(tree, i, token.index):
                continue
            yield distance, token, referent


def is_fictional(context: Context, referent: Referent) -> bool:
    """True for a character, and for who was only seen to be played."""
    return referent.type == "Character" or context.performs(referent) < 0


def prominence(
    context: Context, token: Token, referent: Referent, gender: str, distance: int, far: bool
) -> float:
    """How near at hand somebody is for a pronoun: subjects before others, near before far, the person of the
    article before all.
    """
    subject = token.label in ("nsubj", "nsubj:pass") or token.head < 0
    weight = (1.0 if subject else 0.55) * 0.72**distance * (1.0 if referent.gender else 0.85)
    if token.label == "nmod:poss" or far:
        weight *= 0.8
    weight *= likely(referent, gender)
    if referent is context.focus.person:
        weight *= 1.5
    return weight


def likely(referent: Referent, gender: str) -> float:
    """How far the ending of a first name of unknown gender agrees with a pronoun."""
    first = referent.label.split()[0].lower()
    if referent.gender or not first.isalpha():
        return 1.0
    ending = (
        "female" if first.endswith("a") else "male" if first.endswith(("o", "us", "os", "n", "k")) else gender
    )
    return 1.0 if ending == gender else 0.6


def same_clause(tree: Tree, i: int, k: int) -> bool:
    """True where a pronoun at `i` and a name at `k` fill places of one predicate, and so are two
    people.
    """
    own = tree[i].label == "nmod:poss" or tree[i].text.lower().endswith("self")
    if own:
        return tree[k].head == tree[i].head or k in tree.kids[tree[i].head]
    return tree[i].head == tree[k].head and tree[i].head >= 0
