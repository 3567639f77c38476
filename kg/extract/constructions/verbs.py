"""Verbs: active, passive, participles, relative clauses, control and shared arguments ("written and
directed by").
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.clauses import Arguments, arguments, is_passive
from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Context
from kg.extract.tree import Tree
from kg.lexicon import Frame

SHARED_WORK = frozenset({"writer", "producer", "director", "composer", "editor", "companyOf", "author"})
"""Relations whose verb shares its subject with who stands after "with": "she wrote it with X"."""
PREPOSED = ("object", "complement", "subject", "indirect", "in")


def verb_frames(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of all frames whose verb heads a clause of the sentence."""
    for token in tree.tokens:
        i = token.index
        if not tree.is_predicate(i):
            continue
        frames = context.lexicon.triggered("verb", tree.verb(i))
        if not frames:
            continue
        there = arguments(tree, i)
        for frame in frames:
            found = match(tree, i, frame, there)
            if found is not None:
                how = (
                    "passive"
                    if is_passive(tree, i)
                    else "relative"
                    if token.label == "acl:relcl"
                    else "active"
                )
                yield Candidate(frame, how, tree, i, found, predicate=i)


def match(tree: Tree, i: int, frame: Frame, given: Arguments) -> dict[str, list[int]] | None:
    """Slot to tokens where the clause of `i` has what the frame needs, else None."""
    needed: list[int] = []
    for position, nouns in frame.needs:
        if position == "o":
            continue
        there = [c for t in position_of(position, given) for c in tree.conjuncts(t)]
        hits = [t for t in there if tree.lemma(t) in nouns]
        if not hits:
            return None
        needed += hits
    slots: dict[str, list[int]] = {}
    for position, slot in frame.slots:
        tokens = given.get(position) or attached(tree, given, needed, position)
        if tokens and slot not in slots:
            slots[slot] = tokens
        if (
            position == "subject"
            and tokens
            and frame.relation in SHARED_WORK
            and "with" in given
            and not is_passive(tree, i)
        ):
            slots[slot] = tokens + given["with"]
    asked = dict(frame.needs).get("o")
    if asked and not any(tree.lemma(t) in asked for t in slots.get("o", [])):
        return None
    return slots


def position_of(position: str, given: Arguments) -> list[int]:
    """What stands in a position; a noun that is needed as object may also be the complement."""
    found = given.get(position, [])
    if position == "object" and not found:
        found = given.get("complement", [])
    return found


def attached(tree: Tree, given: Arguments, needed: list[int], position: str) -> list[int]:
    """Phrases that the parser hung on an argument and not on the verb: "won the award for X", "scored the
    film's music".
    """
    if position == "possessor":
        return [k for n in needed for k in tree.exactly(n, "nmod:poss", "compound")]
    hosts = [*needed, *(t for p in PREPOSED for t in given.get(p, []) if t not in needed)]
    out: list[int] = []
    for host in hosts:
        for member in tree.conjuncts(host):
            out += [
                k for k in tree.children(member, "nmod", "obl", "acl") if position in tree.prepositions(k)
            ]
    if not out and given.get("object"):
        below = tree.subtree(given["object"][0])
        out = [k for k in below if tree[k].label == "nmod" and position in tree.prepositions(k)]
    return out[:1] if out else []
