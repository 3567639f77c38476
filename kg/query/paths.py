"""The shortest way from one person to another, over films that both act in and over family ties.

SPARQL can ask whether there is a way, but not for the way itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.names import PLACES, label_of, prefix_of, terms_named
from kg.rdf.names import DEFAULT, EVIDENCE, document_id, film
from kg.rdf.readings import CONFIDENCE, EXACT, OBJECT, PREDICATE, SPAN, SUBJECT
from kg.store import reading

if TYPE_CHECKING:
    from kg.store.access import Target

CAST_MEMBER = film("castMember")
KINSHIP = (
    ("child of", film("childOf"), True),
    ("parent of", film("childOf"), False),
    ("spouse of", film("spouse"), True),
    ("sibling of", film("sibling"), True),
)
"""How a relative is called, the relation, and whether it leads from the first to the second."""
CO_STAR = "acts with"
THROUGH = ("any", "films", "family")

Node = ox.NamedNode


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words that say a fact, and the document in which they stand."""

    words: str
    document: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A person or a film: IRI and label."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: who `start` is to `end`, the film that they share ('acts with'), what says so."""

    start: Thing
    relation: str
    end: Thing
    film: Thing | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A step as it is found: the next person, what they are, and the film or the relation behind it."""

    end: Node
    relation: str
    film: Node | None
    facts: tuple[tuple[Node, Node, Node], ...]


def shortest_path(store: Target, start: str, end: str, through: str = "any") -> tuple[Step, ...] | None:
    """The steps of a shortest path between two people, given by name or IRI; None where there is none.

    `through` is any, films or family. Of several shortest paths it is always the same one. QueryError where
    a name is unknown or ambiguous.
    """
    if through not in THROUGH:
        raise QueryError("path", f"{through} is none of {', '.join(THROUGH)}")
    with reading(store) as held:
        search = _Search(held.quads, through)
        ties = search.path(_person(held.quads, start), _person(held.quads, end))
        return None if ties is None else tuple(search.steps(ties))


def _person(quads: ox.Store, name: str) -> Node:
    (term,) = terms_named(quads, "path", name, "person")
    if not isinstance(term, ox.NamedNode) or prefix_of(term) not in PLACES["person"]:
        raise QueryError("path", f"{name} is no person")
    return term


class _Search:
    """Breadth first: each person is met once, by the first tie in the order of IRIs."""

    def __init__(self, quads: ox.Store, through: str) -> None:
        self.quads = quads
        self.through = through

    def path(self, start: Node, end: Node) -> list[tuple[Node, Tie]] | None:
        """The ties of a shortest path, each with the person from whom it leads."""
        came: dict[Node, tuple[Node, Tie] | None] = {start: None}
        edge = [start]
        films: set[Node] = set()
        while edge and end not in came:
            reached = []
            for person in edge:
                for tie in self._ties(person, films):
                    if tie.end not in came:
                        came[tie.end] = (person, tie)
                        reached.append(tie.end)
            edge = sorted(reached, key=str)
        if end not in came:
            return None
        found = []
        step = came[end]
        while step is not None:
            found.append(step)
            step = came[step[0]]
        return found[::-1]

    def _ties(self, person: Node, films: set[Node]) -> Iterator[Tie]:
        """All who share a film with a person, then the relatives. A film is looked into once."""
        if self.through != "family":
            for each in self._nodes(None, CAST_MEMBER, person):
                if each not in films:
                    films.add(each)
                    for other in self._nodes(each, CAST_MEMBER, None):
                        facts = ((each, CAST_MEMBER, person), (each, CAST_MEMBER, other))
                        yield Tie(other, CO_STAR, each, facts)
        if self.through != "films":
            for relation, property_, is_forward in KINSHIP:
                ends = (person, None) if is_forward else (None, person)
                for other in self._nodes(ends[0], property_, ends[1]):
                    fact = (person, property_, other) if is_forward else (other, property_, person)
                    yield Tie(other, relation, None, (fact,))

    def _nodes(self, subject: Node | None, predicate: Node, object_: Node | None) -> list[Node]:
        """What stands at the open end, in the order of IRIs."""
        found = self.quads.quads_for_pattern(subject, predicate, object_, DEFAULT)
        ends = (quad.object if object_ is None else quad.subject for quad in found)
        return sorted((end for end in ends if isinstance(end, ox.NamedNode)), key=str)

    def steps(self, ties: Iterable[tuple[Node, Tie]]) -> Iterator[Step]:
        """The ties with labels and sentences."""
        for start, tie in ties:
            # One sentence often says both that an actor is in a film and that another is.
            sentences = dict.fromkeys(each for fact in tie.facts for each in self._sentence(*fact))
            about = self._thing(tie.film) if tie.film else None
            yield Step(self._thing(start), tie.relation, self._thing(tie.end), about, tuple(sentences))

    def _thing(self, node: Node) -> Thing:
        return Thing(node.value, label_of(self.quads, node))

    def _sentence(self, subject: Node, predicate: Node, object_: Node) -> list[Sentence]:
        """The words of the surest reading of a fact, whichever way round it was read."""
        rated = []
        for one, other in ((subject, object_), (object_, subject)):
            for quad in self.quads.quads_for_pattern(None, SUBJECT, one, EVIDENCE):
                read = quad.subject
                said = ((PREDICATE, predicate), (OBJECT, other))
                if isinstance(read, ox.NamedNode) and all(
                    ox.Quad(read, name, what, EVIDENCE) in self.quads for name, what in said
                ):
                    rated.append((-float(self._one(read, CONFIDENCE)), read.value))
        return [self._words(ox.NamedNode(iri)) for _, iri in sorted(rated)[:1]]

    def _words(self, of_reading: Node) -> Sentence:
        span = ox.NamedNode(self._one(of_reading, SPAN))
        return Sentence(self._one(span, EXACT), document_id(of_reading.value))

    def _one(self, subject: Node, predicate: Node) -> str:
        """The only thing that is said of a reading or a span."""
        said = (quad.object for quad in self.quads.quads_for_pattern(subject, predicate, None, None))
        return next(each.value for each in said if isinstance(each, ox.NamedNode | ox.Literal))
