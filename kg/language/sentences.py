"""Words to sentences: where the model sees a first word, mended by rules for what it does wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.language.names import Reading
from kg.model import Span

_MOST_WORDS = 150


def divide(text: str, words: Sequence[Span], reading: Reading) -> Iterator[Sequence[Span]]:
    """The words of one block, sentence by sentence."""
    begin = 0
    for at in range(1, len(words)):
        if _begins(text, words, at, reading.first[reading.words(words[at]).start]) or at - begin >= _MOST_WORDS:
            yield words[begin:at]
            begin = at
    if words:
        yield words[begin:]


def _begins(text: str, words: Sequence[Span], at: int, probability: int) -> bool:
    return probability > 127
