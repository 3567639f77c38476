"""Text to a parse: layout, words, names, titles, sentences, trees.

The layout is read first, because no sentence crosses it. Names and sentence starts are read in chunks; the
titles of the document are found from them and from the text itself; each occurrence of a title is then one
proper noun to the parser, which reads one sentence at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.language import names
from kg.language import titles as title_search
from kg.language.consistency import settled
from kg.language.layout import blocks as lay_out
from kg.language.parse import Block, Name, Parse, Sentence, Title, Token
from kg.language.syntax import sentences
from kg.language.tokenizer import words
from kg.model import Span

if TYPE_CHECKING:
    from kg.language.network import Network

__all__ = ["Block", "Name", "Parse", "Sentence", "Title", "Token", "parse"]


def parse(text: str, titles: Sequence[str] = ()) -> Parse:
    """The parse of `text`; `titles` are titles of films that are known from outside, besides those found."""
    from kg.language.network import network

    return parse_with(network(), text, titles)


def parse_with(model: Network, text: str, titles: Sequence[str] = ()) -> Parse:
    """The parse of `text` by that model, shipped or not."""
    from kg.language.network import one_thread

    with one_thread():
        blocks = lay_out(text)
        reading = names.read(text, (words(text, _read_span(block)) for block in blocks), model)
        found = title_search.find(text, blocks, reading, titles)
        named = settled(text, reading, found)
        reading.forget_names()
        return Parse(text, blocks, tuple(sentences(text, blocks, found, reading, model)), named, found)


def _read_span(block: Block) -> Span:
    """What the model reads of a block: all but the bullet; a label helps it to see what the value names."""
    return Span(block.label.start, block.body.end) if block.label else block.body
