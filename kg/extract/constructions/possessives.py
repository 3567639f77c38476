"""Whose film or book it is: "Marta Ruiz's war epic The Salt Road", "the Ruth Alden novel", "Petrov's
The Clockmaker".
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.roles import doubtful
from kg.extract.context import Argument, Context
from kg.extract.references import entity
from kg.extract.tree import Tree
from kg.lexicon import Frame

NTH = frozenset(
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "latest",
        "new",
        "newest",
        "sophomore",
        "sixth",
        "seventh",
    ]
)


def possessives(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of the `possessive` frames: a person before a title, with or without the kind of work
    between.
    """
    yield from numbered(context, tree)
    for token in tree.tokens:
        referent = context.mentions.referent(tree, token.index)
        if not referent or referent.type not in ("Film", "Work"):
            continue
        owner = owner_of(context, tree, token.index)
        if not owner:
            continue
        person, kind = owner
        word = kind or ("film" if referent.type == "Film" else "work")
        mention = context.mentions.at(tree, token.index)
        assert mention is not None
        if not kind and context.performs(person.filler) > 0 and doubtful(context, mention):
            continue
        for frame in context.lexicon.triggered("possessive", word):
            work = Argument(referent, mention.span, 1.0, token.index)
            yield from read(frame, tree, token.index, person, work, bare=not kind)


def numbered(context: Context, tree: Tree) -> Iterator[Candidate]:
    """ "Ana Lima's second film is …": the film that the article is about is hers."""
    main = context.focus.main
    for token in tree.tokens:
        i = token.index
        if main is None or token.label not in ("nsubj", "nsubj:outer") or not context.is_film_noun(tree, i):
            continue
        owners = [a for k in tree.exactly(i, "nmod:poss") if (a := entity(context, tree, k, "Person"))]
        if (
            owners
            and any(tree.lemma(k) in NTH for k in tree.children(i, "amod"))
            and not context.focus.films_in(tree)
        ):
            work = Argument(main, token.span, 0.9, i)
            for frame in context.lexicon.triggered("possessive", "film"):
                yield from read(frame, tree, i, owners[0], work, bare=False)


def read(
    frame: Frame, tree: Tree, i: int, person: Argument, work: Argument, bare: bool
) -> Iterator[Candidate]:
    """The candidate of one frame: possessor and what it possesses in the slots that the frame names."""
    slots = dict(frame.slots)
    if "possessor" in slots and "is" in slots:
        fixed = {slots["possessor"]: [person], slots["is"]: [work]}
        yield Candidate(
            frame, "bare" if bare else "kind", tree, i, fixed=fixed, confidence=0.8 if bare else 0.85
        )


def owner_of(context: Context, tree: Tree, i: int) -> tuple[Argument, str] | None:
    """The person whose title stands at `i`, and the kind of work that is named between; read off the
    words before.
    """
    k = i - 1
    while k >= 0 and tree[k].text in ("“", '"', "‘", "'", "*", "_", ","):
        k -= 1
    if k < i - 1 and any(tree[j].text == "," for j in range(k + 1, i)) and not context.is_film_noun(tree, k):
        return None
    kind = ""
    start = k
    while k >= 0 and start - k < 5 and tree[k].text not in ("'s", "’s", "'", "’"):
        token = tree[k]
        if token.upos not in ("NOUN", "ADJ", "PROPN", "NUM", "PUNCT", "ADV") or context.mentions.at(tree, k):
            between = context.mentions.at(tree, k)
            if not between or between.type not in ("Place", "Award", "Organization"):
                return None
        if token.text in (",", ";", ":", "(", ")") or tree.lemma(k) in ("character", "role", "performance"):
            return None
        if not kind and token.upos in ("NOUN", "ADJ", "PROPN"):
            kind = tree.lemma(k) if context.lexicon.triggered("possessive", tree.lemma(k)) else ""
            if not kind and token.upos == "NOUN" and context.is_film_noun(tree, k):
                kind = "film"
            if token.upos == "NOUN" and not kind:
                return None
        k -= 1
    if k <= 0 or tree[k].text not in ("'s", "’s", "'", "’"):
        return None
    referent = context.mentions.referent(tree, k - 1)
    mention = context.mentions.at(tree, k - 1)
    if not referent or not mention or referent.type != "Person":
        return None
    return Argument(referent, mention.span, 1.0, k - 1), kind
