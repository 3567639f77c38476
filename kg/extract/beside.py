"""The name right beside a noun: "drummer Carl Dent", "the prize for best actor"."""

from __future__ import annotations

from kg.extract.context import Argument, Context
from kg.extract.tree import Tree

NAME_LINKS = ("flat", "appos", "compound", "nmod:desc", "nmod:unmarked", "list")


def named_beside(context: Context, tree: Tree, i: int, expected: str) -> Argument | None:
    """The name in "drummer Carl Dent", "the drummer, Rosa Lima", "the film Harbour"."""
    for k in tree.children(i, *NAME_LINKS):
        mention = context.mentions.at(tree, k)
        if mention and context.fits(context.mentions.of[mention.span], expected):
            if tree[k].label == "compound" and k < i:
                continue
            return Argument(context.mentions.of[mention.span], mention.span, 0.95, k)
    after = context.mentions.at(tree, i + 1) if i + 1 < len(tree.tokens) else None
    begins = after is not None and after.span.start == tree[i + 1].span.start
    if after and begins and tree[i].upos in ("NOUN", "PROPN"):
        referent = context.mentions.of[after.span]
        return Argument(referent, after.span, 0.9, i + 1) if context.fits(referent, expected) else None
    return None


def named_award(context: Context, tree: Tree, i: int) -> Argument | None:
    """The award in "five Cesar awards", "the prize for best actor", "several awards, including an
    Oscar".
    """
    if tree.lemma(i) not in ("award", "prize", "trophy", "statuette", "medal", "honour", "honor", "gong"):
        return None
    for k in [*tree.children(i, "compound", "amod", "flat", "appos"), *tree.children(i, "nmod")]:
        mention = context.mentions.at(tree, k)
        if mention and context.mentions.of[mention.span].type == "Award":
            return Argument(context.mentions.of[mention.span], mention.span, 0.9, k)
    return None
