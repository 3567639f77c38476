"""The pages that a worker draws: what a person sees of the graph. Each gets what the URL gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyoxigraph as ox

from kg.http.page import answers, drawings, entity, lookup
from kg.http.page.reply import Reply

__all__ = ["Reply", "draw"]

PAGES: dict[str, Callable[[ox.Store, Mapping[str, str]], Reply]] = {
    "entity": entity.page,
    "search": lookup.page,
    "terms": lookup.terms,
    "ask": answers.page,
    "question": answers.question,
    "graph": drawings.page,
    "picture": drawings.picture,
}


def draw(name: str, given: Mapping[str, str], quads: ox.Store) -> Reply:
    """The page of that name. QueryError or RefusedError where what is given is to blame."""
    return PAGES[name](quads, given)
