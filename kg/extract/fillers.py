"""What stands in a slot of a candidate: entities, conjuncts and lists expanded."""

from __future__ import annotations

import re

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.pronouns import couple
from kg.extract.references import entity
from kg.extract.referents import Referent
from kg.extract.tree import Tree

JOINED = re.compile(r",? (?:and|&) |, ")
LISTING = re.compile(r",? (?:among them|including|such as|like|notably|chief among them)\b")
Filled = dict[str, Argument]


def entities(context: Context, candidate: Candidate, slot: str, expected: str) -> list[Argument]:
    """The entities that stand in `slot`, conjuncts expanded, none twice."""
    out = list(candidate.fixed.get(slot, []))
    tree = candidate.tree
    for head in candidate.slots.get(slot, []):
        heads = [head] if slot == candidate.single else before_clause(candidate, head)
        if slot == "o" and expected == "Person" and slot != candidate.single:
            heads = listed_people(context, tree, heads)
        for i in heads:
            if expected == "Figure" and tree[i].text.lower() in ("they", "their", "them"):
                out += [a for a in couple(context, tree, i) if all(a.filler is not o.filler for o in out)]
                continue
            if (
                expected in ("CreativeWork", "Honouree")
                and tree[i].upos == "NOUN"
                and (listed := listed_films(context, tree, i))
            ):
                out += [a for a in listed if all(a.filler is not o.filler for o in out)]
                continue
            found = entity(context, tree, i, expected)
            if found and all(found.filler is not o.filler for o in out):
                out.append(found)
    return out


def before_clause(candidate: Candidate, head: int) -> list[int]:
    """`head` and its conjuncts, without those behind the relative clause that the candidate is read from."""
    tree, trigger = candidate.tree, candidate.trigger
    group = tree.conjuncts(head)
    if head < trigger and tree[trigger].label == "acl:relcl":
        return [k for k in group if k < trigger]
    return group


def listed_people(context: Context, tree: Tree, heads: list[int]) -> list[int]:
    """The heads, and who follows the last of them in "A, B and C": parsers lose the ends of lists."""
    last = max(heads)
    mention = context.mentions.at(tree, last)
    if mention is None:
        return heads
    out, closed, at = list(heads), False, mention.span.end
    while join := JOINED.match(context.parse.text, at):
        following = context.mentions.beginning(join.end(), join.end() + 1)
        token = next((t for t in tree.tokens if t.span.start == join.end()), None)
        if not following or token is None or following[0][1].type != "Person":
            break
        at, closed = following[0][0].end, "," not in join.group().strip() or "and" in join.group()
        out += [token.index] if token.index not in heads else []
    behind = next((t for t in tree.tokens if t.span.start >= at and t.upos != "ADV"), None)
    tells = behind is not None and (behind.upos == "AUX" or behind.xpos in ("VBD", "VBZ", "VBP"))
    return out if closed and not tells else heads


def listed_films(context: Context, tree: Tree, i: int) -> list[Argument]:
    """The titles that a plural stands for: "more than forty films, among them X and Y", "films such as X"."""
    if tree.lemma(i) not in context.film_nouns or tree[i].xpos not in ("NNS", "NN"):
        return []
    text = context.parse.text[tree[i].span.end : tree.sentence.span.end]
    cue = LISTING.match(text)
    if not cue:
        return []
    start = tree[i].span.end + cue.end()
    stop = re.search(r"[.;]|\b(?:which|who|where|but)\b", text[cue.end() :])
    end = start + stop.start() if stop else tree.sentence.span.end
    return [Argument(r, s, 0.9) for s, r in context.mentions.beginning(start, end) if r.type == "Film"]


def as_referent(argument: Argument) -> Referent | None:
    """The referent that fills a slot, or None for a value."""
    return argument.filler if isinstance(argument.filler, Referent) else None
