"""Parts that no verb of acting names: "Lowe's Mira", "Ana Lima is the mayor"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.constructions.brackets import full_name
from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.parts import is_person_noun
from kg.extract.referents import PERSONAL
from kg.extract.tree import Tree
from kg.model import Mention, Value

POSSESSIVE = ("'s", "’s", "'", "’")


def roles(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of the `role` frames: a performer's name with the part right behind it."""
    yield from possessed(context, tree)
    for token in tree.tokens:
        if token.upos == "NOUN":
            yield from bracketed(context, tree, token.index)
    if context.focus.main is None or context.focus.person is not None:
        return
    for token in tree.tokens:
        if tree.children(token.index, "cop") and token.upos == "NOUN" and token.xpos == "NN":
            yield from predicated(context, tree, token.index)


def possessed(context: Context, tree: Tree) -> Iterator[Candidate]:
    """ "Lowe's Mira": a performer that the document knows, and a name that is no performer's."""
    for i in range(len(tree.tokens) - 2):
        owner, owned = context.mentions.at(tree, i), context.mentions.at(tree, i + 2)
        if tree[i + 1].text not in POSSESSIVE or owner is None or owned is None or owner is owned:
            continue
        one, two = context.mentions.of[owner.span], context.mentions.of[owned.span]
        if one.type not in PERSONAL or one is two or not (two.type in PERSONAL or doubtful(context, owned)):
            continue
        known = context.performs(one) > 0
        plain = (
            context.performs(one) == 0
            and owned.type == "Character"
            and full_name(Argument(one, owner.span, 1.0))
        )
        if not (known or plain) or context.performs(two) > 0:
            continue
        fixed = {
            "o": [Argument(one, owner.span, 1.0 if known else 0.95, i)],
            "portrayed": [Argument(two, owned.span, 1.0, i + 2)],
        }
        for frame in context.lexicon.triggered("role", "possessive"):
            yield Candidate(frame, "possessive", tree, i + 2, fixed=fixed, confidence=0.9)


def doubtful(context: Context, mention: Mention) -> bool:
    """True for one word that the model alone takes for a title: after a performer's name it is a part."""
    return " " not in mention.text and any(
        t.span == mention.span and t.why == "model" for t in context.parse.titles
    )


def bracketed(context: Context, tree: Tree, i: int) -> Iterator[Candidate]:
    """ "a postman (Piet Vos)": a part in words with its performer in brackets."""
    if i + 3 >= len(tree.tokens) or tree[i + 1].text != "(" or not is_person_noun(context, tree.lemma(i)):
        return
    mention = context.mentions.at(tree, i + 2)
    if mention is None or context.mentions.at(tree, i) is not None:
        return
    closes = next(
        (k for k in range(i + 2, len(tree.tokens)) if context.mentions.at(tree, k) is not mention), None
    )
    who = Argument(context.mentions.of[mention.span], mention.span, 1.0, i + 2)
    if closes is None or tree[closes].text != ")" or not full_name(who) or who.filler.type not in PERSONAL:  # type: ignore[union-attr]
        return
    text, span = context.phrase(tree, i)
    part = Argument(Value(text.lower()), span, 0.95, i)
    for frame in context.lexicon.triggered("role", "("):
        yield Candidate(frame, "bracket", tree, i, fixed={"o": [who], "role": [part]}, confidence=0.9)


def predicated(context: Context, tree: Tree, i: int) -> Iterator[Candidate]:
    """ "Ana Lima is the mayor", where the article is about one film: her part, not her trade."""
    if not any(tree.lemma(k) == "the" for k in tree.children(i, "det")) or tree.prepositions(i):
        return
    if not is_person_noun(context, tree.lemma(i)) or tree.lemma(i) in context.lexicon.words("crew-nouns"):
        return
    for k in tree.exactly(i, "nsubj"):
        mention = context.mentions.at(tree, k)
        if mention is None or context.mentions.of[mention.span].type != "Person":
            continue
        who = Argument(context.mentions.of[mention.span], mention.span, 1.0, k)
        if not full_name(who) or context.performs(who.filler) < 0:
            continue
        text, span = context.phrase(tree, i)
        part = Argument(Value(text.lower()), span, 0.95, i)
        for frame in context.lexicon.triggered("role", "is"):
            yield Candidate(
                frame, "is", tree, i, fixed={"o": [who], "role": [part]}, confidence=0.85, predicate=i
            )
