"""Lists of awards: "1986: Golden Globe for Best Actor – Harbour (won)", "Best Director: Ana Lima
(Harbour)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.referents import Referent
from kg.extract.tree import Tree
from kg.model import Span

WON = re.compile(r"\b(?:won|winner|win)\b", re.I)
LOST = re.compile(r"\b(?:nominated|nominee|nomination|lost|shortlisted)\b", re.I)
LONGEST = 260


def award_lines(context: Context) -> Iterator[Candidate]:
    """Candidates of the `line` frames from list items and label lines that consist of an award and who
    got it.
    """
    heading = ""
    for number, block in enumerate(context.parse.blocks):
        text = context.text(block.span)
        if block.kind == "heading":
            heading = text
        trees = [t for t in context.trees if t.sentence.block == number] if len(text) < LONGEST else []
        if not trees or block.kind not in ("item", "label", "paragraph", "credit"):
            continue
        awards = within(context, block.span, "Award")
        if len(awards) != 1 or (
            block.kind == "paragraph" and not re.match(r"[-–•*]|\d{4}|best\b", text, re.I)
        ):
            continue
        yield from read_line(context, trees[0], block.span, awards[0], text, heading)


def read_line(
    context: Context, tree: Tree, line: Span, award: Argument, text: str, heading: str
) -> Iterator[Candidate]:
    """The candidates of one line: its outcome is what it says, else what its heading says."""
    if len(trees_words(context, line)) > 34 or (re.search(r"[a-z]\.\s+[A-Z]", text) and not WON.search(text)):
        return
    people, films = within(context, line, "Person"), within(context, line, "Film")
    label_first = text.lstrip("-–•* ").lower().startswith(context.text(award.span).lower()[:12])
    said = "lost" if LOST.search(text) else "won" if WON.search(text) else ""
    outcome = said or ("lost" if LOST.search(heading) else "won" if label_first and (people or films) else "")
    if not outcome:
        return
    years = [v for v in context.values[tree.number] if v.kind == "year" and v.span.start < award.span.start]
    person = context.focus.person if not people and films and not label_first else None
    recipients = people or ([Argument(person, tree.sentence.span, 0.9)] if person else films[:1])
    for frame in context.lexicon.triggered("line", outcome):
        for recipient in recipients:
            fixed: dict[str, list[Argument]] = {"s": [recipient], "o": [award]}
            film = film_of(recipient, films)
            if film is not None:
                fixed["forFilm"] = [film]
            if years:
                fixed["year"] = [Argument(years[0].value, years[0].span, 1.0)]
            yield Candidate(frame, "award-line", tree, 0, fixed=fixed, confidence=0.9)


def film_of(recipient: Argument, films: list[Argument]) -> Argument | None:
    """The film that stands beside a recipient: the next one after, else the only one."""
    if not films or (isinstance(recipient.filler, Referent) and recipient.filler.type == "Film"):
        return None
    after = [f for f in films if f.span.start > recipient.span.end]
    return after[0] if after else films[0] if len(films) == 1 else None


def within(context: Context, span: Span, kind: str) -> list[Argument]:
    """The entities of a type that are named inside `span`, none twice."""
    out: list[Argument] = []
    for found, referent in context.mentions.within(span):
        if referent.type == kind and all(a.filler is not referent for a in out):
            out.append(Argument(referent, found, 1.0))
    return out


def trees_words(context: Context, span: Span) -> list[str]:
    """The words of a stretch of text."""
    return context.text(span).split()
