"""Critics quoted: "“…” — Ana Lima, The Daily Post, 2004", and "“…,” wrote Ana Lima in The Daily Post"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.tree import Tree
from kg.model import Span, Value

ATTRIBUTED = re.compile(
    r"[“\"](?P<quote>[^”\"\n]{12,700}?)[,.]?[”\"]\s*"
    r"(?:(?:\n\s*)?[—–-]{1,2}\s*(?P<tail>[^\n“”\"]{3,120})"
    r"|,?\s*(?:wrote|writes|raved|declared)\s+(?P<name>[A-Z][^\n“”\".;]{2,110}))"
)
PLACE_OF_WORK = re.compile(r"\s+(?:in|of|for)\s+(?:the\s+)?(?=[A-Z])|,\s*(?:in|of|for)?\s*")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
NAME = re.compile(r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]+|de|van|von|da|di|del|la|le)){0,3}")


def reviews(context: Context) -> Iterator[Candidate]:
    """Candidates of the `quote` frames: a critic and the film, with publication, year and quotation."""
    for m in ATTRIBUTED.finditer(context.parse.text):
        group = "tail" if m["tail"] else "name"
        tree = tree_at(context, m.start(group))
        if tree is None:
            continue
        found = read_tail(context, m.start(group), m[group])
        film = film_of(context, tree, Span(m.start("quote"), m.end("quote")))
        if found is None or film is None:
            continue
        quote = Argument(Value(m["quote"]), Span(m.start("quote"), m.end("quote")), 1.0)
        fixed = {"o": [film], "quote": [quote], **found}
        for frame in context.lexicon.triggered("quote", "attribution"):
            yield Candidate(frame, "quotation", tree, 0, fixed=fixed, confidence=0.95)


def tree_at(context: Context, position: int) -> Tree | None:
    """The sentence that holds a position of the text."""
    return next((t for t in context.trees if t.sentence.span.start <= position < t.sentence.span.end), None)


def film_of(context: Context, tree: Tree, quote: Span) -> Argument | None:
    """The film that a quotation speaks of: the one it names, else the one in focus."""
    for span, referent in sorted(context.mentions.of.items()):
        if referent.type == "Film" and quote.contains(span):
            return Argument(referent, span, 1.0)
    focus = context.focus.before(tree)
    return Argument(focus[0], tree.sentence.span, focus[1]) if focus else None


def read_tail(context: Context, start: int, tail: str) -> dict[str, list[Argument]] | None:
    """Who, for whom and when, from what stands behind a quotation; None where no person is named there."""
    name = NAME.match(tail)
    if name is None or len(name.group().split()) < 2:
        return None
    span = Span(start, start + name.end())
    known = next((r for s, r in context.mentions.of.items() if s.overlaps(span) and r.type == "Person"), None)
    if known is None:
        if any(s.overlaps(span) for s in context.mentions.of):
            return None
        known = context.mentions.adopt(span, "Person")
    out = {"s": [Argument(known, span, 1.0)]}
    at = name.end()
    for piece in PLACE_OF_WORK.split(tail[at:])[1:]:
        text = piece.strip(" .()")
        where = tail.find(text, at) if text else -1
        if where < 0:
            continue
        place = Span(start + where, start + where + len(text))
        if year := YEAR.fullmatch(text):
            out["year"] = [Argument(Value(year.group(), "xsd:integer"), place, 1.0)]
        elif text[:1].isupper() and "publication" not in out and len(text.split()) <= 6:
            out["publication"] = [Argument(context.mentions.adopt(place, "Publication"), place, 0.95)]
    return out
