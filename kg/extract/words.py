"""Words as values: the noun that sets a frame off ("film editor"), a plain noun phrase ("family shame")."""

from __future__ import annotations

import re

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.tree import Tree
from kg.model import Value

RANKS = frozenset(["private", "chief", "assistant", "managing", "deputy", "associate", "lay"])


def word_itself(context: Context, candidate: Candidate) -> Argument:
    """The triggering noun with the nouns that make it one thing."""
    return noun_itself(context, candidate.tree, candidate.trigger)


def noun_itself(context: Context, tree: Tree, i: int) -> Argument:
    """The noun at `i` with the nouns that make it one thing: "film editor", "security guard"."""
    first = i
    while first and i - first < 4:
        before = tree[first - 1]
        joined = before.text == "-" or tree[first].text == "-"
        noun = (
            before.label == "compound"
            and before.upos in ("NOUN", "ADJ")
            and before.head in range(first, i + 1)
        )
        ranked = before.text.lower() in RANKS
        if not (joined or noun or ranked) or before.lemma.lower() == "century":
            break
        first -= 1
    while tree[first].text == "-":
        first += 1
    words = [
        context.parse.text[tree[first].span.start : tree[i].span.start],
        lemma_form(tree[i].text, tree.lemma(i)),
    ]
    return Argument(Value(re.sub(r"\s+", " ", "".join(words)).strip().lower()), tree.span([first, i]), 1.0, i)


def lemma_form(text: str, lemma: str) -> str:
    """The singular of a noun as it is written."""
    return lemma if text.lower() != lemma else text.lower()


def words_at(context: Context, candidate: Candidate, i: int) -> Argument | None:
    """A noun phrase as a value: "family shame", "loneliness"; proper names stay as written."""
    tree = candidate.tree
    if tree[i].upos in ("PRON", "DET", "VERB", "AUX") or tree[i].xpos == "WP":
        return None
    if tree.lemma(i) == "theme":
        return None
    text, span = context.phrase(tree, i)
    if candidate.frame.relation == "ownerOf":
        before = [
            k for k in tree.subtree(i) if k <= i and tree[k].label not in ("det", "nmod:poss", "cc", "case")
        ]
        span = tree.span([k for k in before if all(j in before for j in range(k, i))])
        text = context.text(span)
    follow = [k for k in tree.children(i, "nmod") if "of" in tree.prepositions(k)]
    if candidate.frame.relation in ("theme", "ownerOf") and follow:
        span = span.join(tree.span([k for k in tree.subtree(follow[0]) if tree[k].label != "punct"]))
        text = context.text(span)
    if not text or (
        candidate.frame.relation == "language" and text not in context.lexicon.words("languages")
    ):
        return None
    if candidate.frame.relation not in ("language", "contentRating", "ownerOf"):
        text = text.lower()
    return Argument(Value(text), span, 0.9, i)
