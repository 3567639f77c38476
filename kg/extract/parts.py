"""Performers with the parts they play: a character, a part in words, or none."""

from __future__ import annotations

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.fillers import Filled, entities
from kg.extract.qualifiers import qualifiers_of
from kg.extract.references import entity
from kg.extract.tree import Tree
from kg.model import Value

PART_NOUNS = frozenset(["role", "part", "character", "lead", "figure"])


def cast(context: Context, candidate: Candidate, subjects: list[Argument]) -> tuple[list[Filled], str]:
    """Performers with their parts: one part each where there are as many, a shared one where there is one."""
    performers = entities(context, candidate, "o", "Person")
    if not performers:
        return [], "no performer stands in o"
    asked = candidate.frame.position("portrayed")
    parts = parts_of(context, candidate)
    if asked == "as":  # "stars A as B, C as D": each further pair is read as one
        parts = parts[:1]
    if "portrayed" in candidate.frame.must and not any(parts):
        return [], "no part is named"
    if asked == "object" and not parts:
        return [], "what is played is no character and no part"
    shared = qualifiers_of(context, candidate)
    rows: list[tuple[Argument, Filled]]
    if len(parts) == len(performers):
        rows = list(zip(performers, parts, strict=True))
    elif len(performers) == 1:
        rows = [(performers[0], part) for part in parts] or [(performers[0], {})]
    elif asked == "object" and len(parts) == 1:
        rows = [(p, parts[0]) for p in performers]
    else:
        rows = [(p, {}) for p in performers]
    return [{"s": s, "o": p, **shared, **part} for s in subjects for p, part in rows], ""


def parts_of(context: Context, candidate: Candidate) -> list[Filled]:
    """The parts that are named: characters, or words for people ("a bartender"); {} for "the lead role"."""
    if "portrayed" in candidate.fixed:
        return [{"portrayed": p} for p in candidate.fixed["portrayed"]]
    tree = candidate.tree
    out: list[Filled] = []
    for head in candidate.slots.get("portrayed", []):
        for i in tree.conjuncts(head):
            if i != head and plays_too(context, tree, i):
                continue
            found = entity(context, tree, i, "Figure")
            inner = [k for k in tree.children(i, "nmod") if "of" in tree.prepositions(k)]
            if found:
                out.append({"portrayed": found})
            elif tree.lemma(i) in PART_NOUNS:
                named = [
                    e for k in inner for c in tree.conjuncts(k) if (e := entity(context, tree, c, "Figure"))
                ]
                out += [{"portrayed": n} for n in named] or [{}]
            elif is_person_noun(context, tree.lemma(i)) and tree[i].upos == "NOUN":
                text, span = context.phrase(tree, i)
                out.append({"role": Argument(Value(text.lower()), span, 0.9, i)})
    return out


def plays_too(context: Context, tree: Tree, i: int) -> bool:
    """True for a name that has a part of its own behind it: "as Otto, and Ana Lima as Mira"."""
    mention = context.mentions.at(tree, i)
    k = i
    while k < len(tree.tokens) and mention and context.mentions.at(tree, k) is mention:
        k += 1
    return mention is not None and k < len(tree.tokens) and tree[k].text.lower() == "as"


def is_person_noun(context: Context, lemma: str) -> bool:
    """True for a noun that a performer can be said to play: an occupation, a relative, a kind of person."""
    return lemma in context.lexicon.words("occupations") or lemma in context.lexicon.words("people-nouns")
