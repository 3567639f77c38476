"""What the extractor reads and what it leaves alone, on sentences about films that do not exist."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import explain, extract, extract_document
from kg.facts import fact_line, facts_of
from kg.model import Document, Entity, Fact

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "data" / "documents").glob("*.txt"))


def said(fact: Fact) -> tuple[str, str, str]:
    """Subject, relation and object of a fact in words."""
    thing = fact.triple.object
    right = thing.label if isinstance(thing, Entity) else f"{thing.text} {thing.unit}".strip()
    return fact.triple.subject.label, fact.triple.relation, right


def facts(text: str) -> set[tuple[str, str, str]]:
    return {said(fact) for fact in extract(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salt Road is a 1987 drama film directed by Ana Petrova.", ("Salt Road", "director", "Ana Petrova")),
        ("Salt Road was written and directed by Ana Petrova.", ("Salt Road", "writer", "Ana Petrova")),
        ('Jan Novak starred in "Salt Road" (1987) as Emil.', ("Jan Novak", "plays", "Emil")),
        ("Salt Road (1987) cost $4 million.", ("Salt Road", "budget", "4000000 USD")),
        ("The film Salt Road was shot in Ostrava.", ("Salt Road", "filmedIn", "Ostrava")),
        ("Jan Novak, the son of the actor Emil Novak, was there.", ("Jan Novak", "childOf", "Emil Novak")),
        ("Ana Petrova was born in Ostrava in 1947.", ("Ana Petrova", "birthPlace", "Ostrava")),
        ("Ana Petrova (4 May 1947 – 3 June 1999) was a poet.", ("Ana Petrova", "deathDate", "1999-06-03")),
        ("The Oscar-winning director Ana Petrova was there.", ("Ana Petrova", "awardWon", "Oscar")),
        ("Salt Road, of 1938, is a Danish comedy.", ("Salt Road", "releaseYear", "1938")),
        ("Salt Road is a Danish comedy in Malayalam.", ("Salt Road", "language", "Malayalam")),
        ("Ana Petrova was a film editor.", ("Ana Petrova", "occupation", "film editor")),
        ("Ana Petrova, a rent collector, was there.", ("Ana Petrova", "occupation", "rent collector")),
        ("A railway porter called Jan Novak was there.", ("Jan Novak", "occupation", "railway porter")),
        (
            "Salt Road is a 1987 drama. Written by Jan Novak and shot by Ana Petrova, the film won nothing.",
            ("Salt Road", "writer", "Jan Novak"),
        ),
        (
            "Salt Road is a 1987 drama film. Ana Petrova (Mira, the trainee) and Jan Novak (Otto) are good.",
            ("Ana Petrova", "plays", "Mira"),
        ),
    ],
)
def test_reads(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in facts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Salt Road (Danish: Saltvejen) is a 1987 Danish stop-motion cartoon directed by Ana Petrova.",
            {("director", "Ana Petrova"), ("releaseYear", "1987"), ("country", "Danish")},
        ),
        (
            "Salt Road is a 1987 computer-animated short produced by Jan Novak and directed by Ana Petrova.",
            {("producer", "Jan Novak"), ("director", "Ana Petrova"), ("releaseYear", "1987")},
        ),
        (
            "Salt Road is a 1987 drama serial directed by Jan Novak, written by Eva Lind and Otto Hart.",
            {("director", "Jan Novak"), ("writer", "Eva Lind"), ("writer", "Otto Hart")},
        ),
        (
            "Salt Road is a 1998 British documentary film by Ana Petrova chronicling two clerks.",
            {("director", "Ana Petrova"), ("releaseYear", "1998"), ("genre", "documentary")},
        ),
        (
            "Salt Road is a 1930 British-German drama film directed by Ana Petrova and Eva Lind and starring "
            "Jan Novak, Emil Hart and Otto Hart.",
            {("director", "Eva Lind"), ("director", "Ana Petrova"), ("castMember", "Jan Novak")}
            | {("castMember", "Emil Hart"), ("castMember", "Otto Hart")},
        ),
    ],
)
def test_what_a_sentence_says_that_a_film_is(text: str, expected: set[tuple[str, str]]) -> None:
    told = {(relation, thing) for subject, relation, thing in facts(text) if subject == "Salt Road"}
    assert expected <= told
    crew = {"director", "writer", "producer"}
    assert {fact for fact in told if fact[0] in crew} == {fact for fact in expected if fact[0] in crew}


@pytest.mark.parametrize(
    "text",
    [
        # said to be a film, though it is named once and others come after it
        "Salt Road (Danish: Saltvejen) is a 1987 drama film. {}\n\nHarbour (1990), Kelp (1992) came later.",
        "“Salt Road” is a comedy about two clerks. {} Then came Harbour (1990), and Kelp (1992).",
        # the page is of one film
        "Salt Road (1987) – trivia\n\n{}\n\nHarbour (1990) and Kelp (1992) came later.",
        "SALT ROAD\nPress notes: Eva Lind\n\n{} Harbour (1990) and Kelp (1992) came later.",
    ],
)
def test_the_film_that_an_article_is_about(text: str) -> None:
    told = facts(text.format("The film was shot in Ostrava."))
    assert any(
        subject.lower() == "salt road" and (relation, thing) == ("filmedIn", "Ostrava")
        for subject, relation, thing in told
    ), told


def test_another_title_in_brackets_is_the_same_film() -> None:
    told = facts("“Salt Road” (Danish: “Saltvejen”) is a drama. Ana Petrova directed “Saltvejen”.")
    assert ("Salt Road", "director", "Ana Petrova") in told


def test_a_share_in_a_film_is_no_trade() -> None:
    told = facts("Salt Road is a 1987 drama; the editor, Jan Novak, cut it twice.")
    assert not {fact for fact in told if fact[1] == "occupation"}


@pytest.mark.parametrize(
    "text",
    [
        "Ana Petrova did not direct Salt Road.",
        "Ana Petrova never directed the film Salt Road.",
        "Ana Petrova would have directed the film Salt Road.",
        "Ana Petrova might direct the film Salt Road.",
        "Ana Petrova refused to direct the film Salt Road.",
        "Ana Petrova wanted to direct the film Salt Road.",
        "Ana Petrova means to direct the film Salt Road.",
        "Perhaps Ana Petrova directed the film Salt Road.",
        "If Ana Petrova directed the film Salt Road, nobody noticed.",
        "Did Ana Petrova direct the film Salt Road?",
        "Ana Petrova was not nominated for an Oscar.",
        "Ana Petrova failed to win an Oscar.",
    ],
)
def test_leaves_alone_what_is_not_said_to_have_happened(text: str) -> None:
    told = {relation for _, relation, _ in facts(text)}
    assert not told & {"director", "awardWon", "awardNominated"}


def test_what_is_reported_says_who_reports_it() -> None:
    (fact,) = [
        f
        for f in extract("Ana Petrova reportedly directed the film Salt Road.")
        if f.triple.relation == "director"
    ]
    assert dict(fact.qualifiers)["attributedTo"].text == "reportedly"  # type: ignore[union-attr]


def test_in_laws_are_no_parents() -> None:
    assert not [f for f in facts("Jan Novak is the son-in-law of Emil Hrbek.") if f[1] == "childOf"]


def test_label_lines_speak_of_the_film_of_the_sheet() -> None:
    sheet = (
        "Film: Salt Road (Drama, 1987, Rated: PG, 97 minutes)\n\n"
        "Director: Ana Petrova\n\nBox office: $2.5 million\n"
    )
    found = facts(sheet)
    assert ("Salt Road", "director", "Ana Petrova") in found
    assert ("Salt Road", "runtime", "97") in found
    assert ("Salt Road", "contentRating", "PG") in found
    assert ("Salt Road", "boxOffice", "2500000 USD") in found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_evidence_is_what_stands_there(path: Path) -> None:
    document = Document(path.name, path.read_text(encoding="utf-8"))
    claims = extract_document(document).claims
    assert claims
    for claim in claims:
        span = claim.evidence.span
        assert document.text[span.start : span.end] == claim.evidence.quote
        assert 0 < claim.evidence.confidence <= 1
        assert claim.evidence.rule.startswith(f"{claim.triple.relation}/") or claim.triple.relation in (
            "plays",
            "characterIn",
        )


def test_the_same_text_gives_the_same_facts_under_any_hash_seed() -> None:
    code = (
        "import sys, json; from kg.extract import extract; from kg.facts import fact_line;"
        "print(json.dumps([fact_line(f) for f in extract(open(sys.argv[1], encoding='utf-8').read())]))"
    )
    outputs = set()
    for seed in ("0", "1", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(SAMPLES[0])],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert json.loads(outputs.pop())


def test_an_adjective_of_nationality_stands_for_its_country() -> None:
    (fact,) = [f for f in extract("Salt Road is a 1987 Brazilian film.") if f.triple.relation == "country"]
    assert isinstance(fact.triple.object, Entity)
    assert fact.triple.object.label == "Brazilian"  # as the text has it
    assert "Brazil" in fact.triple.object.names


def test_critics_are_quoted_with_publication_and_year() -> None:
    text = (
        "Salt Road is a 1987 drama film directed by Ana Petrova.\n\n"
        "The critics said:\n\n"
        "“A film of rare patience and no little wit.” — Jan Novak, The Ostrava Post, 1988.\n"
    )
    (fact,) = [f for f in extract(text) if f.triple.relation == "reviewerOf"]
    qualifiers = dict(fact.qualifiers)
    assert said(fact) == ("Jan Novak", "reviewerOf", "Salt Road")
    assert qualifiers["year"].text == "1988"  # type: ignore[union-attr]
    assert qualifiers["publication"].label == "The Ostrava Post"  # type: ignore[union-attr]
    assert qualifiers["quote"].text.startswith("A film of rare patience")  # type: ignore[union-attr]


def test_a_source_without_a_title_is_a_work_of_its_author() -> None:
    found = facts("Salt Road is a 1987 film. The film is based on the 1979 novel by Ruth Alden.")
    assert ("Salt Road", "basedOn", "1979 novel by Ruth Alden") in found
    assert ("1979 novel by Ruth Alden", "author", "Ruth Alden") in found


def test_parts_that_no_verb_names() -> None:
    found = facts("Salt Road is a 1987 film. It stars Ann Lowe. Lowe's Clara never speaks.")
    assert ("Ann Lowe", "plays", "Clara") in found
    found = facts("Salt Road is a 1987 film. A postman (Carl Dent) never speaks.")
    assert ("Salt Road", "castMember", "Carl Dent") in found


def test_facts_become_lines() -> None:
    document = Document("a.txt", "Salt Road is a 1987 drama film directed by Ana Petrova.")
    lines = [fact_line(f) for f in facts_of(extract_document(document).claims)]
    assert {line["relation"] for line in lines} >= {"director", "releaseYear", "genre"}
    assert all(line["evidence"][0]["document"] == "a.txt" for line in lines)


def test_explain_names_the_frame_and_what_was_wrong() -> None:
    told = explain("Ana Petrova did not direct the film Salt Road.")
    assert "director/verb:direct" in told
    assert "negated" in told


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            "directed by Ana Petrova ( ) , . ; : “ ” ' — - the film 1987 $ 4 million born in Ostrava "
            "won an Oscar for best actor his "
            "her son of and as is was not # * \n Director: Cast: 12 min % 🎬 é".split(" ")
        ),
        max_size=30,
    ).map(" ".join)
)
def test_no_text_is_too_strange(text: str) -> None:
    for fact in extract(text):
        for evidence in fact.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.quote


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120))
def test_no_characters_are_too_strange(text: str) -> None:
    for fact in extract(text):
        assert fact.evidence
