"""Two names side by side: "Shue as Sera", "Ben Sanderson (Nicolas Cage)", "Cage (Ben Sanderson)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.mentions import PERSONAL, Referent
from kg.extract.tree import Tree
from kg.model import Span, Value

BRACKET = re.compile(r"((?:[A-Z][\w'’.-]+ ?){1,3})\(((?:(?:the|an?) [a-z]|[A-Z])[^()\d]{2,40})\)")
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
            and (who := context.entity(tree, token.index, "Person"))
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
    """Who is listed after "with" behind a title, or in a fragment that begins so: "Harbour (1964), with A, B and C"."""
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
                if "for" in tree.prepositions(k) and (f := context.entity(tree, k, "Film"))
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


def part_after(context: Context, tree: Tree, k: int) -> dict[str, list[Argument]] | None:
    """The part whose phrase begins at token `k`: a named character, or the head of a plain phrase with its modifiers."""
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
            if context.lexicon.triggered("label", tree.lemma(k)) or tree.lemma(k) in context.lexicon.words(
                "crew-nouns"
            ):
                return None
            if token.xpos == "NNS" and not tree.children(k, "nummod"):
                return None
            words = [
                j
                for j in range(first, k + 1)
                if tree[j].upos in ("NOUN", "ADJ", "PROPN") or tree[j].text in ("-",)
            ]
            span = tree.span(words)
            return {"role": [Argument(as_role(context.text(span)), span, 1.0, k)]}
        if token.upos in ("VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PUNCT") and token.text not in (
            "-",
            "“",
            '"',
            ",",
        ):
            return None
        k += 1
    return None


def as_role(text: str) -> Value:
    """A part in words, as a value: lower case unless it holds a name."""
    return Value(text if re.search(r"(?<!^)\b[A-Z]", text) else text.lower())


def bracket_pair(context: Context, tree: Tree, outer: Argument, opening: int) -> Iterator[Candidate]:
    """ "X (Y)": which of the two is the performer is decided by what is known of both, and the document's habit."""
    close = next(
        (j for j in range(opening + 1, min(opening + 9, len(tree.tokens))) if tree[j].text == ")"), None
    )
    if close is None or close == opening + 1:
        return
    inside = Span(tree[opening + 1].span.start, tree[close - 1].span.end)
    text = context.text(inside)
    if any(v for v in context.values[tree.number] if inside.overlaps(v.span)) or re.match(
        r"(?:born|né|née|died|aka|also|left|right|pictured)\b", text
    ):
        return
    mention = context.mentions.at(tree, opening + 1)
    frames = context.lexicon.triggered("pair", "(")
    if mention and mention.span == inside and context.mentions.of[mention.span].type in PERSONAL:
        other = Argument(context.mentions.of[mention.span], inside, 1.0, opening + 1)
        if other.filler is outer.filler:
            return
        performer, character = direction(context, outer, other)
        for frame in (
            frames
            if full_name(outer) != full_name(other) or habit(context) or context.performs(performer.filler)
            else ()
        ):
            yield Candidate(
                frame,
                "bracket",
                tree,
                opening,
                fixed={"o": [performer], "portrayed": [character]},
                confidence=0.85,
            )
    elif mention is None and performer_list(context, tree):
        part = part_after(context, tree, opening + 1)
        for frame in frames if part else ():
            yield Candidate(
                frame, "bracket", tree, opening, fixed={"o": [outer], **(part or {})}, confidence=0.75
            )


def performer_list(context: Context, tree: Tree) -> bool:
    """True in a label line or sentence that lists who plays."""
    words = {t.lemma.lower() for t in tree.tokens}
    return bool(words & {"cast", "star", "feature", "play", "include", "with"})


def direction(context: Context, outer: Argument, inner: Argument) -> tuple[Argument, Argument]:
    """Performer and character of "outer (inner)"."""
    one, two = outer.filler, inner.filler
    known_outer = context.performs(one) - context.performs(two)
    if known_outer > 0:
        return outer, inner
    if known_outer < 0:
        return inner, outer
    full_outer, full_inner = full_name(outer), full_name(inner)
    if full_outer != full_inner:
        return (outer, inner) if full_outer else (inner, outer)
    return (outer, inner) if habit(context) > 0 else (inner, outer)


def full_name(argument: Argument) -> bool:
    """True where the document calls somebody by more than one word."""
    return isinstance(argument.filler, Referent) and len(argument.filler.label.split()) > 1


def habit(context: Context) -> int:
    """Above 0 where the document's brackets hold the parts, below 0 where they hold the performers."""
    votes = 0
    for m in BRACKET.finditer(context.parse.text):
        outer, inner = m[1].strip(), m[2].strip()
        if re.match(r"(?:the|an?) [a-z]", inner) or (len(outer.split()) > 1 == len(inner.split())):
            votes += 1
        elif len(inner.split()) > 1 == len(outer.split()):
            votes -= 1
    return votes
