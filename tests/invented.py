"""Invented documents with what they say, for the tests of everything behind the extraction.

A fact is written on one line: `Anna Bly/Person | plays | Mina/Character`, further columns are qualifiers:
`| year=1996^xsd:integer | forFilm=Rain/Film`. An entity has a type after the slash, and more names after a
plus; a value has its datatype after the caret, and its unit after another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from rdflib import Dataset

from kg.build import build
from kg.model import (
    Claim,
    Document,
    Entity,
    Extraction,
    Mention,
    Object,
    Qualifiers,
    Span,
    Triple,
    Value,
    evidence_in,
)
from kg.store import open_store


def says(id_: str, *facts: str, text: str = "", confidence: float = 0.9) -> Extraction:
    """What a document says. Without a text of its own, each fact is a sentence of it."""
    sentences = [_sentence(fact) for fact in facts]
    document = Document(id_, text or "\n".join(sentences) or "Nothing.")
    entities = _entities(document, facts)
    claims = []
    for fact, sentence in zip(facts, sentences, strict=True):
        words = sentence if sentence in document.text else fact
        start = document.text.find(words)
        span = Span(start, start + len(words)) if start >= 0 else Span(0, len(document.text))
        subject, relation, object_, *rest = (column.strip() for column in fact.split("|"))
        pairs = (pair.partition("=") for pair in sorted(rest))
        qualifiers: Qualifiers = tuple((name, _thing(value, entities)) for name, _, value in pairs)
        triple = Triple(_entity(subject, entities), relation, _thing(object_, entities))
        claims.append(
            Claim(triple, qualifiers, evidence_in(document, span, f"{relation}/invented", confidence))
        )
    return Extraction(document, tuple(entities.values()), tuple(claims))


def reads(document: Document) -> Extraction:
    """What a document says whose text is its facts, a line each: a stand-in for the extraction."""
    return says(document.id, *document.text.splitlines(), text=document.text)


def store_of(folder: Path, *texts: str) -> Dataset:
    """A store in memory of documents with these texts, which are written below `folder`."""
    documents = folder / "documents"
    documents.mkdir()
    for number, text in enumerate(texts):
        (documents / f"{number}.txt").write_text(text, encoding="utf-8")
    store = open_store()
    build([documents], store, extract=reads, fingerprint="test")
    return store


def _sentence(fact: str) -> str:
    words = re.sub(r"[/^][^|\s]*|[|=]", " ", re.sub(r"\+[^/|]*/", "/", fact))
    return " ".join(words.split()) + "."


def _entities(document: Document, facts: tuple[str, ...]) -> dict[str, Entity]:
    """Entities by the way they are written, numbered as they come."""
    found: dict[str, Entity] = {}
    for fact in facts:
        for place, column in enumerate(fact.split("|")):
            written = column.partition("=")[2].strip() if place > 2 else column.strip()
            if "/" in written and "^" not in written and written not in found:
                names, _, type_ = written.rpartition("/")
                forms = tuple(names.split("+"))
                places = [m.span() for form in forms for m in re.finditer(re.escape(form), document.text)]
                mentions = tuple(Mention(Span(*p), document.text[slice(*p)], type_) for p in places)
                found[written] = Entity(f"{document.iri}#e{len(found) + 1}", forms[0], type_, forms, mentions)
    return found


def _entity(written: str, entities: Mapping[str, Entity]) -> Entity:
    return entities[written]


def _thing(written: str, entities: Mapping[str, Entity]) -> Object:
    if "^" not in written and "/" in written:
        return entities[written]
    text, _, rest = written.partition("^")
    datatype, _, unit = rest.partition("^")
    return Value(text, datatype or "xsd:string", unit)
