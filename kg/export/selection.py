"""What of a store goes into a file of triples."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.names import DEFAULT, EVIDENCE
from kg.rdf.readings import (
    CONFIDENCE,
    DOCUMENT,
    DOCUMENT_ID,
    END,
    EXACT,
    PREFIX,
    READING,
    RULE,
    SELECTORS,
    SPAN,
    START,
    SUFFIX,
    TITLE,
    TYPE,
)

OF_READINGS = (RULE, CONFIDENCE, SPAN)
OF_DOCUMENTS = (DOCUMENT_ID, TITLE)
OF_SPANS = (START, END, EXACT, PREFIX, SUFFIX)


def triples_of(quads: ox.Store, *, evidence: bool = True) -> list[ox.Triple]:
    """The default graph and, with `evidence`, the readings in linked terms with their rules and words.

    What documents say in their own terms stays out: only files of quads hold it.
    """
    found = {quad.triple for quad in quads.quads_for_pattern(None, None, None, DEFAULT)}
    if evidence:
        found.update(quad.triple for quad in quads.quads_for_pattern(None, None, None, EVIDENCE))
        found.update(_sources(quads))
    return list(found)


def _sources(quads: ox.Store) -> Iterator[ox.Triple]:
    """Rules, confidences, places and words of all readings, and the documents' names."""
    for quad in quads.quads_for_pattern(None, TYPE, DOCUMENT, None):
        yield quad.triple
    for quad in quads.quads_for_pattern(None, TYPE, READING, None):
        yield quad.triple
    for predicate in (*OF_DOCUMENTS, *OF_READINGS):
        for quad in quads.quads_for_pattern(None, predicate, None, None):
            yield quad.triple
    spans = {quad.object for quad in quads.quads_for_pattern(None, SPAN, None, None)}
    for predicate in OF_SPANS:
        for quad in quads.quads_for_pattern(None, predicate, None, None):
            if quad.subject in spans:
                yield quad.triple
    for span in spans:
        if isinstance(span, ox.NamedNode):
            for selector in SELECTORS:
                yield ox.Triple(span, TYPE, selector)
