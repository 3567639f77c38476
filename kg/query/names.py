"""What the asker calls things, to the terms of the graph: by label, by value, by IRI."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import pyoxigraph as ox

from kg.errors import QueryError
from kg.ontology.terms import FILM, XSD
from kg.query.text import Term
from kg.rdf.names import DEFAULT, ID, ONTOLOGY, PREFIXES, READ, SEARCH, film, folded_name
from kg.rdf.readings import ALT_LABEL, DOCUMENT_ID, LABEL
from kg.rdf.turtle import Terms

MAY_DENOTE, SEARCH_KEY = film("mayDenote"), film("searchKey")
PREFIXED = re.compile(r"(\w+):([^\s/#]+)")
MANY = 2000
"""So many names are compared letter by letter with one that is unknown."""
LISTED = 8
"""So many things of one name are listed."""
LONGEST = 100
"""So much of a name is looked up as one that is misspelt."""
PLACES = {
    "film": ("movie", "work"),
    "person": ("person", "character"),
    "character": ("character", "person"),
    "award": ("award",),
    "place": ("place",),
    "company": ("org",),
}
"""The prefixes under which things of a kind stand: the first that holds the name is meant."""
NUMBERS = frozenset({"number", "year", "decade"})
LITERALS = (
    (re.compile(r"[+-]?\d+"), ("integer", "decimal")),
    (re.compile(r"[+-]?\d*\.\d+"), ("decimal",)),
    (re.compile(r"\d{4}-\d\d-\d\d"), ("date",)),
    (re.compile(r"\d{4}-\d\d"), ("gYearMonth",)),
    (re.compile(r"--\d\d-\d\d"), ("gMonthDay",)),
    (re.compile(r"\d\d:\d\d:\d\d"), ("time",)),
)


def terms_named(quads: ox.Store, parameter: str, name: str, kind: str = "") -> list[Term]:
    """Everything that a name may mean: entities and relations of that label, and values.

    `kind` says what is looked for (film, person, award, number, genre, …; '' for anything). QueryError where
    nothing has the name, with one that is like it; and where several things of a kind have it.
    """
    if kind in NUMBERS:
        return [_number(parameter, name, kind)]
    if (values := _values_of(quads, kind)) is not None:
        return _value_among(parameter, name, kind, values)
    found = _by_iri(quads, name)
    if found:
        return [*found]
    entities = _called(quads, name, kind)
    _refuse_ambiguous(quads, parameter, name, entities)
    terms: list[Term] = [*entities]
    if kind not in PLACES:
        terms += [*_terms_of_ontology(quads, name), *_literals(quads, name)]
    if not terms:
        raise QueryError(parameter, f"{parameter}: {_unknown(quads, name, kind)}")
    return sorted(set(terms), key=str)


def _number(parameter: str, name: str, kind: str) -> ox.Literal:
    if not re.fullmatch(r"[+-]?\d{1,18}", name.strip()):
        raise QueryError(parameter, f"{parameter}: {name[:LONGEST]!r} is no {kind}; write digits")
    return ox.Literal(name.strip(), datatype=ox.NamedNode(XSD + "integer"))


def _values_of(quads: ox.Store, kind: str) -> list[ox.Literal] | None:
    """The values that a kind is about (documents, genres); None for other kinds."""
    if kind == "document":
        said = quads.quads_for_pattern(None, DOCUMENT_ID, None, None)
    elif kind and kind not in PLACES and kind not in {"thing", "relation"}:
        relations = _terms_of_ontology(quads, kind)
        said = (q for each in relations for q in quads.quads_for_pattern(None, each, None, DEFAULT))
    else:
        return None
    return sorted({quad.object for quad in said if isinstance(quad.object, ox.Literal)}, key=str)


def _value_among(parameter: str, name: str, kind: str, values: list[ox.Literal]) -> list[Term]:
    """The values that are written so, or else those that are when case and accents are left out."""
    by_key: dict[str, list[Term]] = {}
    for each in values:
        by_key.setdefault(folded_name(each.value), []).append(each)
    wanted = folded_name(name)
    exact: list[Term] = [each for each in values if each.value == name]
    found = exact or by_key.get(wanted, [])
    if not found:
        close = get_close_matches(wanted[:LONGEST], list(by_key), 1)
        hint = f"; did you mean {by_key[close[0]][0].value}?" if close else ""
        problem = f"this graph has no {kind} that is called {name[:LONGEST]!r}{hint}"
        raise QueryError(parameter, f"{parameter}: {problem}")
    return found


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


def _called(quads: ox.Store, name: str, kind: str) -> list[ox.NamedNode]:
    """The entities of a kind that have the name: as their label, as it is or folded, before others."""
    key = ox.Literal(folded_name(name))
    found = [quad.subject for quad in quads.quads_for_pattern(None, SEARCH_KEY, key, SEARCH)]
    nodes = _of_kind([n for n in found if isinstance(n, ox.NamedNode) and n.value.startswith(ID)], kind)
    ranked: dict[int, list[ox.NamedNode]] = {}
    for node in nodes:
        label = label_of(quads, node)
        rank = 0 if label == name else 1 if folded_name(label) == key.value else 2
        ranked.setdefault(rank, []).append(node)
    best = ranked[min(ranked)] if ranked else []
    meant = [q.object for each in best for q in quads.quads_for_pattern(each, MAY_DENOTE, None, DEFAULT)]
    return list(dict.fromkeys([*best, *(each for each in meant if isinstance(each, ox.NamedNode))]))


def label_of(quads: ox.Store, node: ox.NamedNode) -> str:
    """The label of a term, or ''."""
    for quad in quads.quads_for_pattern(node, LABEL, None, DEFAULT):
        if isinstance(quad.object, ox.Literal):
            return quad.object.value
    return ""


def prefix_of(node: ox.NamedNode) -> str:
    """The prefix under which an entity stands: `movie`, `person`, …"""
    return node.value.removeprefix(ID).partition("/")[0]


def _of_kind(nodes: list[ox.NamedNode], kind: str) -> list[ox.NamedNode]:
    """Those of the first prefix of the kind that any has; all, where the kind is none of entities."""
    for prefix in PLACES.get(kind, ()):
        found = [node for node in nodes if prefix_of(node) == prefix]
        if found:
            return found
    return [] if kind in PLACES else nodes


def _refuse_ambiguous(quads: ox.Store, parameter: str, name: str, nodes: list[ox.NamedNode]) -> None:
    """QueryError with a list where two things under one prefix are called so."""
    by_prefix: dict[str, list[ox.NamedNode]] = {}
    for node in nodes:
        if label_of(quads, node) or _has_facts(quads, node):
            by_prefix.setdefault(prefix_of(node), []).append(node)
    for alike in by_prefix.values():
        if len(alike) > 1:
            terms = Terms()
            shown = [
                f"{terms.of(node)} ({label_of(quads, node) or 'told apart by nothing'})"
                for node in sorted(alike, key=str)
            ]
            more = f" and {len(shown) - LISTED} more" if len(shown) > LISTED else ""
            listed = f"{', '.join(shown[:LISTED])}{more}"
            raise QueryError(
                parameter, f"{parameter}: {name[:LONGEST]!r} may mean {listed}; give one of these"
            )


def _has_facts(quads: ox.Store, node: ox.NamedNode) -> bool:
    """True where something was read of what nobody could tell apart."""
    found = [quads.quads_for_pattern(node, None, None, READ), quads.quads_for_pattern(None, None, node, READ)]
    return any(True for each in found for _ in each)


def _terms_of_ontology(quads: ox.Store, name: str) -> list[ox.NamedNode]:
    """The relations and classes of that label or local name."""
    key = ox.Literal(folded_name(name))
    found = [
        quad.subject
        for quad in quads.quads_for_pattern(None, SEARCH_KEY, key, SEARCH)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(FILM)
    ]
    local = film(name) if re.fullmatch(r"\w+", name) else None
    if local and any(True for _ in quads.quads_for_pattern(local, None, None, ONTOLOGY)):
        return [local]
    return found


def _literals(quads: ox.Store, name: str) -> list[ox.Literal]:
    """The literals that are written so and that the graph holds."""
    candidates = [ox.Literal(name)]
    for pattern, types in LITERALS:
        if pattern.fullmatch(name):
            candidates += [ox.Literal(name, datatype=ox.NamedNode(XSD + type_)) for type_ in types]
    return [each for each in candidates if any(True for _ in quads.quads_for_pattern(None, None, each, None))]


def _unknown(quads: ox.Store, name: str, kind: str) -> str:
    """That nothing has the name, and what may have been meant."""
    problem = f"nothing in this graph is called {name[:LONGEST]!r}"
    if kind in PLACES:
        problem = (
            f"this graph has no {kind} that is called {name[:LONGEST]!r}"
            if _called(quads, name, "")
            else problem
        )
    if not any(True for _ in quads.quads_for_pattern(None, SEARCH_KEY, None, SEARCH)):
        return f"{problem}: an older film-kg made it, and kg build makes its names known"
    close = _suggestion(quads, name, PLACES.get(kind, ()))
    return problem + (f"; did you mean {close}?" if close else "")


def _suggestion(quads: ox.Store, name: str, prefixes: Iterable[str]) -> str:
    """The name that is most like one that is unknown, or ''."""
    wanted = folded_name(name)[:LONGEST]
    pairs = {wanted[n : n + 2] for n in range(len(wanted) - 1)}
    names = {folded_name(label): label for label in sorted(_labels(quads, tuple(prefixes)), reverse=True)}

    def likeness(folded: str) -> int:
        common = len(pairs & {folded[n : n + 2] for n in range(len(folded) - 1)})
        return common * 10 - abs(len(folded) - len(wanted))

    likely = sorted(names, key=lambda folded: (-likeness(folded), folded))[:MANY]
    close = get_close_matches(wanted, [each for each in likely if len(each) <= LONGEST], 1)
    return names[close[0]] if close else ""


def _labels(quads: ox.Store, prefixes: tuple[str, ...]) -> Iterator[str]:
    """The names of all entities under some prefixes, or of all."""
    starts = tuple(f"{ID}{prefix}/" for prefix in prefixes) or ID
    for predicate in (LABEL, ALT_LABEL):
        for quad in quads.quads_for_pattern(None, predicate, None, DEFAULT):
            if isinstance(quad.object, ox.Literal) and str(quad.subject)[1:].startswith(starts):
                yield quad.object.value
