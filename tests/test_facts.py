"""Facts: which claims join, whatever their order, and the lines they are printed in."""

from __future__ import annotations

import itertools
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import says

from kg.facts import confidence_of, fact_line, facts_of
from kg.model import Claim, Entity, Fact, Object

OSCAR = "Cage/Person | awardWon | Oscar/Award"


def shown(facts: tuple[Fact, ...]) -> list[str]:
    """Facts as short strings: qualifiers, then how many readings."""

    def word(value: Object) -> str:
        return value.label if isinstance(value, Entity) else value.text

    return sorted(
        " ".join([f.triple.relation, *(f"{n}={word(v)}" for n, v in f.qualifiers), f"x{len(f.evidence)}"])
        for f in facts
    )


def claims_of(*facts: str) -> tuple[Claim, ...]:
    return says("a.txt", *facts).claims


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([OSCAR, OSCAR + "|year=1996^xsd:integer"], ["awardWon year=1996 x2"]),
        (
            [OSCAR, OSCAR + "|year=1996^xsd:integer", OSCAR + "|year=2003^xsd:integer"],
            ["awardWon x1", "awardWon year=1996 x1", "awardWon year=2003 x1"],
        ),
        (
            [OSCAR + "|year=1996^xsd:integer", OSCAR + "|year=1996^xsd:integer|forFilm=Rain/Film"],
            ["awardWon forFilm=Rain year=1996 x2"],
        ),
        (
            [OSCAR + "|year=1996^xsd:integer", OSCAR + "|forFilm=Rain/Film"],
            ["awardWon forFilm=Rain x1", "awardWon year=1996 x1"],
        ),
        (
            [
                "Rain/Film|castMember|Bly/Person|billing=lead",
                "Rain/Film|castMember|Bly/Person|portrayed=Mina/Character",
            ],
            ["castMember billing=lead portrayed=Mina x2"],
        ),
        (
            [
                "Rain/Film|castMember|Bly/Person|role=nun|billing=lead",
                "Rain/Film|castMember|Bly/Person|role=nun|billing=cameo",
                "Rain/Film|castMember|Bly/Person",
            ],
            [
                "castMember billing=cameo role=nun x1",
                "castMember billing=lead role=nun x1",
                "castMember role=nun x1",
            ],
        ),
        (
            ["Ann/Person|childOf|Bob/Person|gender=female", "Ann/Person|childOf|Bob/Person"],
            ["childOf gender=female x2"],
        ),
        (
            ["Ann/Person|sibling|Bob/Person|attributedTo=reportedly", "Ann/Person|sibling|Bob/Person"],
            ["sibling x2"],
        ),
        (["Ann/Person|sibling|Bob/Person|attributedTo=reportedly"], ["sibling attributedTo=reportedly x1"]),
    ],
)
def test_which_claims_join(facts: list[str], expected: list[str]) -> None:
    for order in itertools.permutations(claims_of(*facts)):
        assert shown(facts_of(order)) == expected


QUALIFIERS = [
    "",
    "|year=1996^xsd:integer",
    "|year=2003^xsd:integer",
    "|forFilm=Rain/Film",
    "|ceremony=the gala",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([OSCAR + a + b for a in QUALIFIERS[:3] for b in QUALIFIERS]), max_size=6),
    st.randoms(),
)
def test_the_order_of_claims_does_not_matter(facts: list[str], random: object) -> None:
    facts = [fact for fact in facts if fact.count("year=") < 2]
    claims = list(claims_of(*facts))
    once = facts_of(claims)
    claims.reverse()
    assert facts_of(claims) == once
    assert sum(len(fact.evidence) for fact in once) == len({claim.evidence for claim in claims})


def test_a_line() -> None:
    extraction = says(
        "a.txt",
        "Rain/Film | boxOffice | 4000000^xsd:decimal^USD | bound=at least",
        "Rain/Film | reviewerOf | Rain/Film | publication=The Post/Publication",
        "Bly/Person | ownerOf | house | price=90000^xsd:decimal^GBP",
    )
    first, second, third = (fact_line(fact) for fact in facts_of(extraction.claims))
    iri = "https://w3id.org/film-kg/id/doc/a.txt#e1"
    assert first == {
        "subject": {"iri": iri, "type": "Film", "name": "Rain"},
        "relation": "boxOffice",
        "object": {"value": "4000000", "datatype": "xsd:decimal", "unit": "USD"},
        "qualifiers": {"bound": "at least"},
        "evidence": [
            {
                "document": "a.txt",
                "start": 0,
                "end": 38,
                "text": extraction.document.text[:38],
                "rule": "boxOffice/invented",
                "confidence": 0.9,
            }
        ],
    }
    assert second["qualifiers"]["publication"]["name"] == "The Post"
    assert third["qualifiers"]["price"] == {"value": "90000", "datatype": "xsd:decimal", "unit": "GBP"}
    assert json.loads(json.dumps(first)) == first


def test_further_documents_raise_confidence() -> None:
    one = facts_of(says("a.txt", OSCAR).claims)[0]
    assert confidence_of(one) == 0.9
    more = Fact(one.triple, one.qualifiers, (*one.evidence, *one.evidence))
    assert confidence_of(more) == 0.9


def test_many_claims_about_one_triple() -> None:
    """A film is broadcast ten thousand times; that must not take the square of it."""
    dates = [
        f"|date=19{n // 336 + 10:02}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}^xsd:date" for n in range(10_000)
    ]
    claims = claims_of(*("Rain/Film|airedOn|Nova/Organization" + date for date in ["", *dates]))
    start = time.process_time()
    assert len(facts_of(claims)) == 10_001
    assert time.process_time() - start < 2
