"""Hyphenated epithets before a name: "Oscar-winning director X", "the Goya-nominated Y", "Tunisian-born
Z".
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.film_words import named_place
from kg.extract.context import Argument, Context
from kg.extract.references import entity
from kg.extract.tree import Tree

PARTICIPLES = frozenset({"winning", "nominated", "born", "based"})


def epithets(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of the `epithet` frames: what stands before the hyphen, and the name that follows."""
    for token in tree.tokens:
        i = token.index
        word, before = split(tree, i)
        if not word or before < 0:
            continue
        bearer = name_after(context, tree, i)
        if bearer is None:
            continue
        for frame in context.lexicon.triggered("epithet", word):
            expected = context.ontology.relation(frame.relation).range
            thing = entity(context, tree, before, expected)
            if (
                thing is None
                and expected == "Place"
                and tree[before].text in context.lexicon.words("demonyms")
            ):
                thing = named_place(context, tree[before].span)
            if thing is not None:
                yield Candidate(frame, "hyphen", tree, i, fixed={"s": [bearer], "o": [thing]}, confidence=0.9)


def split(tree: Tree, i: int) -> tuple[str, int]:
    """The participle of an epithet that ends at `i` and the token before its hyphen."""
    text = tree[i].text.lower()
    if text in PARTICIPLES and i > 1 and tree[i - 1].text == "-":
        return text, i - 2
    return "", -1


def name_after(context: Context, tree: Tree, i: int) -> Argument | None:
    """The name that an epithet at `i` stands before, with at most a few plain words between."""
    for k in range(i + 1, min(i + 6, len(tree.tokens))):
        mention = context.mentions.at(tree, k)
        if mention:
            referent = context.mentions.of[mention.span]
            if context.fits(referent, "Honouree") or context.fits(referent, "Figure"):
                return Argument(referent, mention.span, 1.0, k)
            if referent.type != "Place":
                return None
        elif tree[k].upos not in ("NOUN", "ADJ", "PUNCT", "PROPN") or tree[k].text in (
            ",",
            ".",
            ";",
            ":",
            ")",
        ):
            return None
    return None
