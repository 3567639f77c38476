"""The phrase that describes a film: "a 1995 American drama", "Harbour, a Danish comedy", "the Hindi
village drama X".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.film_words import from_value, from_words, phrase_words
from kg.extract.constructions.parentheses import parenthesis
from kg.extract.context import Argument, Context
from kg.extract.references import entity
from kg.extract.referents import Referent
from kg.extract.tree import Tree
from kg.model import Span, Value


def film_phrases(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of the `film` frames from parentheses after a title and from descriptive noun phrases."""
    seen: set[tuple[int, int]] = set()
    defined = context.defined[tree.number]
    said = defined[1].phrase if defined else None  # read by `definitions`
    for token in tree.tokens:
        i = token.index
        referent = context.mentions.referent(tree, i)
        mention = context.mentions.at(tree, i)
        if (
            referent
            and mention
            and referent.type == "Film"
            and mention.span.start not in {s for s, _ in seen}
        ):
            seen.add((mention.span.start, i))
            work = Argument(referent, mention.span, 1.0, i)
            yield from parenthesis(context, tree, i, work)
            yield from before_title(context, tree, i, work)
            yield from after_title(context, tree, i, work)
            yield from year_after(context, tree, i, work)
            yield from by_person(context, tree, i, work)
        elif context.is_film_noun(tree, i) and not mention and not (said and said.contains(token.span)):
            yield from described(context, tree, i)


def by_person(context: Context, tree: Tree, i: int, work: Argument) -> Iterator[Candidate]:
    """Who stands after "by" behind a title: "Harbour (1964), by Ana Lima"."""
    k = i + 1
    if k < len(tree.tokens) and tree[k].text == "(":
        k = next((j + 1 for j in range(k, min(k + 12, len(tree.tokens))) if tree[j].text == ")"), k)
    while k < len(tree.tokens) and tree[k].text in ("”", '"', "’", "*", "_", ","):
        k += 1
    told = (k > i + 1 and tree[k - 1].text in (")", ",")) or context.is_film_noun(tree, max(0, i - 1))
    if told and k + 1 < len(tree.tokens) and tree[k].text.lower() == "by":
        mention = context.mentions.at(tree, k + 1)
        if mention and context.mentions.of[mention.span].type == "Person":
            person = Argument(context.mentions.of[mention.span], mention.span, 0.9, k + 1)
            yield from from_value(context, tree, i, work, "person", person, "by")


def before_title(context: Context, tree: Tree, i: int, work: Argument) -> Iterator[Candidate]:
    """The words right before a title that describe it: "the 1978 Italian comedy X"."""
    k = i - 1
    while k >= 0 and (
        tree[k].text in ("“", '"', "‘", "'", "*", "_", ",")
        or tree[k].text.lower() in ("called", "titled", "entitled", "named")
    ):
        k -= 1
    if k < 0 or not context.is_film_noun(tree, k) or tree[k].text in (",", "."):
        return
    yield from from_phrase(context, tree, k, work, "before")


def after_title(context: Context, tree: Tree, i: int, work: Argument) -> Iterator[Candidate]:
    """The description behind a title: "Harbour (1964), a Danish comedy"."""
    k = i + 1
    while k < len(tree.tokens) and tree[k].text in ("”", '"', "’", "*", "_"):
        k += 1
    if k < len(tree.tokens) and tree[k].text == "(":
        k = next((j + 1 for j in range(k, min(k + 12, len(tree.tokens))) if tree[j].text == ")"), k)
    if (
        k + 3 < len(tree.tokens)
        and tree[k].text in (",", "–", "—")
        and (owner := possessor(context, tree, k + 1)) is not None
    ):
        yield from owned(context, tree, owner, work)
        return
    if (
        k + 2 >= len(tree.tokens)
        or tree[k].text not in (",", "–", "—")
        or tree[k + 1].text.lower() not in ("a", "an", "the", "his", "her", "their")
    ):
        return
    for j in range(k + 2, min(k + 9, len(tree.tokens))):
        if tree[j].upos in ("VERB", "AUX", "ADP", "PUNCT") and tree[j].text != "-":
            return
        if context.is_film_noun(tree, j) and not (
            j + 1 < len(tree.tokens) and context.is_film_noun(tree, j + 1)
        ):
            yield from from_phrase(context, tree, j, work, "after")
            if (maker := maker_after(context, tree, j + 1)) is not None:
                yield from from_value(context, tree, i, work, "person", maker, "by")
            return


YEAR_AFTER = re.compile(
    r"[”\"’*_]{0,3}(?:,? (?:of|from) |, )((?:18[89]|19\d|20\d)\d)(?=[”\"’*_]{0,2}(?:[.,;:)\n]|$| [a-z]))"
)
IN_LANGUAGE = re.compile(r"[”\"’*_]{0,3}(?: \([^()\n]{1,60}\))?,? in ([A-Z]\w+)(?= [a-z]|[.,;:)\n]|$)")


def year_after(context: Context, tree: Tree, i: int, work: Argument) -> Iterator[Candidate]:
    """Year and language behind a title, without parentheses: "Harbour, of 1938", "Harbour, in Tamil"."""
    text = context.parse.text
    if text[work.span.start : work.span.end] in context.lexicon.words("country-names"):
        return  # "Mali, 1987": where and when
    if year := YEAR_AFTER.match(text, work.span.end):
        value = Argument(Value(year[1], "xsd:integer"), Span(*year.span(1)), 1.0)
        yield from from_value(context, tree, i, work, "year", value, "behind")
    yield from spoken_in(context, tree, i, work, work.span.end)


