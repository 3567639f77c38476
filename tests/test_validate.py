"""Validation: a good graph conforms, and each shape finds what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import store_of

from kg.errors import FilmKGError
from kg.store import open_store
from kg.validate import Report, validate

GOOD = """Rain/Film | director | Al Poe/Person
Rain/Film | castMember | Ann Bly/Person | portrayed=Mina/Character | billing=lead
Rain/Film | releaseYear | 1932^xsd:integer
Rain/Film | budget | 80000^xsd:decimal^NOK
Rain/Film | aggregateRating | 92% | source=The Post/Publication
Ann Bly/Person | awardWon | Bear/Award | year=1933^xsd:integer
Ann Bly/Person | birthDate | 1902^xsd:integer
Ann Bly/Person | birthDate | 1902-03-04^xsd:date
Ann Bly/Person | childOf | Cy Bly/Person | gender=female
Ann Bly/Person | ownerOf | house | price=10^xsd:decimal^GBP
Rain/Film | airedOn | Nova/Organization | time=00:35^xsd:time
Rain/Film | basedOn | Rain/Novel"""


def checked(folder: Path, *texts: str, shapes: Path | None = None) -> Report:
    return validate(store_of(folder, *texts), shapes)


def test_a_good_graph(tmp_path: Path) -> None:
    ambiguous = (
        "Rain/Film | releaseYear | 2001^xsd:integer",
        "Rain/Film | genre | drama\nBly/Person | reviewerOf | Rain/Film",
    )
    report = checked(tmp_path, GOOD, *ambiguous)
    assert report.findings == ()
    assert report.conforms
    assert report.shapes > 100


@pytest.mark.parametrize(
    ("text", "shape", "fact"),
    [
        ("Al/Character | director | Bo Poe/Person", "director-domain", "director"),
        ("Rain/Film | director | Mina/Character", "director-range", "director Mina"),
        ("Rain/Film | releaseYear | 32^xsd:integer", "ReleaseYear", "Rain (movie:rain) releaseYear 32"),
        ("Rain/Film | releaseYear | soon", "releaseYear-range", "Rain (movie:rain) releaseYear soon"),
        ("Rain/Film | runtime | 0^xsd:integer", "Runtime", "Rain (movie:rain) runtime 0"),
        ("Rain/Film | aggregateRating | good", "Rating", "aggregateRating good"),
        ("Rain/Film | budget | 10^xsd:decimal^crowns", "Amount", "currency"),
        ("Ann Bly/Person | awardWon | Bear/Award | year=33^xsd:integer", "Recognition", "year 33"),
        (
            "Ann Bly/Person | birthDate | 1990^xsd:integer\nAnn Bly/Person | deathDate | 1980-01-02^xsd:date",
            "Life",
            "Ann Bly (person:ann-bly-1990) deathDate",
        ),
        (
            "Hob Orr/Person | childOf | Ida Orr/Person\nIda Orr/Person | childOf | Hob Orr/Person",
            "Family",
            "childOf",
        ),
        ("Rain/Film | remakeOf | Rain/Film", "Remake", "remakeOf"),
    ],
)
def test_what_a_shape_forbids(tmp_path: Path, text: str, shape: str, fact: str) -> None:
    report = checked(tmp_path, GOOD.replace("Rain", "Snow"), text)
    found = [finding for finding in report.findings if finding.shape == shape]
    assert found, report.findings
    assert fact in found[0].fact
    assert found[0].is_violation
    assert not report.conforms
    document, words = found[0].sources[0]
    assert document == "1.txt"
    assert words in text
    assert str(found[0]).startswith(f"violation of {shape}: ")


def test_what_texts_contradict_each_other_about_is_a_warning(tmp_path: Path) -> None:
    first = "Rain/Film | releaseYear | 1932^xsd:integer\nRain/Film | director | Al Poe/Person"
    second = "Rain/Film | releaseYear | 1933^xsd:integer\nRain/Film | director | Al Poe/Person"
    report = checked(tmp_path, first, second)
    assert [(finding.is_violation, finding.shape) for finding in report.findings] == [
        (False, "OneReleaseYear")
    ]
    assert [document for document, _ in report.findings[0].sources] == ["0.txt", "1.txt"]
    assert report.conforms


def test_shapes_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix film: <https://w3id.org/film-kg/ontology#> .
        <urn:genre> a sh:NodeShape ; sh:targetClass film:Film ;
            sh:property [ sh:path film:genre ; sh:minCount 1 ] .""",
        encoding="utf-8",
    )
    report = checked(tmp_path, GOOD, shapes=own)
    assert [finding.shape for finding in report.findings] == ["urn:genre"]
    own.write_text("x", encoding="utf-8")
    with pytest.raises(FilmKGError, match=r"own\.ttl"):
        validate(open_store(), own)
    with pytest.raises(FilmKGError, match="no such file"):
        validate(open_store(), tmp_path / "none.ttl")
