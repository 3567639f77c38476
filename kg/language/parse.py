"""What the language layer hands to the rest: blocks, sentences, tokens, names, titles, with exact offsets."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of layout: a heading, paragraph, list item, label line (`Director: X`), line of a credit block.

    For a label line `label` is the span of what stands before the colon and `body` that of what follows;
    elsewhere `label` is None and `body` is the text without bullet or markup.
    """

    kind: str
    span: Span
    body: Span
    label: Span | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence. `head` is the index of its head in the same sentence, -1 for the root.

    A title that was found at document level is one token, however many words it has, with tag PROPN.
    """

    index: int
    span: Span
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a fragment: a heading, the value of a label line) with its tree."""

    span: Span
    tokens: tuple[Token, ...]
    block: int


@dataclass(frozen=True, slots=True)
class Name:
    """A span that the model or the document takes for a name of `type`, with the model's probability.

    Types: Film Work Person Character Place Award Organization Publication Time Number.
    """

    span: Span
    text: str
    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Title:
    """An occurrence of a title of a film or another work; `type` is Film or Work; `why` names the cue."""

    span: Span
    text: str
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class Parse:
    """A text, read: everything in order of the text."""

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    titles: tuple[Title, ...]
