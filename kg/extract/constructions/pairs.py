"""Two names side by side: "Lowe as Mira", "Harbour (1964), with A, B and C", "Dent is Otto"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.constructions.brackets import bracket_pair, full_name
from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.portrayed import part_after
from kg.extract.context import Argument, Context
from kg.extract.references import entity
from kg.extract.referents import PERSONAL
from kg.extract.tree import Tree

PLAYED = PERSONAL | {"Place"}
FILLERS = frozenset(
    [
        "also",
        "again",
        "here",
        "back",
        "memorably",
        "respectively",
        "brilliantly",
        "superb",
        "wonderful",
        ",",
        "(",
        "–",
        "—",
    ]
)


def pairs(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of the `pair` frames: a performer and a part that stand next to each other."""
    yield from with_list(context, tree)
    for token in tree.tokens:
        if (
            token.text.lower() in ("he", "she")
            and token.label == "nsubj"
            and (who := entity(context, tree, token.index, "Person"))
        ):
            yield from is_pair(context, tree, who, token.head)
    for token in tree.tokens:
        i = token.index
        mention = context.mentions.at(tree, i)
        if not mention or mention.span.end != token.span.end:
            continue
        referent = context.mentions.of[mention.span]
        if referent.type not in PERSONAL:
            continue
        if tree[mention_head(context, tree, i)].label in ("nsubj", "nsubj:outer"):
            yield from is_pair(
                context,
                tree,
                Argument(referent, mention.span, 1.0, i),
                tree[mention_head(context, tree, i)].head,
            )
        k = i + 1
        while k < len(tree.tokens) and tree[k].text.lower() in FILLERS - {"("} and k - i < 3:
            k += 1
        if k < len(tree.tokens) and tree[k].text.lower() == "as":
            yield from as_pair(context, tree, Argument(referent, mention.span, 1.0, i), k)
        elif i + 2 < len(tree.tokens) and tree[i + 1].text == "(":
            yield from bracket_pair(context, tree, Argument(referent, mention.span, 1.0, i), i + 1)


def with_list(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Who is listed after "with" behind a title, or in a fragment that begins so: "Harbour (1964), with
    A, B and C".
    """
    for token in tree.tokens[:-1]:
        i = token.index
        if token.text.lower() != "with" or context.mentions.at(tree, i + 1) is None:
            continue
        before = next((k for k in range(i - 1, -1, -1) if tree[k].upos != "PUNCT"), None)
        film = context.mentions.referent(tree, before) if before is not None else None
        closes = i > 0 and tree[i - 1].text == ")"
        if not (
            before is None or (film and film.type == "Film") or (closes and context.focus.films_in(tree))
        ):
            continue
        people = [tree.unrelative(k) for k in tree.conjuncts(mention_head(context, tree, i + 1))]
        clause = casting_verb(tree, i + 1)
        if before is None and clause is not None:
            continue
        for frame in context.lexicon.triggered("pair", "with"):
            yield Candidate(frame, "with", tree, i, slots={"o": people[:1]}, confidence=0.85, predicate=None)


def mention_head(context: Context, tree: Tree, i: int) -> int:
    """The token of the mention at `i` that governs the others."""
    mention = context.mentions.at(tree, i)
    while tree[i].head >= 0 and context.mentions.at(tree, tree[i].head) is mention:
        i = tree[i].head
    return i


def is_pair(context: Context, tree: Tree, performer: Argument, head: int) -> Iterator[Candidate]:
    """ "X is Y" in a film: X performs, Y is the character; "X and Y are A and B" goes one by one."""
    if not tree.children(head, "cop") or tree.prepositions(head) or tree.exactly(head, "mark"):
        return
    subject = next((k for k in tree.exactly(head, "nsubj", "nsubj:outer")), head)
    performers, parts = tree.conjuncts(subject), tree.conjuncts(head)
    own = context.mentions.at(tree, performer.token)
    place = next((n for n, k in enumerate(performers) if own and context.mentions.at(tree, k) is own), 0)
    if len(performers) > 1 and len(performers) != len(parts):
        return
    part = parts[place] if len(performers) > 1 else head
    mention = context.mentions.at(tree, part)
    if mention and mention.type == "Award" and mention.text.lower().startswith("best"):
        award = Argument(context.mentions.of[mention.span], mention.span, 1.0, part)
        for frame in context.lexicon.triggered("pair", "award"):
            films = [
                f
                for k in tree.children(part, "nmod", "obl")
                if "for" in tree.prepositions(k) and (f := entity(context, tree, k, "Film"))
            ]
            fixed = {"s": [performer], "o": [award], **({"forFilm": films[:1]} if films else {})}
            yield Candidate(frame, "is", tree, part, fixed=fixed, confidence=0.85, predicate=head)
        return
    frames = context.lexicon.triggered("pair", "is")
    if (
        mention
        and context.mentions.of[mention.span].type in PLAYED
        and context.mentions.of[mention.span] is not performer.filler
    ):
        other = Argument(context.mentions.of[mention.span], mention.span, 1.0, part)
        swapped = context.performs(other.filler) > context.performs(performer.filler)
        swapped |= context.performs(performer.filler) <= 0 and full_name(other) and not full_name(performer)
        played = [other] if swapped else [performer]
        for frame in frames:
            fixed = {"o": played, "portrayed": [performer if swapped else other]}
            yield Candidate(frame, "is", tree, part, fixed=fixed, confidence=0.8, predicate=head)


def as_pair(context: Context, tree: Tree, performer: Argument, k: int) -> Iterator[Candidate]:
    """ "X as Y": Y is a character, or a part in words."""
    part = part_after(context, tree, k + 1)
    if part is None:
        return
    for frame in context.lexicon.triggered("pair", "as"):
        yield Candidate(
            frame,
            "as",
            tree,
            k,
            fixed={"o": [performer], **part},
            confidence=0.9,
            predicate=casting_verb(tree, k),
        )


def casting_verb(tree: Tree, k: int) -> int | None:
    """The verb above token `k`, for the gate."""
    return next((a for a in tree.ancestors(k) if tree.is_predicate(a)), None)
