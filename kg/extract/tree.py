"""A sentence's tree as the constructions see it: children by label, conjuncts, and the arguments of a predicate.

Positions are logical, not superficial: the subject of "was directed by X" is X. What a clause leaves out is
fetched from where English shares it: conjunction, control, relative clauses, participles.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kg.language.parse import Sentence, Token
from kg.lexicon import PREPOSITIONS
from kg.model import Span

RELATIVE = frozenset({"who", "whom", "which", "that", "whose", "where"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
Arguments = dict[str, list[int]]


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
        self._arguments: dict[int, Arguments] = {}

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    @cached_property
    def root(self) -> int:
        return next((t.index for t in self.tokens if t.head < 0), 0)

    def children(self, i: int, *labels: str) -> list[int]:
        """Children of `i` with one of the labels; `nsubj` also finds `nsubj:pass`, `nsubj:pass` only itself."""
        return [
            k
            for k in self.kids[i]
            if self.tokens[k].label in labels or self.tokens[k].label.split(":")[0] in labels
        ]

    def exactly(self, i: int, *labels: str) -> list[int]:
        """Children of `i` whose full label is one of `labels`."""
        return [k for k in self.kids[i] if self.tokens[k].label in labels]

    def lemma(self, i: int) -> str:
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
        """True for a verb, and for a participle that was tagged as an adjective or noun but governs a clause."""
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

    def is_passive(self, i: int) -> bool:
        """True where what is grammatically the subject of `i` is logically its object."""
        if self.exactly(i, "nsubj:pass", "aux:pass", "csubj:pass"):
            return True
        token = self.tokens[i]
        if self.by_phrase(i) is not None and not self.children(i, "obj") and token.xpos in ("VBN", "VBD"):
            return True
        if self.exactly(i, "nsubj", "aux") or token.xpos not in ("VBN", "VBD", "JJ"):
            return False
        if self.children(i, "obj"):
            return token.xpos == "VBN" and token.label == "acl"
        by = any("by" in self.prepositions(k) for k in self.children(i, "obl"))
        if token.label == "conj":
            return by or (token.xpos == "VBN" and self.is_passive(token.head))
        if token.xpos == "VBN" or token.xpos == "JJ":
            return token.label in (
                "acl",
                "advcl",
                "root",
                "parataxis",
                "amod",
                "appos",
                "dep",
                "ccomp",
                "xcomp",
                "list",
            )
        return by

    def by_phrase(self, i: int) -> int | None:
        """The noun after "by" right behind a participle, whatever the parser hung it on: "directed by X"."""
        k = i + 1
        while (
            k < len(self.tokens)
            and self.tokens[k].upos in ("ADV", "PUNCT")
            and self.tokens[k].text != "."
            and k - i < 3
        ):
            k += 1
        if k >= len(self.tokens) or self.tokens[k].text.lower() != "by":
            return None
        head = self.tokens[k].head
        if head > k:
            return head
        return next(
            (j for j in range(k + 1, min(k + 5, len(self.tokens))) if self.tokens[j].upos == "PROPN"), None
        )

    def arguments(self, i: int) -> Arguments:
        """Logical position to tokens for the predicate `i`; lists hold heads, not yet their conjuncts."""
        if i not in self._arguments:
            self._arguments[i] = {}  # a cycle of sharing ends here
            self._arguments[i] = self._read_arguments(i)
        return self._arguments[i]

    def _read_arguments(self, i: int) -> Arguments:
        passive = self.is_passive(i)
        out: Arguments = {}

        def put(position: str, tokens: list[int]) -> None:
            if tokens and position not in out:
                out[position] = [self.unrelative(t) for t in tokens]

        objects = self.exactly(i, "obj")
        agent = self.by_phrase(i) if passive else None
        surface = [
            k for k in self.exactly(i, "nsubj", "nsubj:pass", "nsubj:outer") if k != agent
        ] or self._shared_subject(i)
        if passive and objects:
            put("indirect", surface)
        else:
            put("object" if passive else "subject", surface)
        put("object", objects)
        put("indirect", self.exactly(i, "iobj"))
        put("measure", self.exactly(i, "obl:unmarked", "obl:tmod", "obl:npmod"))
        put("complement", [k for k in self.exactly(i, "xcomp") if self.tokens[k].upos in NOMINAL])
        for k in self.children(i, "obl"):
            self._put_oblique(out, k, passive)
        if agent is not None and "subject" not in out:
            out["subject"] = [agent]
        self._put_relative(i, out)
        self._put_shared(i, out)
        return out

    def _put_oblique(self, out: Arguments, k: int, passive: bool) -> None:
        prepositions = self.prepositions(k)
        if "by" in prepositions and passive:
            out.setdefault("subject", []).append(k)
        for preposition in prepositions[:1]:
            out.setdefault(preposition, []).append(self.unrelative(k))
        if not prepositions and self.tokens[k].label == "obl:agent":
            out.setdefault("subject", []).append(k)

    def _shared_subject(self, i: int) -> list[int]:
        """The surface subject that a clause without one takes from its surroundings."""
        token = self.tokens[i]
        if token.head < 0:
            return []
        above = self.arguments(token.head) if token.head != i else {}
        if token.label == "conj":
            if any(self.tokens[k].text == ";" for k in range(token.head, i)):
                return []
            if self.tokens[token.head].upos not in ("VERB", "AUX") and not self.is_predicate(token.head):
                return self.exactly(token.head, "nsubj", "nsubj:pass")
            return above.get("object" if self.is_passive(token.head) else "subject", [])
        if token.label == "acl":
            return [token.head]
        if token.label in ("advcl", "xcomp", "ccomp", "parataxis") and not self.children(i, "mark"):
            return self._surface_of(token.head, prefer_object=token.label == "xcomp")
        if token.label in ("advcl", "xcomp") and any(self.lemma(m) == "to" for m in self.children(i, "mark")):
            return self._surface_of(token.head, prefer_object=token.label == "xcomp")
        if token.label == "advcl" and token.xpos == "VBG":
            return self._surface_of(token.head, prefer_object=False)
        return []

    def _surface_of(self, head: int, prefer_object: bool) -> list[int]:
        above = self.arguments(head)
        if prefer_object and above.get("object") and not self.is_passive(head):
            return above["object"]
        if self.is_passive(head):
            return above.get("object", []) or above.get("indirect", [])
        return above.get("subject", []) or self.exactly(head, "nsubj", "nsubj:pass")

    def _put_relative(self, i: int, out: Arguments) -> None:
        """In a relative clause without its pronoun ("the film he directed") the noun is the missing object."""
        token = self.tokens[i]
        if token.label != "acl:relcl":
            return
        if any(self.lemma(k) in RELATIVE and self.tokens[k].upos == "PRON" for k in self.subtree(i)):
            return
        stranded = [
            k
            for k in self.kids[i]
            if self.tokens[k].upos == "ADP" and not self.kids[k] and self.tokens[k].label != "compound:prt"
        ]
        if stranded:
            out.setdefault(self.lemma(stranded[0]), []).append(token.head)
        elif "object" not in out and "subject" in out:
            out["object"] = [token.head]

    def _put_shared(self, i: int, out: Arguments) -> None:
        """What stands once for several coordinated verbs: "wrote and directed X", "written and directed by Y"."""
        token = self.tokens[i]
        others = [k for k in self.children(i, "conj") if self.is_predicate(k)]
        if token.label == "conj" and self.is_predicate(token.head):
            others.append(token.head)
            others += [k for k in self.children(token.head, "conj") if k != i and self.is_predicate(k)]
        for other in others:
            last = max(i, other)
            if self.is_passive(other) != self.is_passive(i):
                continue
            for label, position in (("obj", "object"), ("obl", "subject")):
                shared = [
                    k for k in self.children(other, label) if k > last and not self._interrupted(i, other, k)
                ]
                if label == "obl":
                    shared = [k for k in shared if self.is_passive(i) and "by" in self.prepositions(k)]
                elif self.is_passive(i):
                    shared = []
                if shared and position not in out:
                    out[position] = [self.unrelative(k) for k in shared]

    def _interrupted(self, i: int, other: int, shared: int) -> bool:
        """True where another argument of the first verb stands between the two verbs."""
        first, last = min(i, other), max(i, other)
        return any(
            first < k < last and self.tokens[k].label in ("obj", "obl", "obl:agent") for k in self.kids[first]
        )
