"""Finds the files that travel with film-kg: the ontology, the lexicon, the queries."""

from __future__ import annotations

from pathlib import Path

from kg.errors import FilmKGError

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The path of a shipped file or folder, `ontology/film.ttl` for instance.

    A wheel holds it below `kg/_shipped`, which no checkout has; in a checkout, an editable install and a
    source archive it lies beside the package.
    """
    for root in (PACKAGE / "_shipped", PACKAGE.parent):
        path = root / name
        if path.exists():
            return path
    raise FilmKGError(f"this installation of film-kg lacks {name}: install it again")
