"""What a lexicon holds: frames and examples, looked up by kind and word.

A frame is a row of data: a kind (`verb`, `noun`, `label`, `film`), the words that trigger it, and which
position of the construction fills which slot of the fact. Slots are `s`, `o` and the qualifiers of the
relation.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("verb", "noun", "label", "film", "possessive", "pair", "epithet", "line", "quote", "source", "role")
"""verb: a predicate; noun: a relational noun; label: a label line; film: a word of the phrase that
describes a film ("a 1995 drama"); possessive: whose film it is ("Lima's drama X"); pair: two names side
by side ("X as Y"); epithet: "Oscar-winning X"; line: a list of awards whose lines say or imply `won` or
`lost`; quote: a quotation with its critic; source: a writing without a title ("the novel by X"); role: a
part that no verb names."""

# fmt: off
PREPOSITIONS = frozenset([
    "about", "after", "against", "alongside", "among", "as", "at", "before", "between", "by", "during",
    "for", "from", "in", "into", "near", "of", "on", "onto", "opposite", "over", "per", "than", "through",
    "to", "under", "upon", "via", "with", "within", "without",
])
# fmt: on
POSITIONS = (
    frozenset({"subject", "object", "indirect", "complement", "is", "measure", "possessor", "value"})
    | PREPOSITIONS
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying one relation.

    `slots` maps a position to a slot; `needs` maps a position to the nouns of which one must stand there;
    `constants` are qualifiers that the words themselves give ("son" says gender male); `word_is_object` is
    true where the triggering word itself is the value ("actor", "drama"); `must` are the qualifiers without
    which it says nothing. A need of "o" speaks of what fills that slot; `line` is where the row stands in
    its file.
    """

    relation: str
    kind: str
    words: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, tuple[str, ...]], ...]
    constants: tuple[tuple[str, str], ...]
    word_is_object: bool
    must: tuple[str, ...]
    line: int

    @property
    def rule(self) -> str:
        """The name of the row, `director/verb:direct`."""
        return (
            f"{self.relation}/{self.kind}:{self.words[0]}" if self.words else f"{self.relation}/{self.kind}"
        )

    def position(self, slot: str) -> str | None:
        """The position that fills `slot`, or None."""
        return next((p for p, s in self.slots if s == slot), None)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with marks: `{s:The Piano} was directed by {o:Jane Campion}.`

    It yields `relation` where it `holds`, and must not where it is a counterexample; `also` names further
    relations that it says.
    """

    relation: str
    marked: str
    line: int
    holds: bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames, looked up by kind and word, the examples, the word lists, and what cannot be said yet.

    `unsaid` pairs a relation that no frame yields with the reason.
    """

    frames: tuple[Frame, ...]
    examples: tuple[Example, ...]
    lists: dict[str, dict[str, str]]
    unsaid: tuple[tuple[str, str], ...]
    index: dict[tuple[str, str], tuple[Frame, ...]]

    def triggered(self, kind: str, word: str) -> tuple[Frame, ...]:
        """The frames of `kind` that `word` (a lemma, or lemma and particle) triggers."""
        return self.index.get((kind, word), ())

    def words(self, name: str) -> dict[str, str]:
        """The word list `name`: word to what it stands for (itself, where the list says no more)."""
        return self.lists.get(name, {})
