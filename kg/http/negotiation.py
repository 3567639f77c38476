"""Which format a client gets (HTTP content negotiation)."""

from __future__ import annotations

from functools import lru_cache

import mimeparse

RESULTS = (
    "text/tab-separated-values",
    "text/csv",
    "text/xml",
    "application/xml",
    "application/json",
    "application/sparql-results+xml",
    "application/sparql-results+json",
)
"""What rows and yes or no can be sent as; of two that a client likes alike it gets the later one."""
GRAPHS = (
    "text/xml",
    "application/xml",
    "application/json",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
    "text/turtle",
)
"""What triples can be sent as."""


@lru_cache(maxsize=256)
def chosen(accept: str, offered: tuple[str, ...]) -> str:
    """The media type that the client likes best, by its Accept header; '' where it likes none.

    Raises ValueError where the header cannot be read.
    """
    return str(mimeparse.best_match(offered, accept)) if accept.strip() else offered[-1]
