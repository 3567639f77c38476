"""The part that a phrase names: a character by name, or words for one ("a bartender")."""

from __future__ import annotations

import re

from kg.extract.context import Argument, Context
from kg.extract.referents import PERSONAL
from kg.extract.tree import Tree
from kg.model import Value

ENDING = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PUNCT"})
"""Tags of the words at which the phrase of a part is over."""


def part_after(context: Context, tree: Tree, k: int) -> dict[str, list[Argument]] | None:
    """The part whose phrase begins at token `k`: a named character, or the head of a plain phrase with
    its modifiers.
    """
    first = k
    while k < len(tree.tokens) and k - first < 9:
        token = tree[k]
        mention = context.mentions.at(tree, k)
        if mention:
            referent = context.mentions.of[mention.span]
            possessed = k + 1 < len(tree.tokens) and tree[k + 1].text in ("'s", "’s")
            if referent.type in PERSONAL and not possessed:
                return {"portrayed": [Argument(referent, mention.span, 1.0, k)]}
            if not possessed and referent.type != "Place":
                return None
        if token.upos == "NOUN" and not (k + 1 < len(tree.tokens) and tree[k + 1].upos in ("NOUN", "PROPN")):
            beside = context.mentions.at(tree, k + 1) if k + 1 < len(tree.tokens) else None
            if beside and beside.type in PERSONAL:
                k += 1
                continue
            return part_in_words(context, tree, first, k)
        if token.upos in ENDING and token.text not in ("-", "“", '"', ","):
            return None
        k += 1
    return None


def part_in_words(context: Context, tree: Tree, first: int, k: int) -> dict[str, list[Argument]] | None:
    """The part that the plain noun at `k` names, with its modifiers from `first` on; None for crew and
    for many.
    """
    crew = tree.lemma(k) in context.lexicon.words("crew-nouns")
    if crew or context.lexicon.triggered("label", tree.lemma(k)):
        return None
    if tree[k].xpos == "NNS" and not tree.children(k, "nummod"):
        return None
    kept = [j for j in range(first, k + 1) if tree[j].upos in ("NOUN", "ADJ", "PROPN") or tree[j].text == "-"]
    span = tree.span(kept)
    return {"role": [Argument(as_role(context.text(span)), span, 1.0, k)]}


def as_role(text: str) -> Value:
    """A part in words, as a value: lower case unless it holds a name."""
    return Value(text if re.search(r"(?<!^)\b[A-Z]", text) else text.lower())
