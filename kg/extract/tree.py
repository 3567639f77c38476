"""A sentence's tree as the constructions see it: children by label, conjuncts, prepositions, antecedents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kg.language.parse import Sentence, Token
from kg.lexicon import PREPOSITIONS
from kg.model import Span

RELATIVE = frozenset({"who", "whom", "which", "that", "whose", "where"})


class Tree:
    """Navigation over one sentence; a token is known by its index."""

    def __init__(self, sentence: Sentence, number: int) -> None:
        self.sentence = sentence
        self.number = number
        self.tokens = sentence.tokens
        self.kids: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                self.kids[token.head].append(token.index)
        self.arguments_of: dict[int, dict[str, list[int]]] = {}  # filled by kg.extract.clauses

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    @cached_property
    def root(self) -> int:
        """The token without a head."""
        return next((t.index for t in self.tokens if t.head < 0), 0)

    def children(self, i: int, *labels: str) -> list[int]:
        """Children of `i` with one of the labels; `nsubj` also finds `nsubj:pass`, `nsubj:pass` only
        itself.
        """
        return [
            k
            for k in self.kids[i]
            if self.tokens[k].label in labels or self.tokens[k].label.split(":")[0] in labels
        ]

    def exactly(self, i: int, *labels: str) -> list[int]:
        """Children of `i` whose full label is one of `labels`."""
        return [k for k in self.kids[i] if self.tokens[k].label in labels]

    def lemma(self, i: int) -> str:
        """The lemma of token `i` in lower case."""
        return self.tokens[i].lemma.lower()

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above `i`, nearest first."""
        seen = set()
        while (i := self.tokens[i].head) >= 0 and i not in seen:
            seen.add(i)
            yield i

    def subtree(self, i: int) -> list[int]:
        """`i` and all below it, in the order of the text."""
        out, stack = [], [i]
        while stack:
            k = stack.pop()
            out.append(k)
            stack += self.kids[k]
        return sorted(out)

    def conjuncts(self, i: int) -> list[int]:
        """`i` and what is coordinated with it, without what "but not" or "nor" brings in."""
        out = [i]
        for k in self.children(i, "conj"):
            words = {self.lemma(c) for c in self.kids[k] if self.tokens[c].label in ("cc", "advmod")}
            if not words & {"not", "nor", "but", "or"}:
                out += self.conjuncts(k)
        return out

    def prepositions(self, i: int) -> list[str]:
        """The prepositions that introduce the phrase headed by `i`."""
        return [
            self.lemma(k)
            for k in self.kids[i]
            if self.tokens[k].label in ("case", "mark") and self.lemma(k) in PREPOSITIONS
        ]

    def verb(self, i: int) -> str:
        """The lemma of a verb with its particle, "pick up"."""
        particles = [self.lemma(k) for k in self.kids[i] if self.tokens[k].label == "compound:prt"]
        return " ".join([self.lemma(i), *particles])

    def is_predicate(self, i: int) -> bool:
        """True for a verb, and for a participle that was tagged as an adjective or noun but governs a
        clause.
        """
        token = self.tokens[i]
        if token.upos == "VERB" or token.xpos.startswith("VB"):
            return token.upos != "AUX"
        return (
            token.upos == "ADJ"
            and token.text.lower().endswith("ed")
            and bool(self.children(i, "obl", "nsubj"))
        )

    def span(self, indices: list[int]) -> Span:
        """The smallest span over the tokens."""
        return Span(self.tokens[min(indices)].span.start, self.tokens[max(indices)].span.end)

    def antecedent(self, i: int) -> int | None:
        """The noun that a relative pronoun stands for."""
        for a in (i, *self.ancestors(i)):
            if self.tokens[a].label == "acl:relcl":
                return self.tokens[a].head
        return None

    def unrelative(self, i: int) -> int:
        """`i`, or the noun that it stands for where it is a relative pronoun."""
        token = self.tokens[i]
        if token.lemma.lower() in RELATIVE and token.upos in ("PRON", "DET", "ADV", "SCONJ"):
            found = self.antecedent(i)
            if found is None:
                return i
            # of several coordinated nouns the relative clause follows the last
            return max((k for k in self.conjuncts(found) if k < i), default=found)
        return i
