"""Names and sentence starts, read in chunks of about a hundred words that run across blocks."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.language.network import MOST_PIECES, Floats, Network
from kg.language.parse import Name
from kg.model import Span

TITLE_TYPES = ("Film", "Work")
_CHUNK = 100
_SHORT = 40
_ORDINARY = ("The", "film", "was", "made", "in", "1950", ".")
_SENTENCE_ENDS = frozenset(".!?…;")


@dataclass(slots=True)
class Reading:
    """What the chunks gave, by word, in columns that stay small for a long text; and the names as read.

    `title`, `person`, `other` and `first` are probabilities times 255: that the word belongs to a title of
    a film or work, to a person's name, to a name of another type, that it begins a sentence. `blocks` holds
    each block's first word.
    """

    start: array[int] = field(default_factory=lambda: array("I"))
    end: array[int] = field(default_factory=lambda: array("I"))
    title: bytearray = field(default_factory=bytearray)
    person: bytearray = field(default_factory=bytearray)
    other: bytearray = field(default_factory=bytearray)
    first: bytearray = field(default_factory=bytearray)
    blocks: array[int] = field(default_factory=lambda: array("I"))
    names: list[Name] = field(default_factory=list)
    seconds: list[Name] = field(default_factory=list)
    """For each name what it is if it is no title: the next probable type with its probability."""

    def span(self, word: int) -> Span:
        """Where the word stands."""
        return Span(self.start[word], self.end[word])

    def words(self, span: Span) -> range:
        """The words that begin in the span."""
        return range(bisect_left(self.start, span.start), bisect_left(self.start, span.end))

    def forget_names(self) -> None:
        """Frees what only the settling of names needs; the columns stay."""
        self.names.clear()
        self.seconds.clear()

    def mean(self, column: bytearray, words: range) -> float:
        """The mean probability over some words, 0 for none."""
        return sum(column[words.start : words.stop]) / (255 * len(words)) if words else 0.0


def read(text: str, blocks: Iterable[Sequence[Span]], network: Network) -> Reading:
    """Names and sentence starts of the words of all blocks."""
    reading = Reading()
    labels = network.labels["names"]
    columns = (
        (reading.title, TITLE_TYPES),
        (reading.person, ("Person", "Character")),
        (reading.other, ("Place", "Award", "Organization", "Publication")),
    )
    for chunk in _chunks(text, _counted(reading, blocks), network):
        context = _context(text, chunk, reading)
        table, starts = network.names([*context, *(text[word.start : word.end] for word in chunk.words)])
        table, starts = table[len(context) :], starts[len(context) :]
        for name, second in _decoded(text, chunk, table, labels):
            reading.names.append(name)
            reading.seconds.append(second)
        reading.start.extend(word.start for word in chunk.words)
        reading.end.extend(word.end for word in chunk.words)
        for column, types in columns:
            chosen = [at for at, label in enumerate(labels) if label[2:] in types]
            column += bytes((255 * table[:, chosen].sum(1)).clip(0, 255).astype("uint8"))
        reading.first += bytes((255 * starts).clip(0, 255).astype("uint8"))
    return reading


def _context(text: str, chunk: _Chunk, reading: Reading) -> Sequence[str]:
    """Words to read before a short chunk: those before it in the text, else an ordinary sentence.

    Alone in one sentence the network takes many a name at its head for a title.
    """
    if len(chunk.words) >= _SHORT:
        return ()
    if not len(reading.start):
        return _ORDINARY
    first = max(0, len(reading.start) - _SHORT)
    return [text[reading.start[at] : reading.end[at]] for at in range(first, len(reading.start))]


def _counted(reading: Reading, blocks: Iterable[Sequence[Span]]) -> Iterator[Sequence[Span]]:
    """The blocks, as they are, the number of each one's first word noted on the way."""
    total = 0
    for block in blocks:
        reading.blocks.append(total)
        total += len(block)
        yield block
    reading.blocks.append(total)


@dataclass(slots=True)
class _Chunk:
    """Words of neighbouring blocks; `blocks` says which block each comes from."""

    words: list[Span] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    pieces: int = 0


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


def _decoded(text: str, chunk: _Chunk, table: Floats, labels: Sequence[str]) -> Iterator[tuple[Name, Name]]:
    """The names of a chunk: runs of words whose best labels continue one another within a block."""
    best = [labels[at] for at in table.argmax(1).tolist()]
    at = 0
    while at < len(best):
        end = at + 1
        inside = f"I-{best[at][2:]}"
        while end < len(best) and chunk.blocks[end] == chunk.blocks[at] and best[end] == inside:
            end += 1
        if best[at] != "O":
            yield _name(text, chunk.words[at:end], table[at:end], labels)
        at = end


def _name(text: str, words: Sequence[Span], rows: Floats, labels: Sequence[str]) -> tuple[Name, Name]:
    """The name that the words make, with its most probable type, and with the next that is no title."""
    total: dict[str, float] = {}
    for label, probability in zip(labels, rows.mean(0).tolist(), strict=True):
        if label != "O":
            total[label[2:]] = total.get(label[2:], 0.0) + probability
    span = Span(words[0].start, words[-1].end)
    form = text[span.start : span.end]
    kind = max(total, key=lambda name: total[name])
    second = max(
        (name for name in total if name != kind and name not in TITLE_TYPES), key=lambda name: total[name]
    )
    return Name(span, form, kind, round(total[kind], 4)), Name(span, form, second, round(total[second], 4))
