"""The titles of films and other works that a document speaks of, found over the whole document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.language.parse import Name, Title
from kg.model import Span


def find(text: str, names: Sequence[Name], given: Sequence[str] = ()) -> tuple[Title, ...]:
    """Every occurrence of every title, in order, none inside another."""
    known = {title: "given" for title in given if title.strip()}
    kinds = {}
    for name in names:
        if name.type in ("Film", "Work"):
            known.setdefault(name.text, "model")
            kinds[name.text] = name.type
    if not known:
        return ()
    pattern = "|".join(re.escape(title) for title in sorted(known, key=lambda title: (-len(title), title)))
    return tuple(
        Title(Span(*match.span()), match.group(), kinds.get(match.group(), "Film"), known[match.group()])
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)
    )
