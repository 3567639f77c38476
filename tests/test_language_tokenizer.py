"""Words: English as Universal Dependencies divides it, exact offsets in any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.tokenizer import words
from kg.model import Span

CASES = {
    "She didn't say it's his, can't you see?": "She did n't say it 's his , ca n't you see ?",
    "He cannot, I’m told, won’t.": "He can not , I ’m told , wo n’t .",
    "the director’s wife and the boys' room": "the director ’s wife and the boys ' room",
    "a well-known co-star of Rode-Friis": "a well - known co-star of Rode - Friis",
    "J. Elder Crane and R. K. Damodar": "J. Elder Crane and R. K. Damodar",
    "Mr. Fox met Dr. Lee in St. Ives.": "Mr. Fox met Dr. Lee in St. Ives .",
    "It cost $40.8m in all.": "It cost $ 40.8 m in all .",
    "It cost $4.2 million, or £900,000.": "It cost $ 4.2 million , or £ 900,000 .",
    "At 12:35 a.m. on 3/4/1999.": "At 12:35 a.m. on 3/4/1999 .",
    "No. 1 in the U.S. and No. 2 here": "No. 1 in the U.S. and No. 2 here",
    "92% of them, in the '90s and 1970s": "92 % of them , in the '90s and 1970s",
    "Sons & Co., R&B, AT&T": "Sons & Co. , R&B , AT&T",
    "O'Brien, D’Artagnan, L'Avventura": "O'Brien , D’Artagnan , L'Avventura",
    "Wait... what?! Oh—no – well": "Wait ... what ?! Oh — no – well",
    "“Quoted,” he said (twice).": "“ Quoted , ” he said ( twice ) .",
    "See https://a.org/a-b?c=1, or mail a.b@c.org.": "See https://a.org/a-b?c=1 , or mail a.b@c.org .",
    "8½ hours, the 83rd time": "8½ hours , the 83rd time",
    "**Bold** and *slanted* words.[1] More.[12]": "Bold and slanted words . More .",
    "[a link](https://example.org) here": "a link here",
    "tok’s café naïve cafe\u0301": "tok ’s café naïve cafe\u0301",
    "and/or 1939-1945": "and / or 1939 - 1945",
    "Sammy Davis Jr. sang.": "Sammy Davis Jr. sang .",
    "He was gonna go.": "He was gon na go .",
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_words_are_those_of_the_treebanks(text: str, expected: str) -> None:
    assert [text[word.start : word.end] for word in words(text, Span(0, len(text)))] == expected.split()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_words_stand_apart_in_order_and_hold_no_white_space(text: str) -> None:
    found = words(text, Span(0, len(text)))
    end = 0
    for word in found:
        assert end <= word.start < word.end
        assert not any(c.isspace() for c in text[word.start : word.end])
        end = word.end


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("aé1'’.,-“” \n*[]🎬e\u0301नि"), max_size=40))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    found = words(text, Span(0, len(text)))
    covered = {at for word in found for at in range(word.start, word.end)}
    assert all(at in covered for at, c in enumerate(text) if c.isalnum() and "[" not in text)
