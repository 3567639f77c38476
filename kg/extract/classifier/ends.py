"""What may be an end of a fact in a sentence: names, pronouns, descriptions, values, telling words, and the
films and the person that the sentence may speak of without a word for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.context import Context
from kg.extract.pronouns import couple
from kg.extract.references import entity
from kg.extract.referents import PERSONAL, Referent
from kg.extract.tree import Tree
from kg.extract.values import ValueMention
from kg.extract.words import noun_itself
from kg.model import Span, Value

UNSAID = -1
"""The head of an end that no word of the sentence stands for."""
_PLURAL = frozenset({"they", "their", "them"})
_NO_SPAN = Span(0, 0)


@dataclass(slots=True)
class End:
    """What may be subject or object: `kind` is the type of an entity (Person and Character are both
    `Figure`), the kind of a value, or `genre`, `language`, `occupation`; `how` says what stands for it.

    `filler` is None for a country that only an adjective names; `spellings` are further words for a value.
    """

    kind: str
    how: str
    head: int
    first: int
    last: int
    span: Span
    filler: Referent | Value | None
    confidence: float = 1.0
    found: ValueMention | None = None
    spellings: tuple[str, ...] = ()
    about: list[str] = field(default_factory=list)

    @property
    def referent(self) -> Referent | None:
        """The entity, or None for a value."""
        return self.filler if isinstance(self.filler, Referent) else None

    def is_apart(self, other: End) -> bool:
        """True where the two are two things at two places."""
        if self is other or (self.referent is not None and self.filler is other.filler):
            return False
        here = self.head != UNSAID and other.head != UNSAID
        return not (here and self.first <= other.last and other.first <= self.last)


def ends(context: Context, tree: Tree) -> list[End]:
    """The ends of a sentence, those of one kind in the order of the text."""
    found = [*_named(context, tree)]
    for token in tree.tokens:
        if context.mentions.at(tree, token.index) is None:
            found += _meant(context, tree, token.index)
    return [*found, *_values(context, tree), *_unsaid(context, tree)]


def kind_of(referent: Referent) -> str:
    """The kind of an entity: whether a person is real or played is often said later only."""
    return "Figure" if referent.type in PERSONAL else referent.type


def _named(context: Context, tree: Tree) -> Iterator[End]:
    at = 0
    while at < len(tree.tokens):
        mention = context.mentions.at(tree, at)
        if mention is None:
            at += 1
            continue
        last = at
        while last + 1 < len(tree.tokens) and context.mentions.at(tree, last + 1) is mention:
            last += 1
        referent = context.mentions.of[mention.span]
        yield End(kind_of(referent), "name", _head(tree, at, last), at, last, mention.span, referent)
        at = last + 1


def _meant(context: Context, tree: Tree, i: int) -> list[End]:
    """What an unnamed word stands for: a person or film meant, a genre, a language, a country, a trade."""
    token = tree[i]
    if token.text.lower() in _PLURAL:
        return [
            End("Figure", "they", i, i, i, token.span, a.filler, a.confidence)
            for a in couple(context, tree, i)
        ]
    if token.upos == "PRON" or token.xpos == "PRP$":
        return [*_described(context, tree, i, "pronoun", ("Film", "Figure"))]
    found: list[End] = []
    if token.upos in ("NOUN", "PROPN"):
        kinds = ("Film", "Figure") if token.upos == "NOUN" else ("Film",)
        found += _described(context, tree, i, "description", kinds)
    return [*found, *_words(context, tree, i)]


def _described(context: Context, tree: Tree, i: int, how: str, kinds: tuple[str, ...]) -> Iterator[End]:
    for kind in kinds:
        meant = entity(context, tree, i, kind)
        if meant and meant.token == i and isinstance(meant.filler, Referent):
            span = tree[i].span
            yield End(kind_of(meant.filler), how, i, i, i, span, meant.filler, meant.confidence)
            return


def _words(context: Context, tree: Tree, i: int) -> Iterator[End]:
    """Values that are words: "drama", "Hindi", "Danish", "actress"."""
    token, lemma, lower = tree[i], tree.lemma(i), tree[i].text.lower()
    lexicon = context.lexicon
    pair = f"{tree[i - 1].text.lower()} {lemma}" if i else ""
    if token.upos in ("NOUN", "ADJ", "PROPN"):
        genre = context.genres.get(pair) or context.genres.get(lemma) or context.genres.get(lower)
        if genre:
            yield End("genre", "word", i, i, i, token.span, Value(genre), spellings=(lemma, lower, pair))
        if lemma in lexicon.words("occupations"):
            said = noun_itself(context, tree, i)
            assert isinstance(said.filler, Value)
            spellings = (lemma, lower, pair)
            yield End("occupation", "word", i, i, i, said.span, said.filler, spellings=spellings)
    if token.text in lexicon.words("languages"):
        yield End("language", "word", i, i, i, token.span, Value(token.text))
    if token.text in lexicon.words("demonyms"):
        country = lexicon.words("demonyms")[token.text]
        yield End("Place", "demonym", i, i, i, token.span, None, spellings=(token.text, country))


def _values(context: Context, tree: Tree) -> Iterator[End]:
    for found in context.values[tree.number]:
        inside = [t.index for t in tree.tokens if t.span.overlaps(found.span)]
        if inside:
            head = _head(tree, inside[0], inside[-1])
            yield End(found.kind, "value", head, inside[0], inside[-1], found.span, found.value, found=found)


def _unsaid(context: Context, tree: Tree) -> Iterator[End]:
    """The films that the sentence may be about without naming them, and the person of the article."""
    before = context.focus.before(tree)
    films = [
        ("focus", *before) if before else ("focus", None, 0.0),
        ("section", context.focus.section_of(tree), 0.5),
        ("main", context.focus.main, 0.5),
        ("last", context.focus.last_before(tree), 0.4),
    ]
    seen: list[Referent] = []
    for how, film, confidence in films:
        if film is not None and film.type == "Film" and film.mentions and film not in seen:
            seen.append(film)
            yield End("Film", how, UNSAID, UNSAID, UNSAID, _NO_SPAN, film, confidence)
    if context.focus.person is not None:
        yield End("Figure", "person", UNSAID, UNSAID, UNSAID, _NO_SPAN, context.focus.person, 0.5)


def _head(tree: Tree, first: int, last: int) -> int:
    """The word of a phrase that hangs on something outside it."""
    return next((k for k in range(first, last + 1) if not first <= tree[k].head <= last), last)


__all__ = ["UNSAID", "End", "ends", "kind_of"]
