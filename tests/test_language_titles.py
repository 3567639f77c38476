"""Titles: found with exact ends, each occurrence one token, typed by the words around them."""

from __future__ import annotations

import pytest

from kg.language import parse

CASES = [
    (
        "Who Cut the Tall Grass? is a 1966 film directed by Ivo Rann. Rann hated Who Cut the Tall Grass?.",
        ["Who Cut the Tall Grass?", "Who Cut the Tall Grass?"],
    ),
    (
        "She also appeared in It's Grand to Be Forty (1956), directed by Cyril Moss.",
        ["It's Grand to Be Forty"],
    ),
    (
        "Lin-Fa is a 1930 British-German drama film directed by Cyril Moss. Lin-Fa has no colour.",
        ["Lin-Fa", "Lin-Fa"],
    ),
    ("SALT ROAD\nPress notes: Eva Lind\n\nTwo clerks meet.", ["SALT ROAD"]),
    ("Salt Road – Did You Know?\n\nIt was shot in Malta.", ["Salt Road"]),
    ("Marta Lind starred in Aldo Ferri's 8½ (1963).", ["8½"]),
    ("In I, Clara, Ola Berg plays a nun. I, Clara was shot in Malta.", ["I, Clara", "I, Clara"]),
    (
        "Lee Fong directed Sleeping Crane, Waking Fox (2000). Ma Yun is in Sleeping Crane, Waking Fox.",
        ["Sleeping Crane, Waking Fox", "Sleeping Crane, Waking Fox"],
    ),
    ("Peter Lund became famous with Karl Rann's M (1931).", ["M"]),
    ("The film Up was a surprise. “Up” won two prizes.", ["Up", "Up"]),
    (
        "Leaving Fort Worth\n\nNick Cole plays Ben. Leaving Fort Worth was shot in Fort Worth.",
        ["Leaving Fort Worth", "Leaving Fort Worth"],
    ),
    (
        "Her first film, The Quiet Orchard, came before Salt Roads (1988) and the comedy Nobody Rings Twice.",
        ["The Quiet Orchard", "Salt Roads", "Nobody Rings Twice"],
    ),
    (
        "“The Tin Lantern” (1951) is from the novel “Lamps of Home” by Ada Pell. “I cried,” said Pell.",
        ["The Tin Lantern", "Lamps of Home"],
    ),
    (
        "Ada Pell (1901–1980) wrote *The Tin Lantern*, a novel, and _Paper Boats_, a film of 1950.",
        ["The Tin Lantern", "Paper Boats"],
    ),
    (
        "Film: A Winter in Riga (Drama, 1977, 90 minutes)\n\nA Winter in Riga tells of two brothers.",
        ["A Winter in Riga", "A Winter in Riga"],
    ),
    (
        "He said the studio hated THE LAST FERRY HOME, but DEAD RECKONING made money.",
        ["THE LAST FERRY HOME", "DEAD RECKONING"],
    ),
    (
        "Her best films stood apart. *Karin Holm* had her as a maid; *Anton Rusk* followed.",
        ["Karin Holm", "Anton Rusk"],
    ),
    (
        "We meet on Tuesdays.\n\n**Salt Roads** — Dir: Ivo Rann, US 1974, 106 mins\nTwo clerks meet.",
        ["Salt Roads"],
    ),
    (
        "We meet on Tuesdays.\n\n**4 Oct | Salt Roads** | HU 1984 | 106' | Ivo Rann\nTwo clerks meet.",
        ["Salt Roads"],
    ),
    ("My vote goes to **Paper Boats** ('73). Ada Pell robs a bank.", ["Paper Boats"]),
    ("Variety and The New York Times praised the picture. The Guardian did not.", []),
    ("Los Angeles and New York were the cities where it was filmed. Tom Hale lived in Paris.", []),
    ("“We had no money,” said Pell. “It was cold.”", []),
    ("Marcus “Duck” Oyler turned the part down.", []),
    (
        "Filmography\n\n- The Glass Road (1961)\n- Paper Kites (1964)\n- Tell Nobody (1970)",
        ["The Glass Road", "Paper Kites", "Tell Nobody"],
    ),
    (
        "The remake of Stone Harbour, titled Stone Bay, flopped. Crane hated Stone Bay.",
        ["Stone Harbour", "Stone Bay", "Stone Bay"],
    ),
    ("She won the Academy Award for Best Actress for Gone Away (1960), beating Ana Mori.", ["Gone Away"]),
    (
        "THE LONG WINTER\nFinland, 1971, 94 min. Dir.: Eero Salo\n\nA village waits for a train.",
        ["THE LONG WINTER"],
    ),
]


@pytest.mark.parametrize(("text", "titles"), CASES)
def test_titles_are_found_with_exact_ends(text: str, titles: list[str]) -> None:
    found = parse(text).titles
    assert [title.text for title in found] == titles
    assert all(text[title.span.start : title.span.end] == title.text for title in found)


def test_a_title_is_one_proper_noun_and_its_possessive_a_token_of_its_own() -> None:
    text = "The Tin Lantern (1951) opened in June. The Tin Lantern's director was Ola Berg."
    second = parse(text).sentences[1].tokens
    assert [(token.text, token.upos) for token in second[:2]] == [
        ("The Tin Lantern", "PROPN"),
        ("'s", "PART"),
    ]
    assert second[0].lemma == "The Tin Lantern"
    assert second[second[1].head].text == "The Tin Lantern"
    assert second[second[0].head].text == "director"


def test_titles_given_from_outside_are_marked() -> None:
    text = "Nobody liked Sunday at first."
    assert not parse(text).titles
    (title,) = parse(text, ["Sunday"]).titles
    assert (title.text, title.type, title.why) == ("Sunday", "Film", "given")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It is based on the novel The Tin Lantern by Ada Pell.", "Work"),
        ("It comes from “The Tin Lantern”, a short story by Ada Pell.", "Work"),
        ("Vahl sings “The Tin Lantern” over the credits.", "Work"),
        ("The Tin Lantern is a 1951 comedy film.", "Film"),
        ("He directed the thriller The Tin Lantern.", "Film"),
    ],
)
def test_the_words_around_a_title_tell_its_type(text: str, kind: str) -> None:
    assert [title.type for title in parse(text).titles] == [kind]


def test_one_string_may_be_a_film_here_and_a_book_there() -> None:
    text = "The film The Tin Lantern follows the novel The Tin Lantern closely."
    assert [title.type for title in parse(text).titles] == ["Film", "Work"]
