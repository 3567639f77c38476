"""Ontology files to an :class:`Ontology`, or an OntologyError that names the file and the term.

Read with Oxigraph's parser: rdflib takes long to import, and nothing from text to facts needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model import Relation
from kg.ontology.terms import FILM, OWL, RDF, RDFS, XSD, NodeClass, Ontology
from kg.shipped import shipped

PROPERTY_TYPES = frozenset({OWL + "ObjectProperty", OWL + "DatatypeProperty", RDF + "Property"})
CLASS_TYPES = frozenset({OWL + "Class", RDFS + "Class"})


def load_ontology(*paths: Path | str) -> Ontology:
    """The shipped ontology together with the files given; assembled once a process for the same content."""
    everything = (shipped("ontology/film.ttl"), *(Path(path) for path in paths))
    try:
        return _load(tuple((path, path.read_bytes()) for path in everything))
    except OSError as problem:
        raise OntologyError(problem.filename, "file", problem.strerror or str(problem)) from problem


def read_ontology(data: bytes, name: str) -> Ontology:
    """The ontology of one piece of Turtle that holds everything; `name` stands for it in errors."""
    return _load(((Path(name), data),))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, bytes], ...]) -> Ontology:
    statements = Statements()
    for path, data in files:
        statements.read(path, data)
    return Assembly(statements).ontology(tuple(path for path, _ in files))


class Statements:
    """The triples of the files, by predicate and subject, and the file that speaks of a term last."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, list[str]]] = {}
        self.origin: dict[str, Path] = {}

    def read(self, path: Path, data: bytes) -> None:
        """Adds what one file says."""
        try:
            quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE))
        except SyntaxError as problem:
            raise OntologyError(path, f"line {problem.lineno}", problem.msg) from problem
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                subject, value = quad.subject.value, quad.object.value
                values = self.objects.setdefault(quad.predicate.value, {}).setdefault(subject, [])
                if value not in values:
                    values.append(value)
                self.origin[subject] = path

    def all(self, predicate: str, subject: str) -> list[str]:
        """Every value, in the order of the files."""
        return self.objects.get(predicate, {}).get(subject, [])

    def one(self, predicate: str, subject: str) -> str:
        """The only value, or ''; several contradict each other."""
        values = self.all(predicate, subject)
        if len(values) > 1:
            said = ", ".join(sorted(map(local_name, values)))
            raise self.error(subject, f"{local_name(predicate)} is said more than once: {said}")
        return values[0] if values else ""

    def of_type(self, types: Iterable[str]) -> list[str]:
        """The subjects that have one of these types, sorted."""
        wanted = set(types)
        return sorted(s for s, found in self.objects.get(RDF + "type", {}).items() if wanted & set(found))

    def error(self, subject: str, problem: str) -> OntologyError:
        """The error to raise about a term."""
        return OntologyError(self.origin[subject], local_name(subject), problem)


def local_name(iri: str) -> str:
    """The name of a term: what follows the namespace, with `xsd:` or `rdfs:` before a datatype."""
    for prefix, namespace in (("xsd:", XSD), ("rdfs:", RDFS)):
        if iri.startswith(namespace):
            return prefix + iri[len(namespace) :]
    return iri.rstrip("/#").rpartition("#" if "#" in iri else "/")[2]


