"""A store held against its shapes: what is wrong, in which fact, said by which sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import FilmKGError, reason
from kg.ontology import Ontology
from kg.rdf.linked import NODE
from kg.rdf.names import DEFAULT, EVIDENCE, ONTOLOGY, document_id
from kg.rdf.readings import EXACT, LABEL, OBJECT, PREDICATE, SPAN, SUBJECT
from kg.rdf.stored import ontology_of
from kg.rdf.turtle import Terms
from kg.rdf.values import to_value
from kg.shipped import shipped
from kg.store import reading

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.store.access import Target

SHAPE = "https://w3id.org/film-kg/shape#"
SH = "http://www.w3.org/ns/shacl#"
DATATYPES = (
    "xsd:string", "xsd:integer", "xsd:decimal", "xsd:date", "xsd:gYearMonth", "xsd:gMonthDay", "xsd:gYear",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that a shape forbids (`is_violation`) or finds odd, the fact it is about, and who said so."""

    is_violation: bool
    shape: str
    fact: str
    message: str
    sources: tuple[tuple[str, str], ...]
    """Documents and the words in them."""

    def __str__(self) -> str:
        kind = "violation" if self.is_violation else "warning"
        said = "".join(f'\n    {document}: "{words}"' for document, words in self.sources)
        return f"{kind} of {self.shape}: {self.fact}: {self.message}{said}"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found, violations first; `conforms` where there are none."""

    findings: tuple[Finding, ...]
    shapes: int
    """How many shapes were checked."""

    @property
    def conforms(self) -> bool:
        """True where no shape is violated; warnings may be there."""
        return not any(finding.is_violation for finding in self.findings)


def validate(store: Target, shapes: Path | str | None = None) -> Report:
    """What the shipped shapes, or those of a file, find in a store.

    pySHACL works on a copy in memory: over the store itself it takes over thirty times as long.
    """
    from pyshacl import validate as check
    from pyshacl.errors import ShapeLoadError

    with reading(store) as held:
        ontology = ontology_of(held.quads)
        rules = _shapes(Path(shapes) if shapes else shipped("ontology/shapes.ttl"), ontology)
        data = _in_memory(held.quads)
        try:
            _, report, text = check(data, shacl_graph=rules, advanced=True, inplace=True, inference=None)
        except ShapeLoadError as problem:
            raise FilmKGError(f"{shapes or 'shapes.ttl'}: {problem}") from problem
        if isinstance(report, Exception):
            raise FilmKGError(f"{shapes or 'shapes.ttl'}: {text}")
        findings = set(_findings(report, rules, held.quads, ontology))
    ordered = sorted(findings, key=lambda each: (not each.is_violation, each))
    return Report(tuple(ordered), _count(rules))


def _in_memory(quads: ox.Store) -> Graph:
    """What a plain query sees, with the classes, as an rdflib graph."""
    from rdflib import Graph

    triples = {
        q.triple for name in (DEFAULT, ONTOLOGY) for q in quads.quads_for_pattern(None, None, None, name)
    }
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return Graph().parse(data=data, format="nt")


def _shapes(path: Path, ontology: Ontology) -> Graph:
    """The shapes of a file, and two for each relation: what it is said of, what it leads to."""
    from rdflib import Graph

    rules = Graph()
    try:
        rules.parse(path, format="turtle")
    except OSError as problem:
        raise FilmKGError(f"{path}: {reason(problem)}") from problem
    except SyntaxError as problem:
        raise FilmKGError(f"{path}: {' '.join(str(problem).split())}") from problem
    lines = [f"@prefix sh: <{SH}> .", f"@prefix shape: <{SHAPE}> ."]
    for relation in (*ontology.relations, *ontology.derived):
        name, iri = relation.name, relation.iri
        domain, range_ = f"<{ontology.iri(relation.domain)}>", _range(relation.range, ontology)
        either = f"([sh:class {domain}] [sh:class <{ontology.iri('AmbiguousName')}>])"
        lines += [
            f"shape:{name}-domain a sh:NodeShape ; sh:targetSubjectsOf <{iri}> ;",
            f'  sh:message "{name} is not said of this" ; sh:or {either} .',
            f"shape:{name}-range a sh:NodeShape ; sh:targetSubjectsOf <{iri}> ;",
            f"  sh:property shape:{name}-value .",
            f'shape:{name}-value sh:path <{iri}> ; sh:message "{name} does not lead to this" ; {range_} .',
        ]
    return rules.parse(data="\n".join(lines), format="turtle")


def _range(expected: str, ontology: Ontology) -> str:
    """The constraint that says what a relation leads to."""
    if expected.startswith("xsd:"):
        types = [name for name in DATATYPES if ontology.fits(name, expected)]
        return "sh:or (" + " ".join(f"[sh:datatype <{ontology.iri(name)}>]" for name in types) + ")"
    classes = (ontology.iri(expected), ontology.iri("AmbiguousName"))
    return "sh:or (" + " ".join(f"[sh:class <{iri}>]" for iri in classes) + ")"


def _findings(report: Any, rules: Graph, quads: ox.Store, ontology: Ontology) -> Iterator[Finding]:
    """The results of a SHACL report in our words."""
    from rdflib import URIRef

    def one(result: Any, name: str) -> Any:
        return report.value(result, URIRef(SH + name))

    sources = _Sources(quads, ontology)
    owner = {part: shape for shape, part in rules.subject_objects(URIRef(SH + "property"))}
    owner |= {part: shape for shape, part in rules.subject_objects(URIRef(SH + "sparql"))}
    for result in report.subjects(URIRef(SH + "resultSeverity")):
        part = one(result, "sourceShape")
        shape = str(owner.get(part, part)).removeprefix(SHAPE)
        path = str(one(result, "resultPath") or "")
        if not path and shape.endswith("-domain"):
            path = ontology.iri(shape.removesuffix("-domain"))
        value = one(result, "value") if one(result, "resultPath") else None
        term = _to_ox(value) if value is not None else None
        readings = sources.readings(str(one(result, "focusNode")), path, term)
        yield Finding(
            is_violation=str(one(result, "resultSeverity")) == SH + "Violation",
            shape=shape,
            fact=sources.in_words(str(one(result, "focusNode")), path, term),
            message=str(one(result, "resultMessage")),
            sources=tuple(sorted(sources.words(reading) for reading in readings)),
        )


def _to_ox(term: Any) -> ox.NamedNode | ox.Literal | None:
    from rdflib import Literal, URIRef

    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, Literal):
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
    return None


def _count(rules: Graph) -> int:
    from rdflib import RDF, URIRef

    return len(set(rules.subjects(RDF.type, URIRef(SH + "NodeShape"))))


class _Sources:
    """The readings behind a fact, and their words."""

    def __init__(self, quads: ox.Store, ontology: Ontology) -> None:
        self.quads = quads
        self.ontology = ontology
        self.terms = Terms()

    def readings(self, focus: str, path: str, value: ox.NamedNode | ox.Literal | None) -> set[ox.NamedNode]:
        """The readings that say it of the focus; of a fact in full, those that support it."""
        node = ox.NamedNode(focus)
        found = self._subjects(NODE, node)
        about = self._subjects(SUBJECT, node)
        if path:
            about &= self._subjects(PREDICATE, ox.NamedNode(path)) or about
        if value is not None:
            about &= self._subjects(OBJECT, value)
        return found or (about if path else set())

    def _subjects(self, predicate: ox.NamedNode, object_: ox.NamedNode | ox.Literal) -> set[ox.NamedNode]:
        found = self.quads.quads_for_pattern(None, predicate, object_, EVIDENCE)
        return {quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)}

    def words(self, reading_: ox.NamedNode) -> tuple[str, str]:
        """The document of a reading and the words in it."""
        graph = ox.NamedNode(reading_.value.partition("#")[0])
        for span in self.quads.quads_for_pattern(reading_, SPAN, None, graph):
            if isinstance(span.object, ox.NamedNode):
                for quad in self.quads.quads_for_pattern(span.object, EXACT, None, graph):
                    return document_id(graph.value), " ".join(self._text(quad.object).split())
        return document_id(graph.value), ""

    def in_words(self, focus: str, path: str, value: ox.NamedNode | ox.Literal | None) -> str:
        """A fact as a person reads it: labels, and the relation's name."""
        words = [self._named(ox.NamedNode(focus))]
        if path:
            words.append(self.terms.iri(path).rpartition(":")[2])
        if value is not None:
            words.append(self._named(value))
        return " ".join(words)

    def _named(self, term: ox.NamedNode | ox.Literal) -> str:
        if isinstance(term, ox.Literal):
            return to_value(term).text
        for quad in self.quads.quads_for_pattern(term, LABEL, None, DEFAULT):
            return f"{self._text(quad.object)} ({self.terms.iri(term.value)})"
        return self.terms.iri(term.value)

    @staticmethod
    def _text(term: Any) -> str:
        return term.value if isinstance(term, ox.Literal) else str(term)
