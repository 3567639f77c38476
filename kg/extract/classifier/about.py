"""What the document as a whole tells of an end: how often and where it is named, what it was seen to be."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.classifier.ends import End
from kg.extract.context import Context
from kg.extract.referents import Referent
from kg.extract.tree import Tree


def step(number: int, *bounds: int) -> str:
    """The first bound that the number does not pass, or `more`."""
    return next((str(bound) for bound in bounds if number <= bound), "more")


def about(context: Context, tree: Tree, end: End) -> list[str]:
    """What is known of an entity at this sentence, as words; nothing for a value."""
    referent = end.referent
    if referent is None:
        return []
    clues = [f"n {step(len(referent.mentions), 1, 2, 3, 6, 12)} {end.kind}"]
    if not referent.mentions:
        return clues
    first = min(m.span for m in referent.mentions).start
    number = context.block_at(first)
    clues.append(f"first {context.parse.blocks[number].kind} {step(number, 0, 1, 3)} {end.kind}")
    if referent.type == "Film":
        clues += _of_film(context, tree, end, referent)
    elif end.kind == "Figure":
        clues += _of_figure(context, referent)
    return clues


def _of_figure(context: Context, referent: Referent) -> Iterator[str]:
    yield f"performs {context.performs(referent)}"
    yield f"gender {referent.gender}"
    yield f"words {step(len(referent.label.split()), 1, 2)}"
    if context.focus.person is referent:
        yield "protagonist"


def _of_film(context: Context, tree: Tree, end: End, film: Referent) -> Iterator[str]:
    """How surely it is a title, and how it stands to the film in focus here."""
    focus = context.focus
    for why in sorted({t.why for t in context.parse.titles if context.mentions.of.get(t.span) is film}):
        yield f"why {why}"
    yield f"words {step(len(film.label.split()), 1, 2, 4, 6)}"
    if film.label.isupper():
        yield "upper"
    yield f"films {step(len(focus.films), 1, 2, 4, 8, 16)}"
    standing = [
        "none" if one is None else "it" if one is film else "other"
        for one in (focus.main, focus.section_of(tree), focus.running[tree.number])
    ]
    for name, value in zip(("main", "section", "running"), standing, strict=True):
        yield f"{name} {value}"
    yield f"standing {' '.join(standing)}"
    blocks = context.parse.blocks
    headed = all(blocks[context.block_at(m.span.start)].kind == "heading" for m in film.mentions)
    yield "only headings" if headed else "body"
    yield from _distance(context, tree, end, film)
    yield f"rank {step(sum(len(other.mentions) > len(film.mentions) for other in focus.films), 0, 1, 2)}"


def _distance(context: Context, tree: Tree, end: End, film: Referent) -> Iterator[str]:
    """How far back it was named last, and how many other films since."""
    start = tree.sentence.span.start
    before = [m.span.start for m in film.mentions if m.span.start < tree.sentence.span.end]
    if not before:
        yield "not named yet"
        return
    last = max(before)
    sentences = sum(last < t.sentence.span.start <= start for t in context.trees[: tree.number + 1])
    yield f"sentences {step(sentences, 0, 1, 2, 3, 5, 8, 15)}"
    others = sum(
        other is not film and any(last < m.span.start < start for m in other.mentions)
        for other in context.focus.films
    )
    yield f"between {step(others, 0, 1, 2)}"
    yield f"away {step(sentences, 0, 1, 2, 4, 8)} {step(others, 0, 1)} {end.how}"
    yield f"blocks {step(tree.sentence.block - context.block_at(last), 0, 1, 2, 4)}"
