"""Linking: which entities of different documents are one, and what they are called."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from invented import says

from kg.link import Links, link
from kg.link.names import is_full, key_of, may_be_short_for
from kg.model import Extraction
from kg.ontology import load_ontology
from kg.rdf.names import PREFIXES
from kg.rdf.readings import document_quads
from kg.rdf.stored import DocumentGraph, read_document_graph

SHORT = {namespace: f"{prefix}:" for prefix, namespace in PREFIXES.items()}


def graph(extraction: Extraction) -> DocumentGraph:
    ontology = load_ontology()
    quads = document_quads(extraction, "hash", ontology)
    return read_document_graph(quads, extraction.document.iri, ontology)


def short(iri: str) -> str:
    namespace, _, name = iri.rpartition("/")
    return SHORT[namespace + "/"] + name


def linked(*documents: Sequence[str]) -> Links:
    """The links of documents a, b, c, … with these facts; the same in every order."""
    graphs = [
        graph(says(f"{letter}.txt", *facts)) for letter, facts in zip("abcdefgh", documents, strict=False)
    ]
    links = [link(order, load_ontology()) for order in itertools.islice(itertools.permutations(graphs), 6)]
    assert all(each == links[0] for each in links)
    return links[0]


def iris(links: Links, label: str) -> dict[str, str]:
    """What the entities called `label` are, by document."""
    found = {}
    for iri, entity in links.entities.items():
        if label in entity.names:
            found[iri.rpartition("/")[2].partition(".")[0]] = short(entity.iri)
    return dict(sorted(found.items()))


def test_one_name_one_thing() -> None:
    links = linked(
        ["Rain/Film | director | René Müller/Person", "Rain/Film | setIn | The Hague/Place"],
        [
            "RAIN/Film | producer | Rene Muller/Person",
            "Rain Pictures/Organization | companyOf | Sir René Müller/Person",
        ],
        ["Drought/Film | filmedIn | Hague/Place", "Ann Bly/Person | reviewerOf | Drought/Film"],
    )
    assert iris(links, "Rain") == {"a": "movie:rain", "b": "movie:rain"}
    assert set(iris(links, "René Müller").values()) == {"person:rené-müller"}
    assert iris(links, "The Hague") == {"a": "place:hague", "c": "place:hague"}
    assert links.ambiguous == ()


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("Rain/Film | releaseYear | 1932^xsd:integer", "Rain/Film | releaseYear | 2001^xsd:integer", False),
        ("Rain/Film | releaseYear | 1932^xsd:integer", "Rain/Film | releaseYear | 1933^xsd:integer", True),
        ("Rain/Film | director | Al Poe/Person", "Rain/Film | director | Cy Dorn/Person", False),
        ("Rain/Film | director | Al Poe/Person", "Rain/Film | director | Poe/Person", True),
        ("Rain/Film | director | Al Poe/Person", "Rain/Film | castMember | Ann Bly/Person", True),
        ("Rain (1932)+Rain/Film | genre | drama", "Rain (2001)+Rain/Film | genre | drama", False),
        ("Rain/Book | author | Al Poe/Person", "Rain/Song | author | Al Poe/Person", False),
        ("Rain/Book | author | Al Poe/Person", "Rain/Novel | author | Al Poe/Person", True),
        ("Rain/Work | author | Al Poe/Person", "Rain/Novel | author | Cy Dorn/Person", False),
        ("Rain/Film | genre | drama", "Rain/Work | author | Al Poe/Person", False),
    ],
)
def test_films_and_works_of_one_title(one: str, other: str, are_one: bool) -> None:
    found = iris(linked([one], [other]), "Rain") or iris(linked([one], [other]), "Rain (1932)")
    names = {entity.iri for iri, entity in linked([one], [other]).entities.items() if "Rain" in entity.names}
    assert (len(names) == 1) is are_one, found


def test_two_films_of_one_title_and_those_that_could_be_either() -> None:
    links = linked(
        ["Rain/Film | releaseYear | 1932^xsd:integer", "Rain/Film | castMember | Ann Bly/Person"],
        ["Rain/Film | releaseYear | 2001^xsd:integer", "Rain/Film | castMember | Dan Eck/Person"],
        ["Rain/Film | producer | Ann Bly/Person"],
        ["Rain/Film | genre | drama"],
    )
    assert iris(links, "Rain") == {
        "a": "movie:rain-1932",
        "b": "movie:rain-2001",
        "c": "movie:rain-1932",
        "d": "movie:rain",
    }
    (name,) = links.ambiguous
    assert short(name.iri) == "movie:rain"
    assert [short(iri) for iri in name.may_denote] == ["movie:rain-1932", "movie:rain-2001"]


def test_nothing_is_the_remake_of_itself() -> None:
    links = linked(["Rain+Rain (2001)/Film | remakeOf | Rain+Rain (1932)/Film"])
    assert sorted(short(entity.iri) for entity in links.entities.values()) == [
        "movie:rain-1932",
        "movie:rain-2001",
    ]
    links = linked(["Rain/Film | remakeOf | Rain+The old Rain/Film"])
    assert len({entity.iri for entity in links.entities.values()}) == 2


def test_one_story_filmed_twice_by_one_director() -> None:
    first = ["Rain/Film | director | Al Poe/Person", "Rain/Film | releaseYear | 1932^xsd:integer"]
    again = ["Rain/Film | director | Al Poe/Person", "Rain/Film | releaseYear | 1956^xsd:integer"]
    casts = [["Rain/Film | castMember | Ann Bly/Person"], ["Rain/Film | castMember | Dan Eck/Person"]]
    assert len(set(iris(linked(first + casts[0], again + casts[1]), "Rain").values())) == 2
    assert len(set(iris(linked(first + casts[0], again + casts[0]), "Rain").values())) == 1


def test_people_known_by_one_word() -> None:
    links = linked(
        ["Rain/Film | castMember | Ann Bly/Person"],
        ["Rain/Film | castMember | Bly/Person"],
        ["Drought/Film | castMember | Bly/Person"],
        ["Drought/Film | producer | Bly/Person"],
    )
    found = iris(links, "Bly")
    assert found["b"] == "person:ann-bly"
    assert found["c"] == found["d"]
    assert found["c"].startswith("person:bly-")
    relatives = linked(
        ["Bly/Person | childOf | Bea Bly/Person"], ["Ann Bly/Person | childOf | Bea Bly/Person"]
    )
    assert set(iris(relatives, "Bly").values()) == {"person:ann-bly"}
    two = linked(
        ["Rain/Film | castMember | Ann Bly/Person", "Rain/Film | castMember | Carl Bly/Person"],
        ["Rain/Film | castMember | Bly/Person"],
    )
    assert iris(two, "Bly")["b"].startswith("person:bly-")


def test_people_of_one_full_name() -> None:
    links = linked(
        ["Ann Bly/Person | birthDate | 1932-05-01^xsd:date"],
        ["Ann Bly/Person | birthDate | 1990^xsd:integer"],
        ["Ann Bly/Person | occupation | actress"],
    )
    assert iris(links, "Ann Bly") == {
        "a": "person:ann-bly-1932",
        "b": "person:ann-bly-1990",
        "c": "person:ann-bly",
    }
    assert [short(name.iri) for name in links.ambiguous] == ["person:ann-bly"]
    father_and_son = linked(["Al Poe+Al Poe Jr/Person | childOf | Al Poe/Person"])
    assert len({entity.iri for entity in father_and_son.entities.values()}) == 2


def test_a_middle_name_needs_company() -> None:
    with_film = linked(["Rain/Film | director | Al Ray Poe/Person"], ["Rain/Film | producer | Al Poe/Person"])
    assert set(iris(with_film, "Al Poe").values()) == {"person:al-ray-poe"}
    without = linked(
        ["Rain/Film | director | Al Ray Poe/Person"], ["Drought/Film | producer | Al Poe/Person"]
    )
    assert iris(without, "Al Poe") == {"b": "person:al-poe"}


def test_characters_belong_to_their_film() -> None:
    links = linked(
        ["Mina Roe/Character | characterIn | Rain/Film"],
        ["Rain/Film | castMember | Ann Bly/Person | portrayed=Mina/Character"],
        ["Mina/Character | characterIn | Drought/Film"],
        ["Mina/Character | occupation | nurse"],
    )
    found = iris(links, "Mina")
    assert found["b"] == "character:rain--mina-roe"
    assert found["c"] == "character:drought--mina"
    assert found["d"].startswith("character:")
    assert found["d"].endswith("--mina")
    films = linked(
        ["Rain/Film | releaseYear | 1932^xsd:integer", "Mina/Character | characterIn | Rain/Film"],
        ["Rain/Film | releaseYear | 2001^xsd:integer", "Mina/Character | characterIn | Rain/Film"],
        ["Mina/Character | characterIn | Storm/Film", "Mina/Character | characterIn | Alarm/Film"],
    )
    assert iris(films, "Mina") == {
        "a": "character:rain-1932--mina",
        "b": "character:rain-2001--mina",
        "c": "character:alarm--mina",
    }


def test_no_two_things_get_one_iri() -> None:
    links = linked(
        ["Rain 2049/Film | genre | drama"],
        ["Rain/Film | releaseYear | 2049^xsd:integer"],
        ["Rain/Film | releaseYear | 1932^xsd:integer"],
    )
    assert iris(links, "Rain 2049") == {"a": "movie:rain-2049"}
    assert iris(links, "Rain")["b"].startswith("movie:rain-2049-")


def test_labels_are_those_that_most_documents_have() -> None:
    links = linked(
        ["RAIN/Film | genre | drama"],
        ["Rain/Film | genre | drama"],
        ["Rain/Film | genre | drama"],
        ["rain/Film | genre | drama"],
    )
    assert {entity.label for entity in links.entities.values()} == {"Rain"}
    assert {entity.names for entity in links.entities.values()} == {("Rain", "RAIN", "rain")}


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("The Rain", "Film", "the-rain"),
        ("The Rain Company", "Organization", "rain-company"),
        ("Dame Ann Bly", "Person", "ann-bly"),
        ("Łukasz Żal", "Person", "lukasz-zal"),
        ("Rain (1932)", "Film", "rain"),
        ("Rain (film, 1932)", "Film", "rain"),
        ("が", "Film", "が"),
    ],
)
def test_keys(name: str, kind: str, key: str) -> None:
    assert key_of(name, kind) == key


def test_short_forms() -> None:
    assert may_be_short_for("bly", "ann-bly")
    assert may_be_short_for("ann", "ann-bly")
    assert may_be_short_for("ann-bly", "ann-rose-bly")
    assert may_be_short_for("del-sol", "ann-del-sol")
    assert not may_be_short_for("rose", "ann-rose-bly")
    assert not may_be_short_for("ann-rose", "ann-rose-bly")
    assert not may_be_short_for("ann-bly", "ann-bly")
    assert is_full("宮崎駿")
    assert not is_full("bly")
