"""An entity while its document is being read, and when two spellings of a name are one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from kg.model import Mention

PERSONAL = frozenset({"Person", "Character"})


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """The form under which two spellings of a name are one: no accents, case, punctuation or leading
    article.
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"[^\w%]+", " ", plain).strip()
    return re.sub(r"^(?:the|a|an) (?=\w)", "", plain)


@dataclass(slots=True, eq=False)
class Referent:
    """An entity while the document is being read: its names, mentions and what speaks for each type."""

    number: int
    type: str
    names: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    gender: str = ""
    year: str = ""
    votes: Counter[str] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        """The fullest form of the name; the first of equals."""
        return (
            max(self.names, key=lambda n: (len(n.split()), len(n)))
            if self.type in PERSONAL
            else next((n for n in self.names if not n.isupper()), self.names[0])
        )

    def add(self, mention: Mention) -> None:
        """Takes `mention` in, with its form of the name."""
        self.mentions.append(mention)
        if mention.text not in self.names:
            self.names.append(mention.text)
