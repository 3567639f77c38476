"""Sentences of a very long text, kept small: their tokens are made anew whenever they are asked for."""

from __future__ import annotations

from array import array

from kg.language.parse import Sentence, Token
from kg.model import Span

_COLUMNS = 4


class PackedSentence(Sentence):
    """A sentence whose tokens take a tenth of the room; equal tokens each time, not the same objects."""

    __slots__ = ("_numbers", "_strings", "_text")

    _numbers: array[int]
    _strings: tuple[str, ...]
    _text: str

    def __init__(self, sentence: Sentence, text: str) -> None:
        numbers = array("i")
        strings = []
        for token in sentence.tokens:
            numbers.extend((token.span.start, token.span.end, token.head, token.index))
            strings += [token.lemma, token.upos, token.xpos, token.label]
        for name, value in (
            ("span", sentence.span),
            ("block", sentence.block),
            ("_numbers", numbers),
            ("_strings", tuple(strings)),
            ("_text", text),
        ):
            object.__setattr__(self, name, value)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens, made anew."""
        found = []
        for at in range(0, len(self._numbers), _COLUMNS):
            start, end, head, index = self._numbers[at : at + _COLUMNS]
            lemma, upos, xpos, label = self._strings[at : at + _COLUMNS]
            text = self._text[start:end]
            found.append(Token(index, Span(start, end), text, lemma, upos, xpos, head, label))
        return tuple(found)
