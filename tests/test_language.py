"""The language layer as a whole: exact offsets, the same tree wherever a sentence stands, names, figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from kg.language import Parse, Sentence, parse
from kg.language.evaluate import articles, main, paragraphs, tagged_names, treebank
from kg.language.layout import blocks
from kg.language.network import network, one_thread
from kg.language.packed import PackedSentence

ARTICLE = """THE TIN LANTERN

The Tin Lantern (1951) is a British comedy directed by Ola Berg and written by Ada Pell. It stars Tom Vale
as a ferryman, and Nora Lind, the daughter of the actor Karl Lind, as his wife.

Director: Ola Berg
Box office: £900,000

- Tom Vale was born in Riga.
- Nora Lind won an Academy Award in 1952.

“We had no money,” Berg said. “We had a ferry.”
"""


def shape(sentence: Sentence) -> list[tuple[str, str, int, str]]:
    return [(token.text, token.upos, token.head, token.label) for token in sentence.tokens]


def check(parsed: Parse) -> None:
    text = parsed.text
    for name in parsed.names:
        assert text[name.span.start : name.span.end] == name.text
    for title in parsed.titles:
        assert text[title.span.start : title.span.end] == title.text
    end = 0
    for sentence in parsed.sentences:
        assert parsed.blocks[sentence.block].body.contains(sentence.span)
        assert [token.index for token in sentence.tokens] == list(range(len(sentence.tokens)))
        assert [token.head for token in sentence.tokens].count(-1) == 1
        for token in sentence.tokens:
            assert text[token.span.start : token.span.end] == token.text
            assert token.span.start >= end
            assert token.head < len(sentence.tokens)
            end = token.span.end


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_offsets_are_exact_in_any_text(text: str) -> None:
    check(parse(text))


PIECES = [
    "Ola Berg",
    "“Up”",
    "\n\n",
    "\n",
    "*The Long Road*",
    "(1951)",
    "Director: ",
    "- ",
    "🎬",
    "é",
    "e\u0301",
]
PIECES += [
    "directed",
    "the film",
    ".",
    "?",
    "שלום",
    "…",
    "’s",
    "No. 1",
    "[1]",
    "# ",
    "THE END",
    "\u200b",
    "\x00",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_offsets_are_exact_in_film_like_text(pieces: list[str]) -> None:
    check(parse(" ".join(pieces)))


def test_names_titles_and_label_lines_of_an_article() -> None:
    parsed = parse(ARTICLE)
    check(parsed)
    assert {title.text for title in parsed.titles} == {"THE TIN LANTERN", "The Tin Lantern"}
    people = {name.text for name in parsed.names if name.type in ("Person", "Character")}
    assert people >= {"Ola Berg", "Ada Pell", "Tom Vale", "Nora Lind", "Karl Lind"}
    labels = {}
    for block in parsed.blocks:
        if block.label:
            labels[ARTICLE[block.label.start : block.label.end]] = ARTICLE[block.body.start : block.body.end]
    assert labels == {"Director": "Ola Berg", "Box office": "£900,000"}
    assert [block.kind for block in parsed.blocks] == (
        ["heading", "paragraph", "label", "label", "item", "item", "paragraph"]
    )


def test_a_sentence_has_the_same_tree_alone_in_its_text_and_in_reverse_order() -> None:
    titles = sorted({title.text for title in parse(ARTICLE).titles})
    whole = {ARTICLE[s.span.start : s.span.end]: shape(s) for s in parse(ARTICLE).sentences}
    backwards = "\n\n".join(reversed(whole))
    turned = {backwards[s.span.start : s.span.end]: shape(s) for s in parse(backwards, titles).sentences}
    for text, tree in whole.items():
        if len(tree) > 3:
            assert [shape(sentence) for sentence in parse(text, titles).sentences] == [tree]
            assert turned[text] == tree


def test_a_sample_article_reads_the_same_sentence_by_sentence() -> None:
    folder = Path(__file__).parent.parent / "data" / "documents"
    text = min(folder.glob("*.txt")).read_text(encoding="utf8")
    whole = parse(text)
    titles = sorted({title.text for title in whole.titles})
    long = [sentence for sentence in whole.sentences if len(sentence.tokens) > 3]
    assert len(long) > 10
    for sentence in reversed(long):
        alone = parse(text[sentence.span.start : sentence.span.end], titles)
        assert [shape(found) for found in alone.sentences] == [shape(sentence)]


def test_one_string_has_one_type() -> None:
    text = (
        "Berg was born in Oslo. Ola Berg made films there.\n\nBerg directed it.\n\n"
        "The critics loved Berg.\n\nIn Berg, they saw a poet."
    )
    assert {name.type for name in parse(text).names if name.text == "Berg"} <= {"Person"}


def test_a_very_long_sentence_is_cut_and_read() -> None:
    text = "He saw " + ", ".join(f"the man from house {n}" for n in range(400)) + "."
    check(parse(text))
    check(parse("antidisestablishmentarianismes" * 30 + " x" * 700))


def test_sentences_of_a_very_long_text_are_the_same_but_smaller() -> None:
    for sentence in parse(ARTICLE).sentences:
        packed = PackedSentence(sentence, ARTICLE)
        assert packed.tokens == sentence.tokens
        assert (packed.span, packed.block) == (sentence.span, sentence.block)


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("It was written by Pell.", "written", "write"),
        ("She starred in it.", "starred", "star"),
        ("He wrote it and shot it.", "shot", "shoot"),
        ("The film won two awards.", "won", "win"),
        ("They are the sons of Karl.", "sons", "son"),
        ("The film was produced by Berg.", "produced", "produce"),
        ("The film was remade in 1960.", "remade", "remake"),
        ("Two actresses sang.", "actresses", "actress"),
    ],
)
def test_lemmas(text: str, form: str, lemma: str) -> None:
    assert [token.lemma for token in parse(text).sentences[0].tokens if token.text == form] == [lemma]


def test_layout() -> None:
    text = (
        "# A heading\n\nA paragraph that was\nbroken softly.\n\n> A quotation.\n\n• One\n• Two\n\n"
        "Ola Berg\n\nDirector\n\nAda Pell\n\nWriter\n\n| Music | Nora Lind |\n"
        "France, 1951, 94 min. Editor: Tom Vale\n"
    )
    kinds = [
        (block.kind, text[block.body.start : block.body.end].replace("\n", " ")) for block in blocks(text)
    ]
    assert kinds == [
        ("heading", "A heading"),
        ("paragraph", "A paragraph that was broken softly."),
        ("quotation", "A quotation."),
        ("item", "One"),
        ("item", "Two"),
        ("credit", "Ola Berg"),
        ("credit", "Director"),
        ("credit", "Ada Pell"),
        ("credit", "Writer"),
        ("label", "Nora Lind"),
        ("paragraph", "France, 1951, 94 min."),
        ("label", "Tom Vale"),
    ]


CONLLU = """# text = Ola Berg directed it.
1\tOla\tOla\tPROPN\tNNP\t_\t3\tnsubj\t_\t_
2\tBerg\tBerg\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tdirected\tdirect\tVERB\tVBD\t_\t0\troot\t_\t_
4\tit\tit\tPRON\tPRP\t_\t3\tobj\t_\t_
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

