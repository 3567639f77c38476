"""The terms of film-kg that a query uses and the graph does not know."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import pyoxigraph as ox

from kg.ontology.terms import FILM
from kg.query.tokens import prefixes_in, tokens
from kg.rdf.names import ONTOLOGY, PREFIXES, film


def warnings(quads: ox.Store, text: str) -> tuple[str, ...]:
    """What to tell of each class and property of film-kg that does not exist: what was probably meant."""
    known = {
        quad.subject.value.removeprefix(FILM)
        for quad in quads.quads_for_pattern(None, None, None, ONTOLOGY)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(FILM)
    }
    if not known:
        return ()
    return tuple(
        _warning(name, known)
        for name in dict.fromkeys(_names(text))
        if name not in known and not _is_used(quads, name)
    )


def _names(text: str) -> Iterator[str]:
    """The local names of the terms of film-kg in a query, in their order."""
    prefixes = {**PREFIXES, **prefixes_in(text)}
    for found in tokens(text):
        iri = found[0][1:-1] if found.lastgroup == "iri" else ""
        if found.lastgroup == "prefixed":
            prefix, _, local = found[0].partition(":")
            iri = prefixes.get(prefix, "") + local
        if iri.startswith(FILM) and iri != FILM:
            yield iri.removeprefix(FILM)


def _is_used(quads: ox.Store, name: str) -> bool:
    """True where the graph has it all the same, from an ontology of the user's own."""
    try:
        node = film(name)
    except ValueError:
        return False
    found = (quads.quads_for_pattern(None, node, None, None), quads.quads_for_pattern(None, None, node, None))
    return any(True for each in found for _ in each)


def _warning(name: str, known: set[str]) -> str:
    # Classes begin with a capital letter, properties do not.
    alike = {
        each.lower(): each
        for each in sorted(known, key=lambda term: (term[0].isupper() == name[0].isupper(), term))
    }
    close = get_close_matches(name.lower()[:100], list(alike), 1)
    hint = f"did you mean film:{alike[close[0]]}?" if close else "the ontology has no such term"
    return f"film:{name[:100]}: {hint}"
