"""A document being read, and what may stand in a slot."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from kg.extract.definitions import Definition, definition
from kg.extract.focus import Focus
from kg.extract.mentions import Mentions
from kg.extract.referents import PERSONAL, Referent
from kg.extract.tree import Tree
from kg.extract.values import KIND_OF_RELATION, ValueMention, find_values
from kg.language.parse import Parse
from kg.lexicon import Lexicon
from kg.model import Span, Value
from kg.ontology import Ontology

FILM_TYPES = frozenset({"Film", "Work", "CreativeWork", "Honouree"})
PERSON_TYPES = frozenset({"Person", "Figure", "Character", "Agent", "Honouree"})
BODY_TYPES = frozenset({"Body", "Organization", "Publication", "Agent"})


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills a slot, where it stands, and how sure the reading is."""

    filler: Referent | Value
    span: Span
    confidence: float
    token: int = -1


class Context:
    """A document being read: its trees, mentions, film in focus and values, and what its sentences said
    so far.
    """

    def __init__(
        self,
        parse: Parse,
        trees: list[Tree],
        mentions: Mentions,
        focus: Focus,
        ontology: Ontology,
        lexicon: Lexicon,
    ) -> None:
        self.parse, self.trees, self.mentions, self.focus = parse, trees, mentions, focus
        self.ontology, self.lexicon = ontology, lexicon
        self._block_ends = [block.span.end for block in parse.blocks]
        self.film_nouns = lexicon.words("film-nouns")
        self.genres = lexicon.words("genres")
        self.roles: dict[tuple[int, str], list[Referent]] = {}
        self.performing: Counter[int] = Counter()
        self.couples: dict[int, tuple[Referent, Referent]] = {}
        self.meant_by: dict[tuple[int, int], Referent] = {}
        self.values = [self._values_of(tree) for tree in trees]
        self.defined = [self._defined(tree) for tree in trees]
        """Of each sentence the film that it begins by describing, and where it does so; or None."""

    def _values_of(self, tree: Tree) -> list[ValueMention]:
        """The values of a sentence; a title that is a number is none."""
        span = tree.sentence.span
        titles = [m.span for m in self.mentions.covering[tree.number] if m and m.type in ("Film", "Work")]
        found = find_values(self.parse.text[span.start : span.end], span.start)
        return [v for v in found if not any(t.contains(v.span) for t in titles)]

    def text(self, span: Span) -> str:
        """The words at `span`, white space folded."""
        return re.sub(r"\s+", " ", self.parse.text[span.start : span.end]).strip()

    def block_at(self, position: int) -> int:
        """The number of the block that holds a position of the text."""
        return min(bisect_right(self._block_ends, position), len(self._block_ends) - 1)

    def fits(self, referent: Referent, expected: str) -> bool:
        """True where something of the referent's type may stand in a slot of class `expected`."""
        kind = referent.type
        if kind in PERSONAL:
            return expected in PERSON_TYPES
        if kind in ("Film", "Work"):
            return expected in FILM_TYPES if expected not in ("Film", "Work") else expected == kind
        if kind in ("Organization", "Publication"):
            return expected in BODY_TYPES
        return self.ontology.fits(kind, expected)

    def is_work(self, relation: str) -> bool:
        """True where the relation speaks of a film or another work."""
        return self.ontology.relation(relation).domain in ("CreativeWork", "Film", "Work")

    def _defined(self, tree: Tree) -> tuple[Argument, Definition] | None:
        token = next((t for t in tree.tokens if t.upos != "PUNCT" and t.text not in ("*", "_")), None)
        mention = self.mentions.at(tree, token.index) if token else None
        referent = self.mentions.of[mention.span] if mention else None
        if token is None or mention is None or referent is None or referent.type != "Film":
            return None
        said = definition(self.parse.text, mention.span, tree.sentence.span.end, self.focus.film_nouns)
        return (Argument(referent, mention.span, 1.0, token.index), said) if said else None

    def is_film_noun(self, tree: Tree, i: int) -> bool:
        """True for "film", "movie", "drama" and their kind."""
        if tree[i].upos not in ("NOUN", "PROPN", "ADJ"):
            return False
        pair = f"{tree[i - 1].text.lower()} {tree.lemma(i)}" if i else ""  # "ghost story"
        return tree.lemma(i) in self.film_nouns or tree.lemma(i) in self.genres or pair in self.genres

    def performs(self, filler: Referent | Value) -> int:
        """Above 0 for who was seen to perform in this document, below 0 for who was seen to be played."""
        if not isinstance(filler, Referent):
            return 0
        seen = self.performing[filler.number]
        return (seen > 0) - (seen < 0)

    def value(self, tree: Tree, i: int, slot: str) -> Argument | None:
        """The value of the kind that `slot` takes, at or below token `i`."""
        kinds = KIND_OF_RELATION.get(slot)
        below = tree.subtree(i)
        span = tree.span(below)
        if kinds:
            for found in self.values[tree.number]:
                if found.kind in kinds and span.contains(found.span):
                    return Argument(self.as_asked(found, slot), found.span, 1.0, i)
            return None
        return None

    @staticmethod
    def as_asked(found: ValueMention, slot: str) -> Value:
        """The value, cut to what the slot asks: the year of a date."""
        if slot in ("releaseYear", "year") and found.kind == "date":
            year = re.match(r"\d{4}", found.value.text)
            return Value(year.group() if year else found.value.text, "xsd:integer")
        return found.value

    def phrase(self, tree: Tree, i: int) -> tuple[str, Span]:
        """The noun phrase headed by `i` without determiner, adjective clauses and what follows:
        "Hollywood screenwriter".
        """
        keep = [i]
        for k in sorted(tree.children(i, "compound", "amod", "nmod:desc"), reverse=True):
            if k == keep[-1] - 1 and tree[k].upos in ("NOUN", "ADJ", "PROPN"):
                keep.append(k)
        span = tree.span(keep)
        return self.text(span), span
