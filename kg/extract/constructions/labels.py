"""Layout that speaks: label lines ("Director: X"), labels inside a paragraph, a name above or below its
credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.data_lines import data_line
from kg.extract.constructions.film_words import named_place, people_in
from kg.extract.constructions.label_words import frames_for
from kg.extract.context import Argument, Context
from kg.extract.pieces import Piece, pieces_of
from kg.extract.tree import Tree
from kg.extract.values import KIND_OF_RELATION, find_values
from kg.language.parse import Block
from kg.lexicon import Frame
from kg.model import Span, Value

BETWEEN = frozenset(
    ["and", "de", "da", "di", "del", "la", "le", "van", "von", "der", "den", "y", "&", "with", "bin"]
)
PREFIX = re.compile(
    r"(?:(?<=\.\s)|(?<![\w,;] )(?<!\w))"
    r"(?i:((?:a film|directed|written|written and directed|produced|edited|photographed|screenplay|music"
    r"|cinematography|story) by|starring|featuring))\s+(?=[A-Z])"
)
INLINE = re.compile(
    r"(?:(?<=^)|(?<=[.;:(,]\s)|(?<=\n))([A-Za-z][A-Za-z ,/&-]{1,40}?\.?)"
    r"(?::|,(?=\s[A-Z][\w.'’-]+\s[A-Z][^,;]*(?:;|\.|$)))\s"
)


def label_lines(context: Context) -> Iterator[Candidate]:
    """Candidates from the layout of the whole document, in order."""
    by_block = trees_by_block(context)
    blocks = context.parse.blocks
    for number, block in enumerate(blocks):
        trees = by_block.get(number)
        if not trees:
            continue
        if block.label is not None:
            frames = frames_for(context, context.text(block.label))
            yield from from_label(context, trees, frames, block.body, "label-line")
            if not frames:
                yield from data_line(context, trees[0], block, number)
        elif len(block.span) < 60 and (frames := frames_for(context, context.text(block.body))):
            name = credited(context, blocks, number)
            if name is not None:
                yield from from_label(context, trees, frames, name.body, "credit")
        elif len(block.span) < 200 and PREFIX.match(context.parse.text[block.body.start : block.body.end]):
            yield from prefixed(context, trees, block)
            yield from data_line(context, trees[0], block, number)
        elif len(block.span) < 700 and (segments := inline_labels(context, block)):
            for frames, body in segments:
                yield from from_label(context, trees, frames, body, "inline-label")
            yield from data_line(context, trees[0], block, number)
        elif len(block.span) < 220:
            yield from data_line(context, trees[0], block, number)


def inline_labels(context: Context, block: Block) -> list[tuple[list[Frame], Span]]:
    """Labels inside a paragraph and what each labels: "Dir.: X. Ph.: Y", "direction, X; script, Y"."""
    text = context.parse.text[block.body.start : block.body.end]
    found = []
    for m in INLINE.finditer(text):
        if frames := frames_for(context, m[1]):
            found.append((m, frames))
    out = []
    for n, (m, frames) in enumerate(found):
        limit = found[n + 1][0].start() if n + 1 < len(found) else len(text)
        body = re.split(
            r";|\.\s+(?=[A-Z][\w ]*(?:\.?:|$))|(?<=[a-zà-ÿ]{3})\.(?:\s|$)|\n",
            text[m.end() : limit],
            maxsplit=1,
        )[0]
        if body.strip():
            out.append((frames, Span(block.body.start + m.end(), block.body.start + m.end() + len(body))))
    return out if len(out) >= 2 or (out and len(text) < 120) else []


def trees_by_block(context: Context) -> dict[int, list[Tree]]:
    """The trees of each block."""
    out: dict[int, list[Tree]] = {}
    for tree in context.trees:
        out.setdefault(tree.sentence.block, []).append(tree)
    return out


def credited(context: Context, blocks: tuple[Block, ...], number: int) -> Block | None:
    """The block with the name that a line of a credit block belongs to: above it, else below."""
    for other in (number - 1, number + 1):
        if 0 <= other < len(blocks) and blocks[other].label is None and len(blocks[other].span) < 90:
            body = blocks[other].body
            names = people_in(context, body)
            covered = sum(len(n.span) for n in names)
            if (
                names
                and covered * 1.5 >= len(context.text(body))
                and not frames_for(context, context.text(body))
            ):
                return blocks[other]
    return None


def from_label(
    context: Context, trees: list[Tree], frames: list[Frame], body: Span, how: str
) -> Iterator[Candidate]:
    """One candidate for each thing that the body of a label line lists."""
    tree = trees[0]
    for frame in frames:
        subject = subject_of(context, frame, tree)
        if subject is None:
            continue
        for fixed in fillers(context, frame, first_sentence(context, body)):
            yield Candidate(frame, how, tree, 0, fixed={"s": [subject], **fixed}, confidence=0.97)


def prefixed(context: Context, trees: list[Tree], block: Block) -> Iterator[Candidate]:
    """Candidates of a fragment that begins with a credit: "Directed by X. Starring Y and Z."."""
    text = context.parse.text
    for m in PREFIX.finditer(text, block.body.start, block.body.end):
        stop = re.search(r"\.\s|\.$|\n", text[m.end() : block.body.end])
        body = Span(m.end(), m.end() + stop.start() if stop else block.body.end)
        if names_only(context.text(body)):
            yield from from_label(context, trees, frames_for(context, m[1]), body, "prefix-label")


def names_only(text: str) -> bool:
    """True for a list of names: no word in lower case but those inside and between names."""
    return all(w[:1].isupper() or w.strip(",.") in BETWEEN for w in text.split())


def first_sentence(context: Context, body: Span) -> Span:
    """The part of a label's body before the next sentence: "Ana Lima. With Jan Novak" names one director."""
    text = context.parse.text[body.start : body.end]
    stop = re.search(r"(?<=[a-zà-ÿ]{3})\.\s+(?=[A-Z][a-z]*\s)", text)
    return Span(body.start, body.start + stop.start()) if stop else body


