"""The lexicon: its examples do what they say; a row that cannot be meant is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.extract import shipped_lexicon, shipped_ontology
from kg.extract.examples import check_example
from kg.lexicon import Example, Frame, Lexicon, load_lexicon

LEXICON = shipped_lexicon()
ONTOLOGY = shipped_ontology()
LEAST_EXAMPLES = 121

DIRECTOR = """\
director:
  frames:
    - {verb: direct, subject: o, object: s}
  examples:
    - "{s:The Lantern Road} was directed by {o:Ana Petrova}."
"""


def load(folder: Path, text: str) -> Lexicon:
    path = folder / "lexicon.en.yaml"
    path.write_text(text, encoding="utf-8")
    return load_lexicon(ONTOLOGY, path)


def refused(folder: Path, text: str) -> LexiconError:
    with pytest.raises(LexiconError) as caught:
        load(folder, text)
    error = caught.value
    assert error.path == folder / "lexicon.en.yaml"
    assert str(error).startswith(f"{error.path}:{error.line}: ")
    return error


def name_of(example: Example) -> str:
    return f"{example.relation}-{example.line}-{'holds' if example.holds else 'counter'}"


@pytest.mark.parametrize("example", LEXICON.examples, ids=name_of)
def test_an_example_does_what_it_says(example: Example) -> None:
    assert check_example(example, LEXICON, ONTOLOGY) == "", f"line {example.line}: {example.marked}"


def test_all_examples_ran() -> None:
    assert len(LEXICON.examples) >= LEAST_EXAMPLES
    assert any(not example.holds for example in LEXICON.examples)


def test_every_relation_is_said_or_has_a_reason_not_to_be() -> None:
    said = {frame.relation for frame in LEXICON.frames}
    unsaid = dict(LEXICON.unsaid)
    print("unsaid:", unsaid or "none")
    assert {relation.name for relation in ONTOLOGY.relations} - said - set(unsaid) == set()
    assert said & set(unsaid) == set(), "said, and listed as unsaid"
    assert all(unsaid.values()), "a reason is missing"


@pytest.mark.parametrize("relation", sorted({frame.relation for frame in LEXICON.frames}))
def test_every_relation_of_the_lexicon_has_an_example(relation: str) -> None:
    assert [e for e in LEXICON.examples if e.relation == relation and e.holds]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (DIRECTOR + DIRECTOR.replace("director:", "dirctor:"), 6, "'dirctor' is no relation of the ontology"),
        (DIRECTOR.replace("object: s", "object: film"), 3, "'film' is no slot of director"),
        (DIRECTOR.replace("object: s", "objekt: s"), 3, "'objekt' is no position"),
        (DIRECTOR + DIRECTOR, 6, "'director' is given twice"),
        (DIRECTOR.replace("subject: o", "object: o"), 3, "'object' is given twice"),
        (DIRECTOR.replace("direct,", "&d direct,"), 3, "anchors and aliases are not allowed"),
        (DIRECTOR.replace("direct,", "*d,"), 3, "anchors and aliases are not allowed"),
        ('director:\n  examples: ["x"]\n', 1, "director has no frames"),
        ("director:\n  frames: []\n  examples: [x]\n", 1, "director has no frames"),
        (DIRECTOR.split("  examples")[0], 1, "director has no examples"),
        (DIRECTOR.split('    - "')[0] + "    []\n", 1, "director has no examples"),
        (DIRECTOR.replace("verb: direct,", "verb: direct, noun: director,"), 3, "one kind: this one is verb"),
        (DIRECTOR.replace("verb: direct, ", ""), 3, "a frame needs a kind"),
        (DIRECTOR.replace("subject: o", "by: s"), 3, "nothing fills the object o"),
        (DIRECTOR.replace("  frames", "  frame"), 2, "unknown key 'frame' in director"),
        (DIRECTOR + "unsaid: {dirctor: nobody says so}\n", 6, "'dirctor' is no relation of the ontology"),
        (DIRECTOR + "unsaid: {writer: [one, two]}\n", 6, "one word or sentence is expected"),
        (DIRECTOR + "unsaid: [writer]\n", 6, "a mapping is expected"),
        (DIRECTOR + "writer: [\n", 7, ""),
        ("director: {frames: [}\n", 1, ""),
        ("- director\n", 1, "the file must be a mapping of relations"),
        ("", 1, "the file must be a mapping of relations"),
        (DIRECTOR + f"writer: {'[' * 9}{']' * 9}\n", 6, "nested deeper than 8"),
        (f"# {'x' * 2_000_000}\n{DIRECTOR}", 1, "larger than 2000000 characters"),
        ("director: \x00\n", 1, ""),
    ],
)
def test_an_impossible_row_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    error = refused(tmp_path, text)
    assert problem in error.problem
    assert error.problem
    assert error.line == line


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"absent\.yaml:1: cannot be read"):
        load_lexicon(ONTOLOGY, tmp_path / "absent.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(LexiconError, match=r"bytes\.yaml:1: cannot be read"):
        load_lexicon(ONTOLOGY, tmp_path / "bytes.yaml")


def test_words_that_yaml_would_take_for_truth_values_stay_words(tmp_path: Path) -> None:
    text = DIRECTOR.replace("object: s}", "object: s, on: [no, off, yes, 1987]}")
    (frame,) = load(tmp_path, "lists:\n  denials: [no, on]\n  said: {no: on}\n" + text).frames
    assert dict(frame.needs) == {"on": ("no", "off", "yes", "1987")}
    lexicon = load(tmp_path, "lists:\n  denials: [no, on]\n  said: {no: on}\n" + DIRECTOR)
    assert lexicon.words("denials") == {"no": "no", "on": "on"}
    assert lexicon.words("said") == {"no": "on"}


def test_the_unsaid_are_relations_with_reasons(tmp_path: Path) -> None:
    reason = "nobody writes it out"
    assert load(tmp_path, DIRECTOR + f"unsaid: {{writer: {reason}}}\n").unsaid == (("writer", reason),)
    assert load(tmp_path, DIRECTOR + "unsaid: {}\n").unsaid == ()


def test_frames_are_found_by_kind_and_word_and_know_their_line(tmp_path: Path) -> None:
    lexicon = load(tmp_path, "lists:\n  acts: [direct, helm]\n" + DIRECTOR.replace("direct,", '"@acts",'))
    (frame,) = lexicon.triggered("verb", "helm")
    assert frame == Frame(
        relation="director",
        kind="verb",
        words=("direct", "helm"),
        slots=(("subject", "o"), ("object", "s")),
        needs=(),
        constants=(),
        word_is_object=False,
        must=(),
        line=5,
    )
    assert frame.rule == "director/verb:direct"
    assert frame.position("s") == "object"
    assert lexicon.triggered("noun", "helm") == ()
    assert [example.line for example in lexicon.examples] == [7]


def test_a_later_file_adds_to_an_earlier_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(DIRECTOR, encoding="utf-8")
    assert len(load_lexicon(ONTOLOGY, tmp_path / "one.yaml", tmp_path / "two.yaml").frames) == 2
