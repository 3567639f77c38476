"""The person whom an article as a whole is about: an obituary, a profile."""

from __future__ import annotations

import re

from kg.extract.mentions import Mentions
from kg.extract.referents import PERSONAL, Referent
from kg.extract.tree import Tree
from kg.language.parse import Parse


def main_person(parse: Parse, trees: list[Tree], mentions: Mentions, no_film: bool) -> Referent | None:
    """The person that the article as a whole is about: named at its head and far oftener than others."""
    people = [r for r in mentions.referents if r.type in PERSONAL]
    if not people:
        return None
    opening = opening_person(parse, trees, mentions)
    pronouns = len(re.findall(r"\b(?:he|him|his|she|her|hers)\b", parse.text, re.I))
    if opening and no_film and len(opening.mentions) >= 2 and len(opening.mentions) + pronouns >= 6:
        return opening
    ranked = sorted(people, key=lambda r: (-len(r.mentions), r.number))
    first, second = ranked[0], len(ranked[1].mentions) if len(ranked) > 1 else 0
    head = parse.blocks[min(2, len(parse.blocks) - 1)].span.end if parse.blocks else 0
    early = any(m.span.start < max(head, 300) for m in first.mentions)
    return first if early and len(first.mentions) >= 3 and len(first.mentions) >= 1.5 * second else None


def opening_person(parse: Parse, trees: list[Tree], mentions: Mentions) -> Referent | None:
    """The person whom the headline names alone, or who is the subject of the first whole sentence."""
    for tree in trees[:5]:
        found = {
            r.number: r for t in tree.tokens if (r := mentions.referent(tree, t.index)) and r.type in PERSONAL
        }
        if tree.sentence.block == 0 and len(found) == 1 and parse.blocks[0].kind == "heading":
            return next(iter(found.values()))
        for token in tree.tokens:
            referent = mentions.referent(tree, token.index)
            if referent and referent.type in PERSONAL and token.label in ("nsubj", "nsubj:pass", "root"):
                return referent
    return None
