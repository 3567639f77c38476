"""Names and sentence starts, read in chunks of about a hundred words that run across blocks."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.language.network import MOST_PIECES, Floats, Network
from kg.language.parse import Name
from kg.model import Span

_CHUNK = 100
_SENTENCE_ENDS = frozenset(".!?…;")


@dataclass(slots=True)
class Reading:
    """What the chunks gave: names in order, and the probability that a sentence starts, by offset of a word."""

    names: list[Name] = field(default_factory=list)
    starts: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Chunk:
    """Words of neighbouring blocks; `blocks` says which block each comes from."""

    words: list[Span] = field(default_factory=list)
    blocks: array[int] = field(default_factory=lambda: array("L"))
    pieces: int = 0


def read(text: str, blocks: Iterable[Sequence[Span]], network: Network) -> Reading:
    """Names and sentence starts of the words of all blocks."""
    reading = Reading()
    for chunk in _chunks(text, blocks, network):
        labels, starts = network.names([text[word.start : word.end] for word in chunk.words])
        reading.names += _decoded(text, chunk, labels, network.labels["names"])
        for word, probability in zip(chunk.words, starts.tolist(), strict=True):
            if probability > 0.02:
                reading.starts[word.start] = probability
    return reading


def _chunks(text: str, blocks: Iterable[Sequence[Span]], network: Network) -> Iterator[_Chunk]:
    """Chunks that end with a block or, where that is too long, with what looks like a sentence."""
    chunk = _Chunk()
    for number, block in enumerate(blocks):
        for part in _parts(text, block):
            pieces = [network.piece_count(text[word.start : word.end]) for word in part]
            full = len(chunk.words) + len(part) > _CHUNK or chunk.pieces + sum(pieces) > MOST_PIECES
            if chunk.words and full:
                yield chunk
                chunk = _Chunk()
            for word, count in zip(part, pieces, strict=True):
                if chunk.pieces + count > MOST_PIECES or len(chunk.words) >= 2 * _CHUNK:
                    yield chunk
                    chunk = _Chunk()
                chunk.words.append(word)
                chunk.blocks.append(number)
                chunk.pieces += count
    if chunk.words:
        yield chunk


def _parts(text: str, block: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """A block's words, divided after what may end a sentence."""
    start = 0
    for at in range(1, len(block)):
        before = text[block[at - 1].end - 1]
        if before in _SENTENCE_ENDS and not text[block[at].start].islower():
            yield block[start:at]
            start = at
    if start < len(block):
        yield block[start:]


def _decoded(text: str, chunk: _Chunk, table: Floats, labels: Sequence[str]) -> Iterator[Name]:
    """The names of a chunk: runs of words whose best labels continue one another within a block."""
    best = table.argmax(1).tolist()
    at = 0
    while at < len(best):
        label = labels[best[at]]
        if label == "O":
            at += 1
            continue
        end = at + 1
        while end < len(best) and chunk.blocks[end] == chunk.blocks[at] and labels[best[end]] == f"I-{label[2:]}":
            end += 1
        yield _name(text, chunk.words[at:end], table[at:end], labels)
        at = end


def _name(text: str, words: Sequence[Span], rows: Floats, labels: Sequence[str]) -> Name:
    """The name that the words make, of the type that is most probable over all of them."""
    mean = rows.mean(0).tolist()
    total: dict[str, float] = {}
    for label, probability in zip(labels, mean, strict=True):
        if label != "O":
            total[label[2:]] = total.get(label[2:], 0.0) + probability
    kind = max(total, key=lambda name: total[name])
    span = Span(words[0].start, words[-1].end)
    return Name(span, text[span.start : span.end], kind, round(total[kind], 4))
