"""Whether a query asks another server (SERVICE), as the engine's own parser sees it."""

from __future__ import annotations

import re
import string

import pyoxigraph as ox

from kg.rdf.names import PREFIXES

KEYWORD = re.compile("(ser)v(ice)", re.IGNORECASE | re.ASCII)
LETTERS = string.ascii_lowercase.replace("v", "")


def without_service(text: str) -> str:
    """The query with every `service` misspelt, alike everywhere, so that no keyword SERVICE is left in it.

    Names, strings and comments may well hold the word and stay what they are. Where the result still parses,
    the query uses no SERVICE; a SyntaxError comes from one that does, or from one that is wrong anyhow, and
    names the same place as in the query itself.

    The engine reads `SERVICE:{`, `1SERVICE<…>` and `SERVICESILENT` as that keyword, where rules of our own
    about words would see names. So its parser decides, and no rule of ours. Upper and lower case stay as they
    are and the new spelling is one that the query does not use, or two names could become one.
    """
    if not KEYWORD.search(text):
        return text
    lower = text.lower()
    letter = next((letter for letter in LETTERS if f"ser{letter}ice" not in lower), "")
    if not letter:
        raise SyntaxError("error at 1:1: this query uses every spelling of the word SERVICE")
    return KEYWORD.sub(
        lambda found: found[1] + (letter.upper() if found[0][3] == "V" else letter) + found[2], text
    )


def parse(text: str) -> None:
    """SyntaxError where the engine cannot parse the query; it must be one without SERVICE.

    The engine has no call that only parses: it begins with the answer, and would ask the other server.
    """
    ox.Store().query(without_service(text), prefixes=PREFIXES)
