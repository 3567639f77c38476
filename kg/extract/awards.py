"""Where a text names an award: the body ("an Oscar"), the category ("best actor"), or both in one phrase."""

from __future__ import annotations

import re

from kg.extract.tree import Tree
from kg.language.parse import Parse
from kg.model import Span

CATEGORY_WORD = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ", "ADP", "DET", "VERB", "NUM", "PUNCT"})
LINK = re.compile(r"\s*(?:['’]s?\s|,\s)?(?:(?:for|in the category of|in)\s)?(?:the\s)?[“\"]?$", re.I)
STOP = frozenset(["for", "at", "by", "from", "with", "to", "as", "at", "over", "on"])
NAMED = re.compile(
    r"(?<![\w-])("
    r"(?:[A-Z][\w.'’-]+ )(?:(?:[A-Z][\w.'’-]*|of|the|and|du|de|d'or) ){0,6}?(?:Awards?|Prize|Medal)"
    r"|[A-Z][\w'’-]+ [A-Z][\w'’-]+(?= for [Bb]est)"
    r")(?!\w)"
)
CRAFTS = frozenset(
    [
        "actor",
        "actress",
        "director",
        "direction",
        "directing",
        "picture",
        "film",
        "feature",
        "screenplay",
        "script",
        "writing",
        "cinematography",
        "photography",
        "editing",
        "score",
        "music",
        "song",
        "sound",
        "design",
        "designer",
        "costume",
        "costumes",
        "makeup",
        "make-up",
        "effects",
        "documentary",
        "animation",
        "animated",
        "short",
        "debut",
        "newcomer",
        "performance",
        "drama",
        "comedy",
        "musical",
        "adaptation",
        "screenwriter",
        "producer",
        "production",
        "composer",
        "supporting",
        "role",
        "leading",
        "lead",
        "foreign",
        "language",
        "original",
        "adapted",
        "visual",
        "female",
        "male",
        "international",
        "art",
        "ensemble",
        "cast",
        "first",
        "new",
        "series",
        "limited",
        "television",
        "motion",
    ]
)


def _categories(trees: list[Tree]) -> list[Span]:
    """Spans of "best …" phrases whose words are crafts of film making."""
    out = []
    for tree in trees:
        i = 0
        while i < len(tree.tokens):
            if tree[i].text.lower() == "best" and (end := _category_end(tree, i)) is not None:
                out.append(tree.span([i, end]))
                i = end
            i += 1
    return out


def _category_end(tree: Tree, start: int) -> int | None:
    """The last token of the category that begins with "best" at `start`."""
    end = None
    k = start + 1
    while k < len(tree.tokens) and k - start <= 9:
        word = tree[k].text.lower()
        if word == "best":
            break
        if word in CRAFTS or tree.lemma(k) in CRAFTS:
            end = k
        elif word in ("in", "a", "an", "or", "and", "&", "-", "–", "the", "of") or (
            word == "by" and end is None
        ):
            pass
        elif (
            tree[k].upos not in CATEGORY_WORD
            or word in STOP
            or tree[k].upos in ("PUNCT", "VERB")
            or k - start > 3
        ):
            break
        k += 1
    return end


def award_spans(parse: Parse, trees: list[Tree], award_words: dict[str, str]) -> list[Span]:
    """The spans of awards in order; a body and the category beside it are one."""
    bodies = [n.span for n in parse.names if n.type == "Award"]
    covered = set().union(*(range(s.start, s.end) for s in bodies)) if bodies else set()
    for tree in trees:
        for token in tree.tokens:
            if (
                token.span.start not in covered
                and token.lemma.lower() in award_words
                and token.text[:1].isupper()
            ):
                bodies.append(token.span)
    for m in NAMED.finditer(parse.text):
        span = Span(m.start(1), m.end(1))
        bodies = [b for b in bodies if not b.overlaps(span)] + [span]
    known = sorted((w for w in award_words if " " in w), key=len, reverse=True)
    if known:
        for m in re.finditer(
            rf"\b(?:{'|'.join(map(re.escape, known))})\b(?: (?:[Aa]ward|[Pp]rize))?", parse.text, re.I
        ):
            span = Span(*m.span())
            if m.group()[0].isupper():
                bodies = [b for b in bodies if not b.overlaps(span)] + [span]
    spans = sorted(bodies + [c for c in _categories(trees) if not any(c.overlaps(b) for b in bodies)])
    out: list[Span] = []
    for span in spans:
        if out and span.start >= out[-1].end:
            between = parse.text[out[-1].end : span.start]
            if (
                len(between) < 25
                and LINK.fullmatch(between)
                and parse.text[span.start : span.start + 4].lower() == "best"
            ):
                out[-1] = out[-1].join(span)
                continue
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out