def subject_of(context: Context, frame: Frame, tree: Tree) -> Argument | None:
    """What a label line speaks of: the film of its section, or the person of the article."""
    if context.is_work(frame.relation):
        found = context.focus.before(tree)
        return Argument(found[0], tree.sentence.span, found[1]) if found else None
    person = context.focus.person
    return Argument(person, tree.sentence.span, 0.8) if person else None


def fillers(context: Context, frame: Frame, body: Span) -> Iterator[dict[str, list[Argument]]]:
    """The objects that the body names, each with the part it names beside a performer."""
    expected = context.ontology.relation(frame.relation).range
    kinds = KIND_OF_RELATION.get(frame.relation)
    if kinds:
        for value in find_values(context.parse.text[body.start : body.end], body.start):
            if value.kind in kinds or (frame.relation == "releaseYear" and value.kind == "date"):
                yield {"o": [Argument(context.as_asked(value, frame.relation), value.span, 1.0)]}
                if frame.relation != "boxOffice":
                    return
        return
    pieces = pieces_of(context, body)
    if expected == "Place" and frame.relation != "country":
        pieces = nearest_places(context, body, pieces)
    for piece in pieces:
        if frame.relation == "country":
            if piece.text.lower() in context.lexicon.words(
                "countries"
            ) or piece.text in context.lexicon.words("demonyms"):
                yield {"o": [named_place(context, piece.span)]}
        elif expected.startswith("xsd:"):
            text = piece.text if frame.relation in ("language", "contentRating") else piece.text.lower()
            yield {"o": [Argument(Value(text), piece.span, 1.0)]}
            if frame.relation == "contentRating":
                return
        elif (found := piece_entity(context, piece, expected)) is not None:
            yield {"o": [found], **piece.part}


def nearest_places(context: Context, body: Span, pieces: list[Piece]) -> list[Piece]:
    """The places that a line lists; of "Ovar, Aveiro, Portugal - the harbour" only the first."""
    text = context.text(body)
    told = re.search(r"\s[-–—]\s", text)
    if told or (
        len(pieces) > 1 and pieces[-1].text.lower() in context.lexicon.words("countries") and ";" not in text
    ):
        return pieces[:1]
    return pieces


def piece_entity(context: Context, piece: Piece, expected: str) -> Argument | None:
    """The entity that a piece of a list names."""
    words = piece.text.split()
    for span, referent in context.mentions.within(piece.span):
        if context.fits(referent, expected):
            cut = len(words) <= 3 and all(w[:1].isupper() for w in words) and len(span) < len(piece.span)
            if cut and referent.type in ("Person", "Character") and expected in ("Person", "Agent"):
                return Argument(context.mentions.adopt(piece.span, "Person"), piece.span, 0.9)
            return Argument(referent, span, 1.0)
    if 1 < len(words) <= 5 and all(
        w[:1].isupper() or w.lower() in ("de", "van", "von", "da", "der", "of", "the", "and") for w in words
    ):
        overlapped = any(piece.span.overlaps(s) for s in context.mentions.of)
        if not overlapped and expected in ("Person", "Agent", "Body", "Place", "Figure"):
            kind = {"Body": "Organization", "Place": "Place"}.get(expected, "Person")
            return Argument(context.mentions.adopt(piece.span, kind), piece.span, 0.85)
    return None