"""


def test_evaluation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "small.conllu"
    path.write_text(CONLLU, encoding="utf8")
    assert treebank(path, network()) == {"UPOS": 100.0, "UAS": 100.0, "LAS": 100.0}
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "UPOS 100.00  UAS 100.00  LAS 100.00"
    tagged = tmp_path / "small.iob2"
    tagged.write_text("1\tOla\tB-PER\t-\t-\n2\tBerg\tI-PER\t-\t-\n3\tsleeps\tO\t-\t-\n", encoding="utf8")
    assert tagged_names(tagged, network())["PER"] == 100.0
    paragraph = {
        "title": "The Tin Lantern",
        "sents": [["Ola", "Berg", "directed", "it", "in", "Malta", "."]],
        "vertexSet": [
            [{"type": "PER", "pos": [0, 2], "sent_id": 0}],
            [{"type": "LOC", "pos": [5, 6], "sent_id": 0}],
        ],
    }
    docred = tmp_path / "small.json"
    others = {**paragraph, "title": "Other", "vertexSet": []}
    docred.write_text(json.dumps([paragraph, others]), encoding="utf8")
    assert paragraphs(docred, network(), {"The Tin Lantern"})["ALL"] == 100.0
    entities = [
        {"id": "f", "type": "Film", "names": ["The Tin Lantern", "THE TIN LANTERN"]},
        {"id": "b", "type": "Person", "names": ["Ola Berg", "Berg"]},
    ]
    gold = {"doc": "a.txt", "entities": entities, "facts": []}
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf8")
    (tmp_path / "a.gold.json").write_text(json.dumps(gold), encoding="utf8")
    figures = articles(tmp_path)
    assert figures["Titles"] == figures["Titles typed"] == 100.0
    assert main([]) == 2


def test_numpy_keeps_to_one_thread_while_a_text_is_read() -> None:
    def threads() -> list[int]:
        return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

    before = threads()
    assert before, "numpy multiplies with no library that can be limited"
    with one_thread():
        assert set(threads()) == {1}
    assert threads() == before
