"""The ontology: everything of the schema is in it, and a broken file is refused with its name and term."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import FilmKGError, OntologyError
from kg.ontology import load_ontology
from kg.shipped import shipped

SCHEMA = """
director writer producer composer cinematographer editor castMember plays characterIn basedOn author
productionCompany distributor releaseYear releaseDate runtime genre contentRating language country budget
boxOffice setIn filmedIn airedOn soundtrackPerformer parodyOf sequelOf remakeOf aggregateRating theme childOf
spouse sibling occupation awardWon awardNominated birthPlace birthDate deathDate deathPlace companyOf ownerOf
residence reviewerOf
"""
QUALIFIERS = """
forFilm year ceremony billing portrayed role gender source audience publication quote place price date time
timeZone bound asOf attributedTo
"""
HEAD = """@prefix my: <https://example.org/my#> . @prefix film: <https://w3id.org/film-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
STUNTS = """my:stunts a owl:ObjectProperty ; rdfs:subPropertyOf film:contributor ; rdfs:label "stunts" ;
    rdfs:domain film:CreativeWork ; rdfs:range film:Person ."""


def test_holds_the_whole_schema() -> None:
    ontology = load_ontology()
    assert sorted(SCHEMA.split()) == [relation.name for relation in ontology.relations]
    assert {q for name in SCHEMA.split() for q in ontology.qualifiers(name)} == set(QUALIFIERS.split())
    assert {relation.name for relation in ontology.derived} == {
        "contributor",
        "daughterOf",
        "sonOf",
        "partOf",
    }


def test_every_term_is_described() -> None:
    source = shipped("ontology/film.ttl").read_text(encoding="utf-8")
    ontology = load_ontology()
    assert set(ontology.iris) - set(ontology.labels) == set()
    assert source.count("rdfs:comment") >= len(ontology.relations) + len(ontology.node_classes)


@pytest.mark.parametrize(
    ("type_", "ancestor"),
    [
        ("Person", "Agent"),
        ("Person", "Honouree"),
        ("Character", "Figure"),
        ("Publication", "Body"),
        ("Organization", "Agent"),
        ("Film", "CreativeWork"),
        ("Novel", "Work"),
        ("Series", "Honouree"),
        ("Place", "Place"),
        ("Performance", "Record"),
    ],
)
def test_classes(type_: str, ancestor: str) -> None:
    ontology = load_ontology()
    assert ontology.is_a(type_, ancestor)
    assert not ontology.is_a(ancestor, type_) or type_ == ancestor


@pytest.mark.parametrize(
    ("type_", "expected", "fits"),
    [
        ("Book", "CreativeWork", True),
        ("Character", "Person", False),
        ("xsd:integer", "xsd:date", True),
        ("xsd:gMonthDay", "xsd:date", True),
        ("xsd:date", "xsd:integer", False),
        ("xsd:string", "xsd:date", False),
        ("xsd:decimal", "Amount", True),
        ("xsd:string", "Billing", True),
        ("Person", "Billing", False),
        ("Film", "", True),
    ],
)
def test_fits(type_: str, expected: str, fits: bool) -> None:
    assert load_ontology().fits(type_, expected) is fits


def test_node_classes() -> None:
    ontology = load_ontology()
    performance = ontology.node_class("castMember")
    assert performance is not None
    assert (performance.subject_as, performance.object_as) == ("inFilm", "performer")
    assert set(ontology.identifying("Performance")) == {"inFilm", "performer", "portrayed", "role"}
    assert ontology.qualifiers("castMember") == ("attributedTo", "billing", "portrayed", "role")
    assert ontology.qualifiers("awardWon") == ("attributedTo", "ceremony", "forFilm", "year")
    assert ontology.node_class("director") is None
    assert set(ontology.choices("Billing")) == {"lead", "supporting", "cameo"}
    assert ontology.gendered("childOf") == {"male": "sonOf", "female": "daughterOf"}
    assert ontology.kind_of("boxOffice").endswith("#BoxOffice")
    assert ontology.range_of("forFilm") == "CreativeWork"
    for node in ontology.node_classes:
        assert {node.subject_as, node.object_as} <= ontology.iris.keys()


def test_a_users_own_relation(tmp_path: Path) -> None:
    own = tmp_path / "my.ttl"
    own.write_text(HEAD + STUNTS, encoding="utf-8")
    ontology = load_ontology(own)
    assert ontology.relation("stunts").iri == "https://example.org/my#stunts"
    assert ontology.super_relations("stunts") == {"contributor"}
    with pytest.raises(OntologyError, match="no such relation"):
        load_ontology().relation("stunts")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            STUNTS.replace("film:Person", "film:Stuntman"),
            "stunts: rdfs:range is .*Stuntman, which no file defines",
        ),
        (
            STUNTS.replace("rdfs:range film:Person", 'rdfs:comment ""'),
            "stunts: a relation needs an rdfs:range",
        ),
        (
            STUNTS.replace("film:Person", "film:Person, film:Body"),
            "stunts: rdfs:range is said more than once: Body, Person",
        ),
        (STUNTS.replace("my:stunts", "my:director"), "director: .* have the same name"),
        ("film:director rdfs:domain film:Person .", "director: rdfs:domain is said more than once"),
        ("film:Work rdfs:subClassOf film:Novel .", "leads back to itself"),
        ("my:stunts a ;", "line 4"),
        ("film:Review film:describes film:castMember .", "castMember is described by Performance too"),
        ("film:Review film:alsoSays film:mood .", "mood, which is no property"),
    ],
)
def test_a_broken_file(tmp_path: Path, text: str, says: str) -> None:
    own = tmp_path / "broken.ttl"
    own.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(OntologyError, match=says):
        load_ontology(own)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl: file: No such file"):
        load_ontology(tmp_path / "none.ttl")
    with pytest.raises(FilmKGError, match=r"lacks ontology/none\.ttl"):
        shipped("ontology/none.ttl")


def test_reading_it_needs_no_rdflib() -> None:
    code = "import sys, kg.ontology; kg.ontology.load_ontology(); sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