class Assembly:
    """Statements to an ontology, checked on the way."""

    def __init__(self, statements: Statements) -> None:
        self.said = statements
        self.classes = statements.of_type(CLASS_TYPES)
        self.properties = statements.of_type(PROPERTY_TYPES)
        self.iris = self._names()
        self.ancestors = {local_name(c): self._above(c, RDFS + "subClassOf") for c in self.classes}

    def ontology(self, paths: tuple[Path, ...]) -> Ontology:
        """The whole, or an OntologyError."""
        said = self.said
        relations = {p: self._relation(p) for p in self.properties if self._speaks_of_the_world(p)}
        names = {relation.name: relation for relation in relations.values()}
        derived = {r.name for p, r in relations.items() if said.one(FILM + "derived", p) == "true"}
        nodes = tuple(self._node_class(c, names) for c in self.classes if said.all(FILM + "describes", c))
        node_of = self._node_of(nodes)
        labels = {name: said.one(RDFS + "label", iri) for name, iri in self.iris.items()}
        return Ontology(
            paths=paths,
            relations=tuple(r for r in relations.values() if r.name not in derived),
            derived=tuple(r for r in relations.values() if r.name in derived),
            node_classes=nodes,
            labels={name: label for name, label in labels.items() if label},
            iris=self.iris,
            at_most_one=frozenset(
                r.name for p, r in relations.items() if said.one(FILM + "atMostOne", p) == "true"
            ),
            names=names,
            ancestors=self.ancestors,
            supers={r.name: self._above(p, RDFS + "subPropertyOf") for p, r in relations.items()},
            ranges={local_name(p): self._named(RDFS + "range", p) for p in self.properties},
            qualified={r.name: self._qualifiers(p, node_of.get(r.name)) for p, r in relations.items()},
            node_of=node_of,
            kinds={local_name(p): iri for p in self.properties if (iri := said.one(FILM + "kindIs", p))},
            genders={
                local_name(p): word for p in self.properties if (word := said.one(FILM + "whereGender", p))
            },
            terms={
                local_name(c): self._terms(c) for c in self.classes if "Term" in self.ancestors[local_name(c)]
            },
        )

    def _names(self) -> dict[str, str]:
        """Local names to IRIs: what lexicon, facts and errors call the terms, so no two may share one."""
        names: dict[str, str] = {}
        individuals = (s for s in self.said.objects.get(RDF + "type", {}) if s.startswith(FILM))
        for iri in sorted({*self.classes, *self.properties, *individuals}):
            other = names.setdefault(local_name(iri), iri)
            if other != iri:
                raise self.said.error(iri, f"{iri} and {other} have the same name")
        return names

    def _above(self, iri: str, predicate: str) -> frozenset[str]:
        """The names of everything that stands above a class or property."""
        found: set[str] = set()
        waiting = list(self.said.all(predicate, iri))
        while waiting:
            upper = waiting.pop()
            if upper == iri:
                raise self.said.error(iri, f"{local_name(predicate)} leads back to itself")
            if upper not in found:
                found.add(upper)
                waiting += self.said.all(predicate, upper)
        return frozenset(map(local_name, found))

    def _named(self, predicate: str, iri: str) -> str:
        """The name of the only value, which has to be a term of the ontology or a datatype."""
        value = self.said.one(predicate, iri)
        name = local_name(value) if value else ""
        if name and not name.startswith(("xsd:", "rdfs:")) and self.iris.get(name) != value:
            raise self.said.error(iri, f"{local_name(predicate)} is {value}, which no file defines")
        return name

    def _speaks_of_the_world(self, iri: str) -> bool:
        domain = self._named(RDFS + "domain", iri)
        return domain != "Record" and "Record" not in self.ancestors.get(domain, ())

    def _relation(self, iri: str) -> Relation:
        """A relation with its one domain and its one range."""
        label, domain = self.said.one(RDFS + "label", iri), self._named(RDFS + "domain", iri)
        range_, types = self._named(RDFS + "range", iri), self.said.all(RDF + "type", iri)
        for predicate, value in (("label", label), ("domain", domain), ("range", range_)):
            if not value:
                raise self.said.error(iri, f"a relation needs an rdfs:{predicate}")
        symmetric = OWL + "SymmetricProperty" in types
        if symmetric and domain != range_:
            raise self.said.error(iri, "a symmetric relation has the same domain and range")
        inverse = self._named(OWL + "inverseOf", iri)
        return Relation(iri, local_name(iri), label, domain, range_, inverse, symmetric)

    def _node_class(self, iri: str, relations: dict[str, Relation]) -> NodeClass:
        describes = sorted(map(local_name, self.said.all(FILM + "describes", iri)))
        for name in describes:
            if name not in relations:
                raise self.said.error(iri, f"describes {name}, which is no relation")
        subject, object_, kind, unit = (
            self._named(FILM + p, iri) for p in ("subjectAs", "objectAs", "kindAs", "unitAs")
        )
        if not subject or not object_:
            raise self.said.error(iri, "a node class needs film:subjectAs and film:objectAs")
        identifying, also = (self._properties(iri, FILM + p) for p in ("identifiedBy", "alsoSays"))
        return NodeClass(
            local_name(iri), iri, tuple(describes), subject, object_, kind, unit, identifying, also
        )

    def _properties(self, iri: str, predicate: str) -> tuple[str, ...]:
        """The names of the properties that a term lists, in alphabetical order."""
        listed = self.said.all(predicate, iri)
        for value in listed:
            if value not in self.properties:
                raise self.said.error(iri, f"{local_name(predicate)} names {value}, which is no property")
        return tuple(sorted(map(local_name, listed)))

    def _node_of(self, nodes: tuple[NodeClass, ...]) -> dict[str, NodeClass]:
        """Relations to the class that says them in full, of which each has one at most."""
        found: dict[str, NodeClass] = {}
        for node in nodes:
            for relation in node.describes:
                if found.setdefault(relation, node) is not node:
                    raise self.said.error(node.iri, f"{relation} is described by {found[relation].name} too")
        return found

    def _qualifiers(self, iri: str, node: NodeClass | None) -> tuple[str, ...]:
        """Of a relation: its node's, its own, and who says so, which every claim may have."""
        own = self._properties(iri, FILM + "qualifiedBy")
        return tuple(sorted({*own, *(node.qualifiers if node else ()), "attributedTo"}))

    def _terms(self, class_: str) -> dict[str, str]:
        """The individuals of an enumerated class by the words that stand for them."""
        return {self.said.one(RDFS + "label", iri): iri for iri in self.said.of_type([class_])}