def spoken_in(context: Context, tree: Tree, i: int, work: Argument, at: int) -> Iterator[Candidate]:
    """The language of "in Tamil" at a place of the text."""
    said = IN_LANGUAGE.match(context.parse.text, at)
    if said and said[1] in context.lexicon.words("languages"):
        yield from from_words(context, tree, i, work, [(said[1], Span(*said.span(1)))], "behind")


def maker_after(context: Context, tree: Tree, k: int) -> Argument | None:
    """The person of "by X", "of X", "from director X" that begins at token `k`."""
    if k + 1 >= len(tree.tokens) or tree[k].text not in ("of", "by", "from"):
        return None
    k += 2 if tree.lemma(k + 1) in ("director", "filmmaker") and k + 2 < len(tree.tokens) else 1
    mention = context.mentions.at(tree, k)
    if mention is None or context.mentions.of[mention.span].type != "Person":
        return None
    return Argument(context.mentions.of[mention.span], mention.span, 0.9, k)


def possessor(context: Context, tree: Tree, k: int) -> Argument | None:
    """The person whose possessive begins at token `k`."""
    mention = context.mentions.at(tree, k)
    if mention is None or context.mentions.of[mention.span].type != "Person":
        return None
    while k < len(tree.tokens) and context.mentions.at(tree, k) is mention:
        k += 1
    if k < len(tree.tokens) and tree[k].text in ("'s", "’s", "'", "’"):
        return Argument(context.mentions.of[mention.span], mention.span, 0.9, k)
    return None


def owned(context: Context, tree: Tree, owner: Argument, work: Argument) -> Iterator[Candidate]:
    """ "TITLE, Ana Lima's biopic of …": who made it, and what the phrase says of it."""
    for j in range(owner.token + 1, min(owner.token + 7, len(tree.tokens))):
        if tree[j].upos in ("VERB", "AUX", "ADP") or tree[j].text in (",", "."):
            return
        if context.is_film_noun(tree, j) and not (
            j + 1 < len(tree.tokens) and context.is_film_noun(tree, j + 1)
        ):
            yield from from_value(context, tree, work.token, work, "person", owner, "owned")
            yield from from_phrase(context, tree, j, work, "after")
            return


def described(context: Context, tree: Tree, i: int) -> Iterator[Candidate]:
    """A descriptive noun that is predicated of a film, stands in apposition to it, or means the film in
    focus.
    """
    token = tree[i]
    work: Argument | None = None
    predicate: int | None = None
    if tree.children(i, "cop"):
        subjects = tree.exactly(i, "nsubj", "nsubj:outer")
        work = entity(context, tree, subjects[0], "Film") if subjects else None
        predicate = i
    elif token.label in ("appos", "parataxis", "conj") and token.head >= 0:
        referent = context.mentions.referent(tree, token.head)
        mention = context.mentions.at(tree, token.head)
        if referent and mention and referent.type == "Film" and token.label != "conj":
            work = Argument(referent, mention.span, 0.95, token.head)
        elif token.label == "conj" and context.is_film_noun(tree, token.head):
            return
    elif token.label in ("nsubj", "nsubj:pass", "obl", "nmod", "obj") and {
        tree.lemma(k) for k in tree.children(i, "det")
    } & {"the", "this"}:
        found = context.focus.before(tree)
        descriptive = [k for k in tree.children(i, "amod", "compound", "nummod") if k < i]
        told = tree.lemma(i) in context.genres and any(tree[k].text.lower() == "this" for k in tree.kids[i])
        if (
            found
            and (descriptive or told)
            and not context.focus.films_in(tree)
            and not tree.children(i, "nmod", "acl")
        ):
            work = Argument(found[0], token.span, found[1] * 0.85, i)
    if work is not None and isinstance(work.filler, Referent) and work.filler.type == "Film":
        for candidate in from_phrase(context, tree, i, work, "description"):
            candidate.predicate = predicate
            yield candidate


def from_phrase(context: Context, tree: Tree, head: int, work: Argument, how: str) -> Iterator[Candidate]:
    """The candidates from the words of the noun phrase that ends in `head`."""
    first = head
    while first > 0 and tree[first - 1].upos in (
        "ADJ",
        "NOUN",
        "PROPN",
        "NUM",
        "PUNCT",
        "CCONJ",
        "ADV",
        "VERB",
        "SYM",
    ):
        previous = tree[first - 1]
        if previous.text in (",", ";", ":", "(", ")", "“", "”", '"', "—", "–", ".") or head - first > 7:
            break
        mention = context.mentions.at(tree, first - 1)
        if mention and mention.type not in ("Place", "Organization"):
            break
        if previous.upos == "CCONJ" and tree[first - 2].upos not in ("ADJ", "NOUN"):
            break
        first -= 1
    span = Span(tree[first].span.start, tree[head].span.end)
    text = context.parse.text[span.start : span.end]
    yield from from_words(context, tree, head, work, phrase_words(context, text, span.start), how)
    yield from spoken_in(context, tree, head, work, span.end)
    later = re.compile(r"\s(?:of|from)\s(?=(?:18|19|20)\d\d\b)").match(context.parse.text, span.end)
    if later:
        span = Span(span.start, later.end() + 4)
    for value in context.values[tree.number]:
        if span.contains(value.span) and value.kind in ("year", "minutes"):
            yield from from_value(
                context, tree, head, work, value.kind, Argument(value.value, value.span, 1.0), how
            )
