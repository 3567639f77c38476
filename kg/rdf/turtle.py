"""Triples as Turtle, quads as TriG: the same bytes for the same graph, and short diffs for small changes.

Oxigraph's serialiser is as fast but declares prefixes in an order that changes from run to run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.ontology.terms import RDF, RDFS, XSD
from kg.rdf.names import ID, KINDS, OTHER, PREFIXES, SKOS

LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
LOCAL_NAME = re.compile(f"[{LETTERS}_0-9][{LETTERS}_0-9\u00b7\u0300-\u036f-]*")
NAMESPACE = re.compile(r"(.*[/#])([^/#]*)")
BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
REMEMBERED = 100_000
"""So many terms are kept at once: an answer may hold millions."""
NUMBERS = re.compile(r"(\d+)")
FIRST = (RDF + "type", RDFS + "label", SKOS + "altLabel")
SECTIONS = {
    **{f"{ID}{prefix}/": kind for kind, prefix in KINDS.items()},
    f"{ID}{OTHER}/": "Other things",
    f"{ID}fact/": "Facts in full",
    f"{ID}doc/": "Documents and what was read in them",
}
TITLES = {
    "Film": "Films", "Work": "Other works", "Person": "People", "Character": "Characters", "Place": "Places",
    "Award": "Awards", "Body": "Organizations and publications",
}  # fmt: skip
LAST = "Terms of the ontology"

Object = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple


class Terms:
    """Terms as Turtle writes them, the same one not worked out again and again."""

    def __init__(self) -> None:
        self.prefix_of = {namespace: prefix for prefix, namespace in PREFIXES.items()}
        self.known: dict[str, str] = {}

    def iri(self, iri: str) -> str:
        """A prefixed name where one is possible."""
        known = self.known.get(iri)
        if known is None:
            found = NAMESPACE.fullmatch(iri)
            prefix = self.prefix_of.get(found[1]) if found else None
            short = prefix is not None and found is not None and LOCAL_NAME.fullmatch(found[2])
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            known = self.known[iri] = f"{prefix}:{found[2]}" if short and found else str(ox.NamedNode(iri))
        return known

    def of(self, term: Object) -> str:
        """Any term."""
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if not isinstance(term, ox.Literal):
            return str(term)
        bare = BARE.get(term.datatype.value)
        if bare and bare.fullmatch(term.value):
            return term.value
        text = str(ox.Literal(term.value))
        if term.language:
            return f"{text}@{term.language}"
        return text if term.datatype.value == XSD + "string" else f"{text}^^{self.iri(term.datatype.value)}"


Subjects = dict[str, dict[str, list[str]]]


def write_turtle(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """The lines of a Turtle file: films, other works, people, … , facts in full, readings, terms."""
    terms = Terms()
    yield from prefix_lines()
    subjects = _by_subject(triples, terms)
    section = ""
    for subject in sorted(subjects, key=_place):
        title = _section(subject)
        if title != section:
            section = title
            yield f"\n# {title}\n"
        yield "\n"
        yield from _entry(subject, subjects[subject], terms, "")


def write_trig(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """The lines of a TriG file: the default graph, then the others by name."""
    terms = Terms()
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        name = quad.graph_name
        graphs.setdefault("" if isinstance(name, ox.DefaultGraph) else name.value, []).append(quad.triple)
    yield from prefix_lines()
    for graph in sorted(graphs, key=_natural):
        yield f"\n{terms.iri(graph)} {{\n" if graph else "\n{\n"
        subjects = _by_subject(graphs[graph], terms)
        for subject in sorted(subjects, key=_place):
            yield from _entry(subject, subjects[subject], terms, "    ")
        yield "}\n"


def prefix_lines() -> Iterator[str]:
    """The declarations of the prefixes."""
    for prefix in sorted(PREFIXES):
        yield f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"


def _by_subject(triples: Iterable[ox.Triple], terms: Terms) -> Subjects:
    """Objects as they are written, by subject and predicate."""
    found: Subjects = {}
    for triple in triples:
        subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)
        objects = found.setdefault(subject, {}).setdefault(triple.predicate.value, [])
        objects.append(terms.of(triple.object))
    return found


def _entry(subject: str, said: dict[str, list[str]], terms: Terms, indent: str) -> Iterator[str]:
    """Everything about one subject: a predicate a line, and an object a line where there are several."""
    predicates = sorted(said, key=lambda iri: (FIRST.index(iri) if iri in FIRST else len(FIRST), iri))
    yield f"{indent}{subject if subject.startswith('_:') else terms.iri(subject)}"
    for number, predicate in enumerate(predicates):
        name = "a" if predicate == FIRST[0] else terms.iri(predicate)
        objects = sorted(said[predicate], key=_natural)
        between = f"\n{indent}        "
        many = between + f",{between}".join(objects) if len(objects) > 1 and name != "a" else ""
        start = " " if number == 0 else f" ;\n{indent}    "
        yield f"{start}{name}{many or ' ' + ', '.join(objects)}"
    yield " .\n"


def _natural(text: str) -> list[tuple[int, str]]:
    """A key by which r2 comes before r10."""
    parts = NUMBERS.split(text)
    return [(int(part), "") if number % 2 else (0, part) for number, part in enumerate(parts)]


def _base(iri: str) -> str:
    found = re.match(f"{re.escape(ID)}[^/]*/", iri)
    return found[0] if found else ""


def _place(iri: str) -> tuple[int, list[tuple[int, str]]]:
    """Where a subject stands in the file."""
    order = list(SECTIONS)
    base = _base(iri)
    return order.index(base) if base in SECTIONS else len(order), _natural(iri)


def _section(iri: str) -> str:
    kind = SECTIONS.get(_base(iri), LAST)
    return TITLES.get(kind, kind)
