"""The tokens of SPARQL, as far as one has to know them to find words, names and variables in a query."""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<prefixed>[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[@]?\w+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of a query, without comments and blanks."""
    for found in TOKEN.finditer(text):
        if found.lastgroup != "comment" and not found[0].isspace():
            yield found


def variables_in(text: str) -> set[str]:
    """The names of the variables that a query uses."""
    return {found[0][1:] for found in tokens(text) if found.lastgroup == "variable"}


def prefixes_in(text: str) -> dict[str, str]:
    """The prefixes that a query declares itself."""
    found = list(tokens(text))
    return {
        prefixed[0].rstrip(":"): iri[0][1:-1]
        for word, prefixed, iri in zip(found, found[1:], found[2:], strict=False)
        if word[0].upper() == "PREFIX" and prefixed.lastgroup == "prefixed" and iri.lastgroup == "iri"
    }
