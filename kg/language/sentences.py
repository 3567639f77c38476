"""Words to sentences: where the model sees a first word, mended by rules for what it does wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.model import Span

_MOST_WORDS = 150


def divide(text: str, words: Sequence[Span], starts: Mapping[int, float]) -> Iterator[Sequence[Span]]:
    """The words of one block, sentence by sentence."""
    begin = 0
    for at in range(1, len(words)):
        if _begins(text, words, at, starts.get(words[at].start, 0.0)) or at - begin >= _MOST_WORDS:
            yield words[begin:at]
            begin = at
    if words:
        yield words[begin:]


def _begins(text: str, words: Sequence[Span], at: int, probability: float) -> bool:
    return probability > 0.5
