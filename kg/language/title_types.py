"""Film or other work: what the words around a title say of it."""

from __future__ import annotations

import re

from kg.model import Span

FILM_NOUN = (
    r"(?:films?|movies?|pictures?|features?|comed(?:y|ies)|dramas?|thrillers?|melodramas?|westerns?"
    r"|documentar(?:y|ies)|remakes?|sequels?|prequels?|musicals?|two-reelers?|romances?|epics?|farces?|satires?|parod(?:y|ies)|biopics?"
    r"|cartoons?|weepies?|shorts?(?!\s(?:story|stories))|hits?|blockbusters?|debuts?)"
)
WORK_NOUN = (
    r"(?:novels?|novellas?|novelette|books?|plays?|(?:short )?stor(?:y|ies)|tales?|memoirs?"
    r"|autobiograph(?:y|ies)|biograph(?:y|ies)|songs?|albums?|singles?|records?|tracks?|series|serials?|sitcoms?|soaps?|operas?|operettas?"
    r"|poems?|ballads?|comics?|articles?|essays?|paintings?|ballets?|symphon(?:y|ies)|lullab(?:y|ies)|waltz|anthem"
    r"|hymn|tune)"
)
_OPENING = r"[\s“\"‘'*_]*$"
_CALLED = r"(?:,|\s+(?:called|titled|entitled|named))?"
YEAR = r"(?:18[89]|19\d|20[0-4])\d"
_FILM_BEFORE = re.compile(
    rf"\b{FILM_NOUN}{_CALLED}{_OPENING}"
    rf"|\b(?:ghost|detective|love|horror|crime|war|true) story{_CALLED}{_OPENING}"
    rf"|\b(?:sequel to|remake of|parody of|starred in|stars in|director of|directed|co-directed){_OPENING}",
    re.IGNORECASE,
)
_FILM_BEHIND = re.compile(
    rf"[,.]?[”\"’'*_]*,?\s(?:is |was )?(?:a|an|the|his|her|their)\s(?:[\w’'-]+,?\s){{0,5}}?{FILM_NOUN}\b"
    rf"|[,.]?[”\"’'*_]*\s\([^()]*\b(?:{FILM_NOUN}|dir\.|directed|min)[^()]*{YEAR}"
    r"|[”\"’'*_]*,?\s(?:was )?directed by\b|['’]s director\b"
)
_WORK_BEFORE = re.compile(
    rf"\b(?!plays\b){WORK_NOUN}{_CALLED}{_OPENING}"
    rf"|\b(?:novels|books|plays|songs|albums|stories|poems|series)\b[^.;()“\"]{{0,30}}{_OPENING}"
    rf"|\b(?:sings?|sang|sung|singing|singing of|hums?|hummed){_OPENING}",
    re.IGNORECASE,
)
_OWNER = r"(?:[^\W\d_a-z][\w.-]*\s?){1,3}['’]s"
_WORK_BEHIND = re.compile(
    rf"[,.]?[”\"’'*_]*,?\s(?:is |was )?(?:a|an|the|his|her|their|the one|{_OWNER})\s"
    rf"(?:[\w’'-]+,?\s){{0,4}}?{WORK_NOUN}\b"
)
_SOURCE_BEFORE = re.compile(
    r"\b(?:based on|drawn from|adapted (?:[\w.-]+ ){0,4}?from|taken from|comes? from|out of|from)\s"
    r"(?:[\w.’'-]+(?: [\w.’'-]+){0,3}['’]s )?[“\"‘'*_]*$"
)
_BY_BEHIND = re.compile(r"[,.]?[”\"’'*_]*,?\s(?:written )?by\s[^\W\d_a-z]")
_REACH = 70


def kind_at(text: str, span: Span) -> str:
    """Work or Film where the words around say so, empty where they say nothing."""
    before = text[max(0, span.start - _REACH) : span.start]
    behind = text[span.end : span.end + _REACH]
    film = bool(_FILM_BEFORE.search(before))
    if not film and _WORK_BEFORE.search(before):
        return "Work"
    if film or _FILM_BEHIND.match(behind):
        return "Film"
    if _WORK_BEHIND.match(behind) or (_SOURCE_BEFORE.search(before) and _BY_BEHIND.match(behind)):
        return "Work"
    return ""
