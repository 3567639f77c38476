"""What the asker calls things, to the terms of the graph: by label, by value, by IRI."""

from __future__ import annotations

import re
from difflib import get_close_matches

import pyoxigraph as ox

from kg.errors import QueryError
from kg.ontology.terms import XSD
from kg.query.text import Term
from kg.rdf.names import DEFAULT, ID, PREFIXES, film, folded_name
from kg.rdf.readings import ALT_LABEL, LABEL

MAY_DENOTE = film("mayDenote")
PREFIXED = re.compile(r"(\w+):([^\s/#]+)")
MANY = 2000
"""So many names are compared letter by letter with one that is unknown."""
LITERALS = (
    (re.compile(r"[+-]?\d+"), ("integer", "decimal")),
    (re.compile(r"[+-]?\d*\.\d+"), ("decimal",)),
    (re.compile(r"\d{4}-\d\d-\d\d"), ("date",)),
    (re.compile(r"\d{4}-\d\d"), ("gYearMonth",)),
    (re.compile(r"--\d\d-\d\d"), ("gMonthDay",)),
    (re.compile(r"\d\d:\d\d:\d\d"), ("time",)),
)


def terms_named(quads: ox.Store, parameter: str, name: str) -> list[Term]:
    """Everything that a name may mean: entities and relations of that label, and values."""
    found: list[Term] = [*_by_iri(quads, name)]
    if not found:
        found = [*_labelled(quads, name), *_values(quads, name)]
    if not found:
        close = _suggestion(quads, name)
        hint = f"; did you mean {close}?" if close else ""
        raise QueryError(parameter, f"{parameter}: nothing in this graph is called {name!r}{hint}")
    return sorted(set(found), key=str)


def _by_iri(quads: ox.Store, name: str) -> list[ox.NamedNode]:
    """The term of an IRI, whole or with a prefix, that the graph knows."""
    prefixed = PREFIXED.fullmatch(name)
    if prefixed and prefixed[1] in PREFIXES:
        iri = PREFIXES[prefixed[1]] + prefixed[2]
    elif re.fullmatch(r"<?https?://\S+?>?", name):
        iri = name.strip("<>")
    else:
        return []
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return []
    is_known = any(True for _ in quads.quads_for_pattern(node, None, None, None))
    return [node] if is_known else []


def _labelled(quads: ox.Store, name: str) -> list[ox.NamedNode]:
    """What has the label, in any writing of upper and lower case; what an ambiguous name may denote."""
    exact = _with_label(quads, {name})
    wanted = folded_name(name)
    found = exact or _with_label(quads, {label for label in labels(quads) if folded_name(label) == wanted})
    local = film(name) if re.fullmatch(r"\w+", name) else None
    if (
        not found
        and local is not None
        and any(True for _ in quads.quads_for_pattern(local, None, None, None))
    ):
        found = [local]
    denoted = [
        quad.object for node in found for quad in quads.quads_for_pattern(node, MAY_DENOTE, None, DEFAULT)
    ]
    return [*found, *(node for node in denoted if isinstance(node, ox.NamedNode))]


def _with_label(quads: ox.Store, wanted: set[str]) -> list[ox.NamedNode]:
    return [
        quad.subject
        for label in wanted
        for predicate in (LABEL, ALT_LABEL)
        for quad in quads.quads_for_pattern(None, predicate, ox.Literal(label), DEFAULT)
        if isinstance(quad.subject, ox.NamedNode)
    ]


def labels(quads: ox.Store) -> set[str]:
    """Every name of every entity and relation."""
    return {
        quad.object.value
        for predicate in (LABEL, ALT_LABEL)
        for quad in quads.quads_for_pattern(None, predicate, None, DEFAULT)
        if isinstance(quad.object, ox.Literal)
    }


def _values(quads: ox.Store, name: str) -> list[ox.Literal]:
    """The literals that are written so and that the graph holds."""
    candidates = [ox.Literal(name)]
    for pattern, types in LITERALS:
        if pattern.fullmatch(name):
            candidates += [ox.Literal(name, datatype=ox.NamedNode(XSD + type_)) for type_ in types]
    return [each for each in candidates if any(True for _ in quads.quads_for_pattern(None, None, each, None))]


def _suggestion(quads: ox.Store, name: str) -> str:
    """The name that is most like one that is unknown, or ''."""
    wanted = folded_name(name)
    pairs = {wanted[n : n + 2] for n in range(len(wanted) - 1)}

    def likeness(label: str) -> int:
        folded = folded_name(label)
        return len(pairs & {folded[n : n + 2] for n in range(len(folded) - 1)}) * 10 - abs(
            len(folded) - len(wanted)
        )

    entities = {
        quad.object.value
        for quad in quads.quads_for_pattern(None, LABEL, None, DEFAULT)
        if isinstance(quad.object, ox.Literal) and str(quad.subject).startswith(f"<{ID}")
    }
    likely = sorted(entities, key=lambda label: (-likeness(label), label))[:MANY]
    by_folded = {folded_name(label): label for label in reversed(likely)}
    close = get_close_matches(wanted, list(by_folded), 1)
    return by_folded[close[0]] if close else ""
