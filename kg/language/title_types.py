"""Film or other work: what the words around a title say of it."""

from __future__ import annotations

import re

from kg.model import Span

FILM_NOUN = (
    r"(?:films?|movies?|pictures?|features?|comed(?:y|ies)|dramas?|thrillers?|melodramas?|westerns?|documentar(?:y|ies)"
    r"|remakes?|sequels?|prequels?|musicals?|two-reelers?|romances?|epics?|farces?|satires?|parod(?:y|ies)|biopics?"
    r"|cartoons?|weepies?|shorts?|hits?|blockbusters?|debuts?)"
)
WORK_NOUN = (
    r"(?:novels?|novellas?|novelette|books?|plays?|(?:short )?stor(?:y|ies)|tales?|memoirs?|autobiograph(?:y|ies)|biograph(?:y|ies)"
    r"|songs?|albums?|singles?|records?|tracks?|series|serials?|sitcoms?|soaps?|operas?|operettas?|poems?|ballads?|comics?"
    r"|graphic novels?|magazine|articles?|essays?|paintings?|ballets?|symphon(?:y|ies)|musicals?|lullab(?:y|ies)|waltz|number|anthem|hymn|tune)"
)
_BEFORE = re.compile(
    rf"\b{WORK_NOUN}(?:,|\s+(?:called|titled|entitled|named))?[\s“\"‘'*_]*$"
    r"|\b(?:sings?|sang|sung|singing|hums?|hummed)\s[“\"‘'*_]*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"[,.]?[”\"’'*_]*,?\s(?:is |was )?(?:a|an|the|his|her|their|the one)\s(?:[\w’'-]+,?\s){{0,4}}?{WORK_NOUN}\b"
    rf"|[,.]?[”\"’'*_]*,?\s(?:[\w.’' -]{{1,30}}['’]s)\s(?:[\w-]+\s){{0,3}}?{WORK_NOUN}\b"
)
_SOURCE_BEFORE = re.compile(
    r"\b(?:based on|drawn from|adapted (?:[\w.-]+ ){0,4}?from|taken from|comes? from|out of|from)\s"
    r"(?:[\w.’'-]+(?: [\w.’'-]+){0,3}['’]s )?[“\"‘'*_]*$"
)
_BY_BEHIND = re.compile(r"[,.]?[”\"’'*_]*,?\s(?:written )?by\s[^\W\d_a-z]")


def kind_at(text: str, span: Span) -> str:
    """Work or Film where the words around say so, empty where they say nothing."""
    before = text[max(0, span.start - 70) : span.start]
    behind = text[span.end : span.end + 70]
    if _BEFORE.search(before) or _BEHIND.match(behind):
        return "Work"
    if _SOURCE_BEFORE.search(before) and _BY_BEHIND.match(behind):
        return "Work"
    return ""
