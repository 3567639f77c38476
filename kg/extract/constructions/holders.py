"""Who is said to be a relational noun: by apposition, beside the name, by copula, "as director"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.clauses import arguments, is_passive
from kg.extract.context import Context
from kg.extract.references import entity
from kg.extract.tree import Tree

SERVING = frozenset(
    [
        "serve",
        "act",
        "work",
        "double",
        "function",
        "return",
        "credit",
        "hire",
        "employ",
        "engage",
        "recruit",
        "bring",
        "join",
    ]
)
NAMED_BY = ("flat", "appos", "nmod:desc", "nmod:unmarked", "list", "compound", "parataxis")
Holder = tuple[str, list[int], float]
"""How somebody is said to be it, the tokens that say who, and how sure that is."""


def holders(context: Context, tree: Tree, i: int) -> Iterator[Holder]:
    """Who is said to be the noun: by apposition, beside the name, by copula, "as director", best first."""
    token = tree[i]
    called = any(named(context, tree, k) for k in tree.children(i, "appos", "flat") if k > i)
    if not called and tree.children(i, "cop") and (subjects := tree.exactly(i, "nsubj", "nsubj:outer")):
        yield "copula", [tree.unrelative(k) for k in subjects], 0.95
    yield from apposed(context, tree, i)
    predicate = token.head >= 0 and bool(tree.children(token.head, "cop"))
    if (
        token.label == "conj"
        and token.head >= 0
        and tree[token.head].upos == "NOUN"
        and (predicate or not tree.children(i, "det", "cop"))
    ) or (token.label == "appos" and predicate and tree[token.head].upos == "NOUN"):
        yield from holders(context, tree, token.head)
    if token.head >= 0:
        yield from below_copula(tree, i)
        if "as" in tree.prepositions(i):
            yield from as_holder(context, tree, i)
        yield from become(tree, i)
    for clause in tree.children(i, "acl"):  # "a porter called X"
        if tree.lemma(clause) in ("call", "name") and clause > i:
            names = [k for k in tree.kids[clause] if k > clause and named(context, tree, k)]
            if names:
                yield "called", names[:1], 0.9
    beside = adjacent_name(context, tree, i)
    if beside is not None:
        yield "beside", [beside], 0.85


def apposed(context: Context, tree: Tree, i: int) -> Iterator[Holder]:
    """Who stands in apposition to the noun, below it or above it."""
    token = tree[i]
    after = [
        k
        for k in tree.children(i, *NAMED_BY)
        if k > i and named(context, tree, k) and not between_mark(tree, i, k, "(")
    ]
    if not after:
        nouns = [k for k in tree.children(i, "appos") if k > i and tree[k].upos == "NOUN"]
        after = [k for k in nouns if entity(context, tree, k, "Figure")]
    if after:
        yield "apposition", after[:1], 0.95
    if token.head >= 0 and token.label in (*NAMED_BY, "nmod", "parataxis") and not tree.prepositions(i):
        head = token.head
        known = named(context, tree, head) or (
            token.label == "appos" and entity(context, tree, head, "Figure")
        )
        if known and (token.label != "compound" or head > i):
            yield "apposition", [nearest_name(context, tree, head, i)], 0.95


def below_copula(tree: Tree, i: int) -> Iterator[Holder]:
    """Who is said to be it where the noun is no predicate itself: "its director is X", "X is one of the
    writers".
    """
    token = tree[i]
    if token.label in ("nsubj", "nsubj:outer") and tree.children(token.head, "cop"):
        yield "copula", [token.head], 0.9
    if set(tree.prepositions(i)) & {"of", "among"}:
        above = token.head if "of" in tree.prepositions(i) else i
        if tree.children(above, "cop") and (above == i or tree.lemma(above) == "one"):
            yield "copula", tree.exactly(above, "nsubj"), 0.9


def become(tree: Tree, i: int) -> Iterator[Holder]:
    """Who became, remained or was named it."""
    token = tree[i]
    if token.label in ("xcomp", "obj") and tree.lemma(token.head) in ("become", "remain", "name", "appoint"):
        above = arguments(tree, token.head)
        passive = is_passive(tree, token.head)
        found = above.get("object", above.get("indirect")) if passive else above.get("subject")
        if found:
            yield "become", found, 0.9


def nearest_name(context: Context, tree: Tree, head: int, i: int) -> int:
    """The last person named between `head` and the noun that the parser hung on it: who stands beside it
    is meant.
    """
    between = [
        k
        for k in range(head + 1, i)
        if (m := context.mentions.at(tree, k)) and m.type in ("Person", "Character")
    ]
    mention = context.mentions.at(tree, head)
    others = [
        k
        for k in between
        if context.mentions.at(tree, k) is not mention and not between_mark(tree, head, k, "(")
    ]
    if others and all(
        tree[k].upos in ("PUNCT", "DET", "ADJ", "NOUN", "PROPN") for k in range(others[-1] + 1, i)
    ):
        return others[-1]
    return head


def as_holder(context: Context, tree: Tree, i: int) -> Iterator[Holder]:
    """Who serves as it: "with X as director", "X served as editor"."""
    head = tree[i].head
    if named(context, tree, head):
        yield "as", [head], 0.85
    elif tree.lemma(head) in SERVING:
        above = arguments(tree, head)
        who = above.get("object") if is_passive(tree, head) or above.get("object") else above.get("subject")
        if who:
            yield "as", who, 0.85


def adjacent_name(context: Context, tree: Tree, i: int) -> int | None:
    """The name right after the noun, whatever the parser made of it: "director Ana Lima"."""
    if i + 1 < len(tree.tokens) and tree[i + 1].upos == "PROPN" and named(context, tree, i + 1):
        mention = context.mentions.at(tree, i + 1)
        if (
            mention
            and mention.span.start == tree[i + 1].span.start
            and mention.type in ("Person", "Character", "Organization")
        ):
            return i + 1
    return None


def named(context: Context, tree: Tree, i: int) -> bool:
    """True where a mention or a personal pronoun stands at `i`."""
    return context.mentions.at(tree, i) is not None or tree[i].text.lower() in (
        "he",
        "she",
        "who",
        "him",
        "her",
    )


def between_mark(tree: Tree, i: int, k: int, mark: str) -> bool:
    """True where the character `mark` stands between two tokens."""
    return any(tree[j].text == mark for j in range(min(i, k), max(i, k)))
