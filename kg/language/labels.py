"""Label lines: 'Director: X', 'Box office: $4m', 'Director | X', 'Bud ....... X', several on one line."""

from __future__ import annotations

import re

from kg.language.forms import forms
from kg.model import Span

_ROLES = r"""
direct(?:ed|or|ors|ion|ing)|produc(?:ed|er|ers|tion|ing)|writ(?:ten|er|ers|ing)|screenplay|script|
screenwriters?|story|music|score|scored|compos(?:ed|er|ers)|cinematograph(?:y|er|ers)|photograph(?:y|ed)|
camera(?:man|woman)?|(?:director of )?photography|d\.?o\.?p\.?|edit(?:or|ors|ing|ed)|film edit(?:or|ing)|
cut|cutting|cast|starring|stars?|players|with|actors?|featuring|narrat(?:or|ed)|voices?|based on|from|
source|after|adapted from|novel|original novel|distribut(?:or|ors|ed|ion)|released?|release dates?|
opened|premi[eè]re|studios?|(?:production )?compan(?:y|ies)|country|countries|countries of origin|
languages?|running time|runtime|length|duration|time|budget|box[ -]office|gross|genres?|rating|rated|
certificate|year|titles?|films?|original title|also known as|a\.?k\.?a\.?|english title|working title|
awards?|prizes|locations?|where|setting|set in|shot (?:in|at)|filmed (?:in|at)|sequel(?: to)?|
remake(?: of)?|remade as|parody(?: of)?|series|dir\.?|prod\.?|scr\.?|phot\.?|ph\.?|ed\.?|mus\.?|art direction|
design(?:er)?|sound|costumes?|soundtrack|critics|audience|rotten tomatoes|metacritic|status|born|died|
occupation|spouse|children|theme|subtitles|channel|on television|tx|note|plot|synopsis|verdict|trivia|
sales|worldwide|domestic(?: gross)?|us distributor|on air
"""
_BEFORE_ROLE = (
    "executive|associate|line|co-?|assistant|original|first|second|lead|us|uk|u\\.s\\.|closing|opening|main"
)
_ROLE = re.compile(
    rf"(?:(?:{_BEFORE_ROLE})[ -])?(?:{''.join(_ROLES.splitlines())})"
    r"(?:,? (?:and|&|by|of|to)(?: \w+)?|, \w+)?",
    re.IGNORECASE,
)
_FIELD = r"[*_]{0,3}(?P<label>[^\W_][^:|\n\t*_\"“”.!?;]{0,48}?\.?)[*_]{0,3}"
_SEPARATOR = r"\s*[:：][*_]{0,3}(?=\s|$)|\s*\t+|\s+\|\s*|\s?\.(?:\s?\.){3,}\s*|\s?…{2,}\s*|\s+[–—]\s+"
_LABEL = re.compile(rf"{_FIELD}(?P<sep>{_SEPARATOR})")
_LEADERS = re.compile(r"(?P<label>[^\W_].{0,60}?)(?P<sep>\s*(?:\.\s?){4,}\s*|\s*…{2,}\s*)(?=\S)")
_NEXT = re.compile(rf"(?:[.;|·•/,]|\s[–—])\s+(?={_FIELD.replace('?P<label>', '')}\s*[:：]\s)")
_EMBEDDED_WORDS = 25
_MAX_WORDS = 5
_FREE_VALUE_WORDS = 14
_SPEECH = re.compile(r"\b(?:I|you|we|my|your|it's|I'm|don't|didn't|wasn't)\b")


def is_role(words: str) -> bool:
    """True for the name of a credit and nothing else: 'Director', 'Music by', 'CAST'."""
    return bool(_ROLE.fullmatch(words.strip(" :*_#.")))


def labelled(text: str, start: int, end: int) -> list[tuple[Span, Span]]:
    """Each label and its value in `text[start:end]`, in order; empty where the line is not a label line."""
    found: list[tuple[Span, Span]] = []
    while True:
        match = _LABEL.match(text, start, end) or _LEADERS.match(text, start, end)
        if not match or not _is_label(text, match, end, bool(found)):
            return found
        stop, follow = _value_end(text, match.end(), end)
        value = _stripped(text, match.end(), stop)
        if not len(value):
            return found
        found.append((Span(*match.span("label")), value))
        start = follow
        if start >= end:
            return found


def embedded(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the text before a label ends and where the label begins: 'France, 1947, 94 min. Director: X'."""
    for border in _NEXT.finditer(text, start, end):
        label = _LABEL.match(text, border.end(), end)
        if label is None or border.group()[0] not in ".;|·•" or ":" not in label["sep"]:
            continue
        short = len(text[border.end() : end].split()) <= _EMBEDDED_WORDS
        if short and text[label.start("label")].isupper() and is_role(label["label"]):
            return border.start() + (border.group()[0] == "."), border.end()
    return None


def _is_label(text: str, match: re.Match[str], end: int, follows: bool) -> bool:
    """True where what stands before the colon names a field, or the line is too short for anything else."""
    label, separator = match["label"], match["sep"].strip(" *_")
    if label.count("(") != label.count(")"):
        return False
    if is_role(label):
        return separator not in ("–", "—") or len(text[match.end() : end].split()) <= _FREE_VALUE_WORDS
    words = label.split()
    if label.isupper() and separator == ":" and len(words) <= 3 and not follows:
        value = text[match.end() : end]  # who speaks, or where a report comes from
        return not value.isupper() and len(value.split()) > 1
    if follows or separator in ("–", "—") or len(words) > _MAX_WORDS or not label[0].isupper():
        return False
    value = text[match.end() : end]
    if separator in (":", "："):
        few = len(value.split()) <= _FREE_VALUE_WORDS and len(words) <= 3
        says = any(forms().get(word.lower(), {}).keys() == {"VERB"} for word in words[1:])
        return few and not says and not _SPEECH.search(value) and not value.rstrip().endswith(("?", "!"))
    return len(value.split()) <= _FREE_VALUE_WORDS


def _value_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the value ends and where the next label begins: at '; Music: ' or '. Music: '."""
    for border in _NEXT.finditer(text, start, end):
        label = _LABEL.match(text, border.end(), end)
        if label and is_role(label["label"]):
            return border.start(), border.end()
    return end, end


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "|"):
        end -= 1
    return Span(start, end)
