"""From a token to the entity that it stands for: a name, a pronoun, "the film", "the director", a noun
beside a name.
"""

from __future__ import annotations

from kg.extract.beside import named_award, named_beside
from kg.extract.context import FILM_TYPES, PERSON_TYPES, Argument, Context
from kg.extract.pronouns import pronoun
from kg.extract.tree import Tree

STORIES = frozenset(["story", "action", "plot", "narrative", "screenplay", "script"])


def entity(context: Context, tree: Tree, i: int, expected: str) -> Argument | None:
    """The entity of class `expected` that token `i` heads, or None."""
    i = tree.unrelative(i)
    mention = context.mentions.at(tree, i)
    if mention:
        referent = context.mentions.of[mention.span]
        if (
            expected in ("Person", "Figure")
            and " " not in mention.text
            and determined(context, mention.span.start)
        ):
            return None
        return Argument(referent, mention.span, 1.0, i) if context.fits(referent, expected) else None
    token = tree[i]
    if expected == "Award":
        return named_award(context, tree, i)
    if token.upos == "PRON" or token.xpos == "PRP$":
        return pronoun(context, tree, i, expected)
    if named := named_beside(context, tree, i, expected):
        return named
    if expected in FILM_TYPES and expected != "Work" and (film := described_film(context, tree, i)):
        return film
    if expected in PERSON_TYPES and (person := described_person(context, tree, i)):
        return person
    if token.upos == "NOUN" and expected in PERSON_TYPES and (same := same_as(context, tree, i, expected)):
        return same
    if token.upos == "PROPN" and expected in ("Person", "Figure", "Place"):
        return adopted(context, tree, i, expected)
    return None


def determined(context: Context, start: int) -> bool:
    """True where "the" stands right before a name: no person is called so."""
    return context.parse.text[max(0, start - 4) : start].lower() == "the "


def adopted(context: Context, tree: Tree, i: int, expected: str) -> Argument | None:
    """A capitalised phrase that no model named, taken for what its slot asks."""
    parts = [
        k for k in tree.children(i, "flat", "compound") if tree[k].upos == "PROPN" and abs(k - i) <= 3
    ] + [i]
    span = tree.span(parts)
    text = context.parse.text[span.start : span.end]
    determined = [k for k in tree.children(i, "det") if tree.lemma(k) in ("the", "a", "an")]
    if (
        (determined and expected != "Place")
        or not text[:1].isupper()
        or "\n" in text
        or any(context.mentions.at(tree, k) for k in parts)
    ):
        return None
    return Argument(context.mentions.adopt(span, "Place" if expected == "Place" else "Person"), span, 0.7, i)


def same_as(context: Context, tree: Tree, i: int, expected: str) -> Argument | None:
    """The person that a noun is said to be: "X, the actress who …", "X was the actress who …"."""
    label, head = tree[i].label, tree[i].head
    others = (
        [head]
        if label == "appos" and head >= 0
        else tree.exactly(i, "nsubj")
        if tree.children(i, "cop")
        else []
    )
    for k in others:
        referent = context.mentions.referent(tree, k)
        if referent and context.fits(referent, expected):
            return Argument(referent, tree[i].span, 0.9, i)
    return None


def described_film(context: Context, tree: Tree, i: int) -> Argument | None:
    """The film that "the film", or the descriptive noun of "X is a drama directed by Y", stands for."""
    if not context.is_film_noun(tree, i) and tree.lemma(i) not in STORIES:
        return None
    span = tree[i].span
    for k in tree.exactly(i, "nsubj", "nsubj:outer") if tree.children(i, "cop") else []:
        mention, found = context.mentions.at(tree, k), context.mentions.referent(tree, k)
        if mention and found and found.type in ("Film", "Work"):
            return Argument(found, mention.span, 0.95, k)
        return entity(context, tree, k, "Film") if k != i else None
    beside = (
        context.mentions.referent(tree, tree[i].head) if tree[i].label in ("appos", "parataxis") else None
    )
    if beside and beside.type in ("Film", "Work"):
        return Argument(beside, span, 0.95, i)
    if means_focus(context, tree, i) and (in_focus := context.focus.at(tree, i)):
        return Argument(in_focus[0], span, in_focus[1], i)
    owned = tree.exactly(i, "nmod:poss") and not tree.children(i, "amod", "appos")
    if (
        owned
        and tree.lemma(i) in context.film_nouns
        and context.focus.main
        and not context.focus.films_in(tree)
    ):
        return Argument(context.focus.main, span, 0.85, i)
    determined = tree.children(i, "det")
    if tree.sentence.block < 3 and tree[i].head < 0 and not determined and context.focus.main:
        return Argument(context.focus.main, span, 0.8, i)
    return None


def means_focus(context: Context, tree: Tree, i: int) -> bool:
    """True for "the film" and "the story" without a word that would tell it from the film in focus."""
    determiners = {tree.lemma(k) for k in tree.children(i, "det")}
    dated = any(c.isdigit() for k in tree.kids[i] for c in tree[k].text)
    return (
        not dated
        and bool(determiners & {"the", "this"})
        and (tree.lemma(i) in context.film_nouns or tree.lemma(i) in STORIES)
        and not tree.children(i, "amod", "nummod")
    )


def described_person(context: Context, tree: Tree, i: int) -> Argument | None:
    """The person that "the director" or "the author" stands for: the one said to be it, of the film
    in focus.
    """
    token = tree[i]
    if token.upos != "NOUN" or not any(tree.lemma(k) == "the" for k in tree.children(i, "det")):
        return None
    if tree.children(i, "nmod", "acl", "amod", "compound"):
        return None
    film = context.focus.at(tree, i)
    if not film:
        return None
    known = context.roles.get((film[0].number, tree.lemma(i)), [])
    return Argument(known[0], token.span, 0.75, i) if len(known) == 1 else None
