"""Text to words, as Universal Dependencies divides English: contractions, possessives, hyphens, initials.

Every word is a span of the text as it stands; nothing is rewritten, so offsets are exact for any Unicode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span

# Letters, digits, and the marks that \w leaves out although they belong to the letter before them.
WORD = (
    r"(?:[^\W_\u0964\u0965]|[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0900-\u0dff]"
    r"|[\u0e31-\u0e4e\u1ab0-\u1aff\u20d0-\u20f0\ufe00-\ufe0f\u200c\u200d])"
)
APOSTROPHE = "['’ʼ`´]"

_TITLES = (
    "Mr Mrs Ms Dr Prof Rev Hon Messrs Mme Mlle "
    "Gen Col Maj Lt Sgt Capt Cpl Cmdr Adm Gov Sen Rep Pres Supt Insp Esq"
)
_ALWAYS = (
    f"{_TITLES} Jr Sr vs Vs Inc Corp Ltd Bros etc cf approx ca "
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
)
_BEFORE_CAPITAL = "St Ste Mt Ft Co dir prod"
_BEFORE_NUMBER = "No Nos no nos Vol vol pp p c vv Op op Ep Pt pt"
_PREFIXES = (
    "e|co|non|anti|pre|post|re|mid|ex|un|sub|semi|multi|neo|pro|"
    "intra|inter|socio|psycho|counter|mini|micro|vice|arch"
)

_URL = r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]'’*_]"
_MAIL = r"[\w.+-]+@\w+(?:[-.]\w+)+"
_HOST = r"[A-Za-z0-9-]{2,}(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net|edu|gov|info|co\.uk|tv|fr|de)(?![\w-])"


def _words(names: str) -> str:
    return "(?:" + "|".join(names.split()) + ")"


_PATTERN = re.compile(
    "|".join(
        (
            _URL,
            _MAIL,
            _HOST,
            r"[\w-]+\.(?:html?|pdf|docx?|xls|jpe?g|txt|zip)(?!\w)",
            r"(?<![\w-])(?:\d{3}-)?\d{3}-\d{4}(?![\w-])",  # a telephone number
            r"(?<!\w)[:;]-?[)(DP](?!\w)",
            r"(?<![^\W_])[ap]\.\s?m\.(?![^\W_])",  # 12:35 a.m.
            r"(?<![^\W_])(?:i\.\s?e\.|e\.\s?g\.)",
            r"(?<![^\W_])(?:[^\W\d_]\.(?:[^\W\d_]\.)+|Ph\.D\.|[A-Z][a-z]\.[A-Z]\.)",  # U.S., D.C., Ph.D.
            rf"(?<![^\W_]){_words(_ALWAYS)}\.(?![^\W_])",
            rf"(?<![^\W_]){_words(_BEFORE_CAPITAL)}\.(?=\s+[A-Z]|,)",
            rf"(?<![^\W_]){_words(_BEFORE_NUMBER)}\.(?=\s*\d)",
            r"(?<![^\W_])(?!I\.)[^\W\d_a-z]\.(?=[-\s]*(?:[^\W\d_a-z]|(?:de|von|van|der|of)\s))",  # J. Elder
            r"(?<=[.]\s)I\.(?=\s+[^\W\d_a-z])",
            r"\d++(?:[.,:/]\d+)*+(?:[½¼¾⅓⅔])?(?:st|nd|rd|th|s|['’]s)?(?![^\W\d_])",
            rf"{APOSTROPHE}\d0s\b",  # the '90s
            r"\d+(?:[.,]\d+)*",
            r"[½¼¾⅓⅔]",
            rf"(?<!\w)(?i:can(?=not\b)|(?<=can)not\b|gon(?=na\b)|wan(?=na\b)|got(?=ta\b)|whad(?=dya\b)|d{APOSTROPHE}ye)",
            r"(?i:(?<=\bcan)not\b|(?<=\bgon)na\b|(?<=\bwan)na\b|(?<=\bgot)ta\b)",
            rf"(?i:n{APOSTROPHE}t)(?!{WORD})",
            rf"(?i:{APOSTROPHE}(?:s|re|ve|ll|d|m))(?!{WORD})",
            rf"{APOSTROPHE}(?i:em|til|tis|twas|cause|n)(?!{WORD})",
            rf"(?<![^\W_]|-)(?i:{_PREFIXES})-[^\W\d_]{{2}}{WORD}*(?!{APOSTROPHE}|-)",
            rf"{WORD}+?(?=(?i:n{APOSTROPHE}t)(?!{WORD}))",
            rf"{WORD}+(?:&{WORD}+)+",
            rf"{WORD}+(?:{APOSTROPHE}(?!(?i:s|re|ve|ll|d|m)(?!{WORD})){WORD}+)*",
            r"\.{2,}",
            r"-{2,}",
            r"([!?])[!?]*",
            r"[^\W_]",
            r"(\S)\2*",
        )
    )
)

# Emphasis (*x*, __x__), footnote marks ([1]) and the frame of a Markdown link: layout, not words.
_MARKUP = re.compile(
    r"(?<![\w\\])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\]"
    r"|\[(?=[^\]\n]*\]\([^)\s]*\))|(?<=\w)\]\([^)\s]*\)|`+"
)


def words(text: str, span: Span) -> list[Span]:
    """The words of `text[span]`, in order; they do not overlap, and no word holds or touches white space."""
    return list(_scan(text, span))


def _scan(text: str, span: Span) -> Iterator[Span]:
    """The words between the pieces of markup, which are passed over."""
    start = span.start
    for markup in _MARKUP.finditer(text, span.start, span.end):
        yield from _plain(text, start, markup.start())
        start = markup.end()
    yield from _plain(text, start, span.end)


def _plain(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _PATTERN.finditer(text, start, end):
        yield Span(match.start(), match.end())
