"""Blocks to sentences with their trees; a title is one word to the parser and one token afterwards."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from sys import intern

from kg.language.lemmas import lemma
from kg.language.names import Reading
from kg.language.network import Network
from kg.language.packed import PackedSentence
from kg.language.parse import Block, Sentence, Title, Token
from kg.language.sentences import divide
from kg.language.tree import heads
from kg.model import Span

_LONG_TEXT = 1_000_000
TITLE_WORD = "Macbeth"
"""What the parser reads in place of a title: a word that it takes for a proper noun wherever it stands."""


def sentences(
    text: str, blocks: Sequence[Block], titles: Sequence[Title], reading: Reading, network: Network
) -> Iterator[Sentence]:
    """The sentences of all blocks, in order."""
    title_spans = [title.span for title in titles]
    title_starts = [span.start for span in title_spans]
    for number, block in enumerate(blocks):
        first = bisect_left(title_starts, block.body.start)
        last = bisect_left(title_starts, block.body.end)
        inside = title_spans[first:last]
        words = with_titles([reading.span(word) for word in reading.words(block.body)], inside)
        for sentence in divide(text, words, reading):
            parsed = _parsed(text, sentence, set(inside), number, network)
            yield PackedSentence(parsed, text) if len(text) > _LONG_TEXT else parsed


def with_titles(words: Sequence[Span], titles: Sequence[Span]) -> list[Span]:
    """The words, each title one of them; a word that only partly lies in a title keeps its other part."""
    found: list[Span] = []
    pending = list(words)
    for title in titles:
        while pending and pending[0].end <= title.start:
            found.append(pending.pop(0))
        while pending and pending[0].start < title.end:
            word = pending.pop(0)
            if word.start < title.start:
                found.append(Span(word.start, title.start))
            if word.end > title.end:
                pending.insert(0, Span(title.end, word.end))
                break
        found.append(title)
    return found + pending


def _parsed(text: str, words: Sequence[Span], titles: set[Span], block: int, network: Network) -> Sentence:
    """One sentence with its tree."""
    forms = [text[word.start : word.end] for word in words]
    scores = network.tree(
        [TITLE_WORD if word in titles else form for word, form in zip(words, forms, strict=True)]
    )
    arcs = heads(scores.arcs)
    labels = network.arc_labels(scores, arcs)
    tokens = []
    for index, (word, form) in enumerate(zip(words, forms, strict=True)):
        upos = "PROPN" if word in titles else network.labels["upos"][scores.upos[index]]
        xpos = "NNP" if word in titles else network.labels["xpos"][scores.xpos[index]]
        base = lemma(form, upos, network.ruled(form, scores.rules[index]))
        label = network.labels["dep"][labels[index]]
        tokens.append(Token(index, word, intern(form), intern(base), upos, xpos, arcs[index + 1] - 1, label))
    return Sentence(Span(words[0].start, words[-1].end), tuple(tokens), block)
