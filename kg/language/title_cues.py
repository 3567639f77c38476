"""Titles that a sentence shows: a year behind them, "the film X" before them, capitals, the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.language.cue import Cue, text_at
from kg.language.forms import is_common, is_sentence_word, word_set
from kg.language.names import TITLE_TYPES
from kg.language.parse import Block, Name
from kg.language.phrases import Words
from kg.language.title_layout import is_page_name, laid_out
from kg.language.title_marks import case, is_nickname, marked
from kg.language.title_types import FILM_NOUN, WORK_NOUN, YEAR
from kg.model import Span

_BEHIND_YEAR = re.compile(rf"[(\[](?:[^()\[\]]*?[\s,;])?(?:{YEAR}(?![\d–-])|\d{{2,3}} min)[^()]*[)\]]")
_LIFE = re.compile(
    r"\s?\(\s*(?:b\.|born|d\.|died|c\.)|\s?\([^()]*\d{4}\s*[–-]\s*(?:\d{2,4}|present|\))|\s?\([^()]*\b(?:born|died)\b"
)
_QUESTION = re.compile(
    r"\b(?:Who|Whose|What|Where|When|Why|How|Is|Are|Do|Does|Did|Have|Can|Will)(?:['’]s)?(?:\s[\w’'.-]+){2,9}\?"
)
_CAPITAL_BEFORE = re.compile(r"\b[^\W\d_a-z][\w’']*[,:]?\s$")
_FIRST_PERSON = re.compile(r"(?<![\w“\"‘])I, (?=[^\W\d_a-z])\w+(?: (?=[^\W\d_a-z])\w+)?")
_MAKER = re.compile(rf"(?:['’]s)?\s(?:\w+\s)?(?:{WORK_NOUN}|remake|film|version|picture)\b")
_BORN = re.compile(r"\s(?:was born|is born|\((?:b\.|born))|,\sborn\b")
_AWARD_YEAR = re.compile(r"\((?:Best|Winner|Nominat|Grand|Special)")
_OPENING = r"[“\"‘'*_]*(?=[^\W_a-z])"
_FILM_BEFORE = re.compile(
    rf"\b(?!plays\b)(?:{FILM_NOUN}|{WORK_NOUN})\s+(?:(?:called|titled|entitled|named|of)\s+)?{_OPENING}"
    rf"|\b(?:his|her|their|its|first|second|third|last|next|new|latest|only|['’]s)\s(?:\w+\s){{0,3}}{FILM_NOUN},\s"
    rf"{_OPENING}"
)
_TITLED = re.compile(rf"\b(?:(?:en|re)?titled|released as|remade (?:\w+ \w+ )?as)\s+{_OPENING}")
_WEAK_BEFORE = re.compile(
    r"\b(?:(?:sequel|prequel|homage|follow-up) to|(?:remake|parody|version|adaptation|spoof|making|star|hero|"
    r"heroine|cast|set|sets|director|score|premiere|release) of|(?:starred|stars|starring|"
    r"appeared|appears|seen|roles?|parts?|performances?|turns?|cameo|impersonation,?|"
    r"portrayal)(?:\s[^.,;()]{1,40})? in"
    rf"|(?:directed|shot|wrote|written|produced|scored|edited|saw)) {_OPENING}"
)
_BEHIND = re.compile(
    rf",?\s(?:is|was)\s(?:a|an|the|his|her)\s(?:[\w-]+,?\s){{0,5}}?{FILM_NOUN}\b"
    rf"|,\s(?:a|an|the|his|her|their)\s(?:[\w-]+,?\s){{0,4}}?(?:{FILM_NOUN}|{WORK_NOUN})\b"
    rf"|,\s(?:[\w.’'-]+\s){{1,3}}(?:\w+\s){{0,2}}?{FILM_NOUN}\b|,\s(?:directed|written|produced)\sby\b"
    r"|,?\s(?:opened|premiered|grossed)\b"
    r"|['’]s\s(?:director|score|premiere|screenplay|box office|release|cast|sets)\b"
)
_DEFINED = re.compile(
    r"[“\"‘*_]{0,3}(?P<title>[A-ZÀ-Þ0-9¿¡](?:(?!\b(?:is|was|were|by)\b)[^.\n“”\"()]|\b[A-Z]\.|(?<=Mr)\.|(?<=Mrs)\.|(?<=Dr)\.){0,90}?)"
    r"[”\"’*_]{0,3}(?: ?\([^()\n]{0,160}\))?,? (?:is|was) an? (?:(?:early|mid|late)-)?(?:18|19|20)\d\d\b"
    rf"[^.\n]{{0,80}}?\b(?:{FILM_NOUN}|cartoon|serial|featurette|miniseries)\b"
)
_MOST_TITLE_WORDS = 12
_NOUNS_OF_NAMES = word_set(
    "Festival Award Awards Prize Prizes Academy Society Theatre Theater Cinema Cinemas Studios Studio "
    "Pictures Films Film Productions Production Entertainment Company Corporation Press University "
    "School College Institute Museum Library Street Road Avenue Square Lane Park River Hall Church "
    "Hospital Station Times Post Guild Association Circle Board Council Government Army Party War Day "
    "Week Records Orchestra Band Club Bank Hotel Medal Cup Year Eve Actor Actress Director Screenplay "
    "Picture Feature Documentary Language Score Cinematography Editing Globe Globes Review Journal "
    "Magazine News Herald Tribune Gazette Chronicle Best President Minister County District Province "
    "Department Ministry Embassy"
)
_IN_NAMES = word_set(
    "The Of And New North South East West United Saint San Mr Mrs Miss Sir Lady Lord King Queen"
)
_NO_FILM = re.compile(
    r"(?:I|A|The|He|She|It|We|They|You|But|And|In|On|At|Festival|Award|Awards|Academy|Board|\d+)$"
)


def cues(words: Words, blocks: Sequence[Block]) -> Iterator[Cue]:
    """Every cue of the text, block by block."""
    for number, block in enumerate(blocks):
        yield from _phrases(words, block)
        if block.kind != "heading":
            yield from _spelled(words.text, block.body)
        yield from laid_out(words.text, blocks, number)
        yield from marked(words.text, block)
        yield from _defined(words.text, block.body)
        yield from _year_behind(words, block.body)
        yield from _film_before(words, block.body)
        yield from _capitals(words, block)


def from_names(words: Words, blocks: Sequence[Block], names: Sequence[Name]) -> Iterator[Cue]:
    """A cue for each name that the model takes for a title, with mended ends, or the sentence calls one."""
    number = 0
    for name in names:
        while blocks[number].span.end <= name.span.start:
            number += 1
        body = words.reading.words(blocks[number].body)
        inside = words.reading.words(name.span)
        if not body or not inside or inside.start < body.start or is_page_name(name.text):
            continue
        start, end = name.span.start, name.span.end
        if words.text[start - 1 : start] in ("“", '"') and is_nickname(
            words.text[max(0, start - 60) : start - 1], words.text[end : end + 60]
        ):
            continue
        if name.type in TITLE_TYPES and not any(
            no.match(words.text, name.span.end) for no in (_MAKER, _LIFE, _BORN)
        ):
            phrase = words.mended(inside, body.start, body.stop)
            if phrase:
                yield Cue(words.span(phrase), 0.0, "model")
        if name.type not in ("Time", "Number") and not words.is_nationality(inside.start, body.start):
            span = words.span(words.rightward(inside.start, body.stop))
            if _BEHIND.match(words.text, span.end, blocks[number].body.end):
                yield Cue(span, 0.7, "apposition")


def _defined(text: str, body: Span) -> Iterator[Cue]:
    """What begins a paragraph and is said to be a film of a year: 'X (Danish: Y) is a 1995 drama film'."""
    said = _DEFINED.match(text, body.start, body.end)
    if said and len(said["title"].split()) <= _MOST_TITLE_WORDS:
        yield Cue(Span(*said.span("title")), 2.5, "film", "Film")


def _year_behind(words: Words, body: Span) -> Iterator[Cue]:
    """'X (1995)', 'X (Drama, 1995)': X as far to the left as it can reach."""
    text = words.text
    inside = words.reading.words(body)
    for word in inside[1:]:
        at = words.reading.start[word]
        if text[at] not in "([" or not _BEHIND_YEAR.match(text, at, body.end):
            continue
        if _LIFE.match(text, at, body.end) or _AWARD_YEAR.match(text, at, body.end):
            continue
        if text[words.reading.end[word - 1] - 1] in "”\"’'»" or words.touching(word):
            continue
        phrase = words.leftward(word - 1, inside.start)
        if phrase and words.is_open(phrase.start):
            yield Cue(words.span(phrase), 1.0 if len(phrase) == 1 else 1.5, "year")


def _film_before(words: Words, body: Span) -> Iterator[Cue]:
    """'the film X', 'a remake of X': X as far to the right as it can reach."""
    patterns = ((_FILM_BEFORE, 1.0, "film"), (_TITLED, 1.3, "titled"), (_WEAK_BEFORE, 0.45, "context"))
    for pattern, weight, why in patterns:
        for match in pattern.finditer(words.text, body.start, body.end):
            found = words.reading.words(Span(match.end(), body.end))
            if found and words.reading.start[found.start] == match.end() and words.is_open(found.start):
                span = words.span(words.rightward(found.start, found.stop))
                if not _NO_FILM.match(text_at(words.text, span)):
                    yield Cue(span, weight, why)


def _spelled(text: str, body: Span) -> Iterator[Cue]:
    """Titles with a mark inside: a question in capitals ('What Ever Happened to Aunt May?'), 'I, Robot'."""
    for match in _QUESTION.finditer(text, body.start, body.end):
        inside = _CAPITAL_BEFORE.search(text[max(body.start, match.start() - 20) : match.start()])
        if not inside and case(match.group()) == 1.0 and len(re.findall(r"\b[^\W\d_a-z]", match.group())) > 2:
            yield Cue(Span(*match.span()), 1.1, "question")
    for match in _FIRST_PERSON.finditer(text, body.start, body.end):
        yield Cue(Span(*match.span()), 1.0, "question")


def _phrases(words: Words, block: Block) -> Iterator[Cue]:
    """Ordinary words in capitals inside a sentence: 'Goes' and 'Who' stand in titles, not in other names."""
    if block.kind in ("heading", "credit") or text_at(words.text, block.body).isupper():
        return
    inside = words.reading.words(block.body)
    at = inside.start
    while at < inside.stop:
        form = words.form(at)
        if not form[0].isupper() or (words.is_named(at) and not is_sentence_word(form)):
            at += 1
            continue
        begins = words.begins_sentence(at, inside.start)
        phrase = words.rightward(at + words.is_nationality(at, inside.start), inside.stop)
        weight = _phrase_weight([words.form(word) for word in phrase], begins)
        if weight:
            yield Cue(words.span(phrase), weight, "wording" if weight > 0.5 else "phrase")
        at = max(at + 1, phrase.stop)


def _phrase_weight(forms: Sequence[str], begins: bool) -> float:
    """How much a run of capitals reads like a title; 0 for one word, for names of bodies, prizes, streets."""
    if len(forms) < 2 or forms[-1] in _NOUNS_OF_NAMES or forms[0] in _NOUNS_OF_NAMES:
        return 0.0
    capitals = [form for form in forms[begins:] if form[0].isupper()]
    if any(is_sentence_word(form) and len(form) > 1 for form in capitals):
        return 0.8
    if any(is_common(form) and len(form) > 2 and form not in _IN_NAMES for form in capitals):
        return 0.35
    return 0.0


def _capitals(words: Words, block: Block) -> Iterator[Cue]:
    """CAPITALS inside prose that is not all in capitals."""
    text = words.text
    if block.kind == "heading" or text_at(text, block.body).isupper():
        return
    inside = words.reading.words(block.body)
    at = inside.start
    while at < inside.stop:
        end = _capital_run(words, at, inside.stop)
        if end > at:
            span = words.span(range(at, end))
            letters = sum(c.isalpha() for c in text_at(text, span))
            dateline = at == inside.start and re.match(
                r"[^.\n]{0,30}\s[–—-]|:", text[span.end : span.end + 34]
            )
            if letters > 4 and not dateline and not _BORN.match(text, span.end):
                yield Cue(span, 0.9, "capitals")
        at = max(end, at + 1)


def _capital_run(words: Words, first: int, stop: int) -> int:
    """Where the run of capitals that begins at `first` ends; `first` itself where there is none."""
    if not _is_capital(words.form(first)):
        return first
    end = at = first + 1
    while at < stop and at - end < 2:
        form = words.form(at)
        closing = form.isdigit() or (form in {"!", "?"} and words.touching(at))
        if _is_capital(form) or (closing and at == end):
            end = at + 1
        elif form == "." or form not in {",", ":", "-", "'", "’", "&", "…"}:
            break
        at += 1
    return end


def _is_capital(form: str) -> bool:
    return form.isupper() and (len(form) > 1 or form in "AIOÀEYÓ")
