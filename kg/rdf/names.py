"""The IRIs of film-kg: namespaces, prefixes, readable local names, hashes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote

import pyoxigraph as ox

from kg.model import DOCUMENT_BASE
from kg.ontology.terms import FILM, OWL, RDF, RDFS, XSD

BASE = "https://w3id.org/film-kg/"
ID = BASE + "id/"
GRAPH = BASE + "graph/"
FACT = ID + "fact/"

SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"

KINDS = {
    "Film": "movie",
    "Work": "work",
    "Person": "person",
    "Character": "character",
    "Place": "place",
    "Award": "award",
    "Body": "org",
}
"""The classes that are kept apart by their prefix; every entity has one of them above it or is one."""
OTHER = "thing"
"""The prefix of what a user's own classes add."""

PREFIXES = {
    "film": FILM,
    "graph": GRAPH,
    **{prefix: f"{ID}{prefix}/" for prefix in (*KINDS.values(), OTHER)},
    "fact": FACT,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "oa": OA,
    "dcterms": DCTERMS,
    "owl": OWL,
}
"""What queries and files may abbreviate. Documents have no prefix: their IRIs hold percent signs."""

LINKS = ox.NamedNode(GRAPH + "links")
EVIDENCE = ox.NamedNode(GRAPH + "evidence")
READ = ox.NamedNode(GRAPH + "read")
INFERRED = ox.NamedNode(GRAPH + "inferred")
ONTOLOGY = ox.NamedNode(GRAPH + "ontology")
SEARCH = ox.NamedNode(GRAPH + "search")
DEFAULT = ox.DefaultGraph()
DERIVED = (LINKS, EVIDENCE, READ, INFERRED, ONTOLOGY, SEARCH, DEFAULT)
"""The graphs that are worked out; all others are documents."""

APOSTROPHES = re.compile(r"['’‘ʼ`´]")
ACCENTS = re.compile("[\u0300-\u036f]")
UNFOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that people type as others and that Unicode does not take apart."""
LONGEST_SLUG = 80
HASH_LENGTH = 8
NODE_HASH_LENGTH = 16


def slug(name: str) -> str:
    """The name as a part of an IRI: letters of any script, digits, hyphens; a hash where nothing is left."""
    text = APOSTROPHES.sub("", unicodedata.normalize("NFC", name)).lower().replace("&", " and ")
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in text)
    words = unicodedata.normalize("NFC", "-".join(kept.split()))
    if len(words) > LONGEST_SLUG:
        return f"{words[:LONGEST_SLUG].rstrip('-')}-{short_hash(words)}"
    return words or short_hash(name)


def short_hash(text: str, length: int = HASH_LENGTH) -> str:
    """The first digits of a hash, the same on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def fact_iri(class_: str, identity: tuple[tuple[str, str], ...]) -> str:
    """The IRI of a fact in full: a hash of its class and of what tells it from others."""
    parts = [class_, *(f"{name}={value}" for name, value in identity)]
    return FACT + short_hash("\n".join(parts), NODE_HASH_LENGTH)


def document_id(iri: str) -> str:
    """The id of the document that an IRI of a document, or of something in one, belongs to."""
    return unquote(iri.removeprefix(DOCUMENT_BASE).partition("#")[0])


def film(name: str) -> ox.NamedNode:
    """A term of the film-kg ontology."""
    return ox.NamedNode(FILM + name)


def folded_name(name: str) -> str:
    """A name as people type it to find it: no case, accents, apostrophes or punctuation, single spaces.

    Accents are those of alphabets (é, ё, ά): the marks of other scripts (が, हि) make another word.
    """
    letters = unicodedata.normalize("NFKD", APOSTROPHES.sub("", name).replace("&", " and ").casefold())
    plain = ACCENTS.sub("", letters).translate(UNFOLDED)
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in plain)
    return " ".join(unicodedata.normalize("NFC", kept).split()) or " ".join(name.casefold().split())
