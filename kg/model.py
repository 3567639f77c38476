"""The values that flow through film-kg: small, frozen, compared by what they hold.

A **Claim** is one reading of one sentence, in the terms of its own document.
A **Fact** is a triple with its qualifiers and all its evidence, from one document or many.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote as percent_encode

DOCUMENT_BASE = "https://w3id.org/film-kg/id/doc/"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `text[start:end]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """True where `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True where the two share a code point."""
        return self.start < other.end and other.start < self.end

    def join(self, other: Span) -> Span:
        """The smallest span that contains both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Document:
    """A text to read. `id` is its path below the root that was given; `source` is where it came from."""

    id: str
    text: str
    title: str = ""
    source: str = ""

    @property
    def iri(self) -> str:
        """The document's IRI, which also names its graph."""
        return DOCUMENT_BASE + percent_encode(self.id, safe="")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names something of `type`."""

    span: Span
    text: str
    type: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that the text speaks of.

    `iri` is the document's own (`doc…#e3`) in a Claim and the linked one in a Fact of a store;
    `label` is the fullest form of its name, `names` every form, `mentions` where they stand.
    """

    iri: str
    label: str
    type: str
    names: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: its canonical text, its datatype (`xsd:integer`), and the unit where it has one (`USD`)."""

    text: str
    datatype: str = "xsd:string"
    unit: str = ""


Object = Entity | Value
Qualifiers = tuple[tuple[str, Object], ...]
"""Pairs of qualifier name and value, sorted by name, each name once."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that facts may use; `domain` and `range` are names of classes or datatypes."""

    iri: str
    name: str
    label: str
    domain: str
    range: str
    inverse: str = ""
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Triple:
    """Subject, name of the relation, object."""

    subject: Entity
    relation: str
    object: Object


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that say a fact: `quote` is `text[span.start:span.end]` of the document `document` (its id).

    `rule` names the lexicon row and the construction (`director/verb:direct/passive`);
    `confidence` lies between 0 and 1. Make one with :func:`evidence_in`, which reads the quote itself.
    """

    document: str
    span: Span
    quote: str
    rule: str
    confidence: float


def evidence_in(document: Document, span: Span, rule: str, confidence: float) -> Evidence:
    """Evidence whose quote is what stands at `span` in `document`; ValueError where nothing stands there."""
    if span.end > len(document.text) or not len(span):
        raise ValueError(f"{document.id} has no text at {span.start}..{span.end}")
    return Evidence(document.id, span, document.text[span.start : span.end], rule, confidence)


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of one sentence."""

    triple: Triple
    qualifiers: Qualifiers
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple, its qualifiers, and everything that supports it, in the order of document and span."""

    triple: Triple
    qualifiers: Qualifiers
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says: its entities in order of first mention, its claims in order of the text."""

    document: Document
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
