"""What one document says, as its named graph: the primary data of a store, in the document's own terms.

    <doc/a.txt>         a film:Document ; film:documentId "a.txt" ; film:contentHash "…" .
    <doc/a.txt#e1>      a film:Mentioned ; film:type film:Person ; rdfs:label "…" ; skos:altLabel "…" ;
                        film:mention <doc/a.txt#char=0,12> .
    <doc/a.txt#r1>      a film:Reading ; rdf:subject <…#e1> ; rdf:predicate film:plays ; rdf:object <…#e2> ;
                        film:rule "…" ; film:confidence 0.9 ; film:span <doc/a.txt#char=0,40> .
    <doc/a.txt#char=0,40> a oa:TextPositionSelector, oa:TextQuoteSelector ;
                        oa:start 0 ; oa:end 40 ; oa:exact "…" .

A place that is only mentioned has its words alone. Money as an object is a number with film:currency on the
reading; as a qualifier it has a node of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.model import Claim, Document, Entity, Extraction, Object, Span
from kg.ontology import Ontology
from kg.ontology.terms import RDF, RDFS, XSD
from kg.rdf.names import DCTERMS, OA, SKOS, film
from kg.rdf.values import decimal, to_literal
from kg.rdf.vocabulary import Vocabulary

CONTEXT = 32
"""How much before and behind its words a selector holds at least, to find them again in a changed text."""
MOST_CONTEXT = 240
"""How far a selector goes on to the ends of the sentence, so that a reader has all of it."""
SENTENCE_START = re.compile(r"(?:[.!?…][”\"’')\]]*\s+|\n)(?=\S)")
SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*(?=\s|$)|(?=\n)")

TYPE = ox.NamedNode(RDF + "type")
SUBJECT = ox.NamedNode(RDF + "subject")
PREDICATE = ox.NamedNode(RDF + "predicate")
OBJECT = ox.NamedNode(RDF + "object")
LABEL = ox.NamedNode(RDFS + "label")
ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
TITLE = ox.NamedNode(DCTERMS + "title")
START, END = ox.NamedNode(OA + "start"), ox.NamedNode(OA + "end")
EXACT, PREFIX, SUFFIX = (ox.NamedNode(OA + name) for name in ("exact", "prefix", "suffix"))
SELECTORS = (ox.NamedNode(OA + "TextPositionSelector"), ox.NamedNode(OA + "TextQuoteSelector"))
INTEGER = ox.NamedNode(XSD + "integer")

DOCUMENT, MENTIONED, READING = film("Document"), film("Mentioned"), film("Reading")
DOCUMENT_ID, CONTENT_HASH = film("documentId"), film("contentHash")
ENTITY_TYPE, MENTION = film("type"), film("mention")
RULE, CONFIDENCE, SPAN = film("rule"), film("confidence"), film("span")
VALUE, CURRENCY = film("value"), film("currency")

Statement = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def document_quads(extraction: Extraction, content_hash: str, ontology: Ontology) -> Iterator[ox.Quad]:
    """The graph of a document: what it mentions, what it says, and with which words."""
    document = extraction.document
    graph = ox.NamedNode(document.iri)
    vocabulary = Vocabulary(ontology)
    yield ox.Quad(graph, TYPE, DOCUMENT, graph)
    yield ox.Quad(graph, DOCUMENT_ID, ox.Literal(document.id), graph)
    yield ox.Quad(graph, CONTENT_HASH, ox.Literal(content_hash), graph)
    if document.title:
        yield ox.Quad(graph, TITLE, ox.Literal(document.title), graph)
    spans: dict[Span, bool] = {}
    for entity in extraction.entities:
        for statement in _entity(entity, document, vocabulary):
            yield ox.Quad(*statement, graph)
        for mention in entity.mentions:
            spans.setdefault(mention.span, False)
    for number, claim in enumerate(extraction.claims, 1):
        for statement in _reading(f"{document.iri}#r{number}", claim, document, vocabulary):
            yield ox.Quad(*statement, graph)
        spans[claim.evidence.span] = True
    for span, is_evidence in spans.items():
        for statement in _selector(span, document, is_evidence):
            yield ox.Quad(*statement, graph)


def span_node(document: Document, span: Span) -> ox.NamedNode:
    """The node of a place in a document."""
    return ox.NamedNode(f"{document.iri}#char={span.start},{span.end}")


def _entity(entity: Entity, document: Document, vocabulary: Vocabulary) -> Iterator[Statement]:
    node = ox.NamedNode(entity.iri)
    yield node, TYPE, MENTIONED
    yield node, ENTITY_TYPE, vocabulary.node(entity.type)
    label = proper_name(entity)
    yield node, LABEL, ox.Literal(label)
    for name in entity.names:
        if name != label:
            yield node, ALT_LABEL, ox.Literal(name)
    for mention in entity.mentions:
        yield node, MENTION, span_node(document, mention.span)


def proper_name(entity: Entity) -> str:
    """The label, or the name that the text never uses: "Brazil" where it has "Brazilian" alone."""
    said = {mention.text for mention in entity.mentions}
    given = [name for name in entity.names if said and name not in said]
    return given[0] if given and entity.label in said and entity.type == "Place" else entity.label


def _reading(iri: str, claim: Claim, document: Document, vocabulary: Vocabulary) -> Iterator[Statement]:
    node, triple, evidence = ox.NamedNode(iri), claim.triple, claim.evidence
    yield node, TYPE, READING
    yield node, SUBJECT, ox.NamedNode(triple.subject.iri)
    yield node, PREDICATE, vocabulary.node(triple.relation)
    if isinstance(triple.object, Entity):
        yield node, OBJECT, ox.NamedNode(triple.object.iri)
    else:
        yield node, OBJECT, to_literal(triple.object)
        if triple.object.unit:
            yield node, CURRENCY, ox.Literal(triple.object.unit)
    for name, value in claim.qualifiers:
        yield from _qualifier(node, name, value, vocabulary)
    yield node, RULE, ox.Literal(evidence.rule)
    yield node, CONFIDENCE, decimal(evidence.confidence)
    yield node, SPAN, span_node(document, evidence.span)


def _qualifier(node: ox.NamedNode, name: str, value: Object, vocabulary: Vocabulary) -> Iterator[Statement]:
    property_ = vocabulary.node(name)
    if isinstance(value, Entity):
        yield node, property_, ox.NamedNode(value.iri)
    elif value.unit:
        amount = ox.NamedNode(f"{node.value}.{name}")
        yield node, property_, amount
        yield amount, VALUE, to_literal(value)
        yield amount, CURRENCY, ox.Literal(value.unit)
    else:
        yield node, property_, vocabulary.of_value(name, value)


def _selector(span: Span, document: Document, is_evidence: bool) -> Iterator[Statement]:
    """A place in the text where a fact rests on it, in numbers and in words, with its surroundings.

    Of a mention the words are enough: its IRI holds the numbers, and there are many of them.
    """
    node, text = span_node(document, span), document.text
    yield node, EXACT, ox.Literal(text[span.start : span.end])
    if not is_evidence:
        return
    for class_ in SELECTORS:
        yield node, TYPE, class_
    yield node, START, ox.Literal(str(span.start), datatype=INTEGER)
    yield node, END, ox.Literal(str(span.end), datatype=INTEGER)
    before, behind = around(text, span)
    yield node, PREFIX, ox.Literal(before)
    yield node, SUFFIX, ox.Literal(behind)


def around(text: str, span: Span) -> tuple[str, str]:
    """What stands before and behind the words: as far as their sentence seems to go, within bounds."""
    first = max(0, span.start - MOST_CONTEXT)
    starts = [match.end() for match in SENTENCE_START.finditer(text, first, span.start)]
    start = min(starts[-1] if starts else first, max(0, span.start - CONTEXT))
    last = min(len(text), span.end + MOST_CONTEXT)
    end = SENTENCE_END.search(text, span.end, last)
    stop = max(end.end() if end else last, min(len(text), span.end + CONTEXT))
    return text[start : span.start], text[span.end : stop]
