"""What is wrong with a query, in words: the place, the text there, what was probably meant."""

from __future__ import annotations

import re
from difflib import get_close_matches

from kg.query.tokens import prefixes_in, tokens
from kg.rdf.names import PREFIXES

KEYWORDS = frozenset(
    """
    ABS ADJUST AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE
    DAY DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING
    HASLANG HASLANGDIR HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR
    LANGMATCHES LATERAL LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER
    PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1
    SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS
    STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE UNDEF UNION URI UUID VALUES VERSION WHERE YEAR
    """.split()
)
"""The words of SPARQL queries, but for `a`."""
PLACE = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
SENTENCE = re.compile(r"(?:^|one of |, )((?:The|A|An|Only|It) [^,\[\]\"]+)")
"""What the parser says in words, among the characters that it could have read."""
SHOWN = 40
"""So much of a wrong line is shown."""


def in_words(problem: str, text: str) -> str:
    """What the parser found wrong, where, and the text that it stumbled over."""
    found = PLACE.search(problem)
    if not found:
        return problem
    line, column, expected = int(found[1]), int(found[2]), found[3]
    place = f"line {line}, column {column}"
    # The parser lists every character that could have gone on with the name as well.
    if "Prefix not found" in expected:
        known = ", ".join([*prefixes_in(text), *PREFIXES])
        return f"{place}: the prefix of {_near(text, line, column, 1)} is not declared; known are {known}"
    unknown = _unknown_word(text)
    if unknown:
        return unknown
    sentence = SENTENCE.search(expected)
    if sentence:
        return f"{place}: {sentence[1][0].lower()}{' '.join(sentence[1][1:].split())}"
    return f"{place}: not SPARQL at {_near(text, line, column, 3)}, or right before"


def _near(text: str, line: int, column: int, count: int) -> str:
    """The last tokens of a line up to the place of an error, in quotes; the parser may be a word ahead."""
    lines = text.split("\n")
    up_to = len("\n".join(lines[: line - 1])) + (line > 1) + column - 1
    before = [token for token in tokens(text) if token.start() <= up_to][-count:]
    if not before:
        return "its beginning"
    words = text[before[0].start() : before[-1].end()]
    return f"`{' '.join(words.split())[-SHOWN:]}`"


def _unknown_word(text: str) -> str:
    """The first word that SPARQL does not have, with its place, and the word that was meant; or ''."""
    for found in tokens(text):
        word = found[0].upper()
        if found.lastgroup != "word" or found[0] == "a" or not found[0][0].isalpha():
            continue
        if word not in KEYWORDS:
            before = text[: found.start()]
            place = f"line {before.count(chr(10)) + 1}, column {found.start() - before.rfind(chr(10))}"
            close = get_close_matches(word, KEYWORDS, 1)
            hint = f": did you mean {close[0]}?" if close else ""
            return f"{place}: {found[0][:SHOWN]} is no word of SPARQL{hint}"
    return ""
