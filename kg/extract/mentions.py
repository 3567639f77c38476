"""The mentions of a document: titles, awards, names, none over another, and the entity that each names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from kg.extract.awards import award_spans
from kg.extract.clustering import Clustering, years_of_titles
from kg.extract.referents import PERSONAL, Referent, name_key
from kg.extract.tree import Tree
from kg.language.parse import Parse, Title
from kg.model import Mention, Span

HONORIFIC = re.compile(
    r"^(?:(?:Star|Stars|Director|Actor|Actress|Producer|Writer|Screenwriter|Composer|Cinematographer|Editor|Singer"
    r"|Comedian|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lady|Lord|Madame|Madam|Mme|Monsieur|Doña|Prof|Professor|Señor|Señora"
    r"|Herr|Frau)\b\.?\s+)+"
)
POSSESSIVE = re.compile(r"['’]s?$")
PARTICULARS = re.compile(
    r"\b(?:film|picture|movie) by\b|\b\d+ ?min"
    r"|\b(?:[Dd]irect(?:or|ed by)|[Cc]ast|[Ss]tarring|[Ss]creenplay)\s*:|\(\d{4}\)"
)
CRITIC = re.compile(r"[”\"]\s*[—–-]+\s*[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3},\s*$")
OTHER_TITLE = re.compile(
    r"[”\"’*_]{0,3} ?\((?:(?:[A-Z][a-z]+|literally|lit\.|transl\.|translated as|(?:also )?known as|also"
    r"|aka|a\.k\.a\.|(?:original|working|English|international|alternative) title):? )?[“\"‘*_]{0,3}"
)
AWARD_NAME = re.compile(r"\b(?:Awards?|Prize|Medal|Trophy)\b|\bfor [Bb]est\b")


class Mentions:
    """All mentions of a document, the referent of each, and which tokens each covers."""

    def __init__(
        self, parse: Parse, trees: list[Tree], genders: dict[str, str], award_words: dict[str, str]
    ) -> None:
        self.parse = parse
        self._clusters = Clustering(parse.text, genders)
        self._ordered: list[tuple[Span, Referent]] | None = None  # None where `of` has grown since
        self._starts: list[int] = []
        found = [m for m in self._candidates(trees, award_words) if name_key(m.text)]
        years = years_of_titles(parse.text, found)
        found.sort(key=lambda m: m.span)
        self.of: dict[Span, Referent] = self._clusters.take_all(found, years)
        self._join_other_titles([m for m in found if m.type == "Film"])
        self.covering: list[list[Mention | None]] = [self._cover(tree, found) for tree in trees]

    @property
    def referents(self) -> list[Referent]:
        """All referents, each at the index that is its number."""
        return self._clusters.referents

    def _candidates(self, trees: list[Tree], award_words: dict[str, str]) -> list[Mention]:
        """Titles first, then awards with their categories, then names that overlap neither."""
        awards = award_spans(self.parse, trees, award_words)
        plain = _Busy(s for s in awards if AWARD_NAME.search(self.parse.text[s.start : s.end]))
        titles = [
            t
            for t in self.parse.titles
            if not plain.hits(t.span) and not self._headline(t) and not self._behind_critic(t.span)
        ]
        taken: list[Mention] = [Mention(t.span, t.text, t.type) for t in map(self._kernel, titles)]
        busy = _Busy(m.span for m in taken)
        for span in awards:
            if not busy.hits(span):
                taken.append(Mention(span, self.parse.text[span.start : span.end], "Award"))
                busy.add(span)
        surnames = {
            n.text.split()[-1] for n in self.parse.names if n.type == "Person" and len(n.text.split()) > 1
        }
        for name in self.parse.names:
            if name.type in ("Time", "Number", "Film", "Work", "Award"):
                continue
            span = self._trim(name.span)
            text = self.parse.text[span.start : span.end]
            if len(span) and not busy.hits(span):
                before = self.parse.text[max(0, span.start - 4) : span.start].lower()
                if name.type in PERSONAL and re.search(r"\ban? $", before):
                    continue
                person = (
                    text in surnames
                    and name.type in ("Place", "Organization")
                    and not before.endswith(("in ", "at ", "to "))
                )
                taken.append(Mention(span, text, "Person" if person else name.type))
                busy.add(span)
        return taken

    def _join_other_titles(self, titles: list[Mention]) -> None:
        """Makes one film of a title and of its other title in the parentheses behind it."""
        for first, second in pairwise(titles):
            between = self.parse.text[first.span.end : second.span.start]
            one, two = self.of[first.span], self.of[second.span]
            if one is two or len(between) > 60 or not OTHER_TITLE.fullmatch(between):
                continue
            for mention in two.mentions:
                one.add(mention)
                self.of[mention.span] = one
            two.mentions.clear()

    def _behind_critic(self, span: Span) -> bool:
        """True for a newspaper after a quotation and its critic: "“…” — Ana Lima, The Daily Post"."""
        return CRITIC.search(self.parse.text[max(0, span.start - 80) : span.start]) is not None

    def _kernel(self, title: Title) -> Title:
        """The title inside a heading that was taken for one: "Harbour" of "Where Was Harbour Filmed?"."""
        others = [t for t in self.parse.titles if t.text != title.text]
        known = {t.text for t in others if sum(o.text == t.text for o in others) > 1 and t.text in title.text}
        once = sum(t.text == title.text for t in self.parse.titles) == 1
        if (
            not known
            or not once
            or title.span.start > self.parse.blocks[min(1, len(self.parse.blocks) - 1)].span.end
        ):
            return title
        inner = max(known, key=lambda text: (len(text), text))
        start = title.span.start + title.text.index(inner)
        return Title(Span(start, start + len(inner)), inner, title.type, title.why)

    def _headline(self, title: Title) -> bool:
        """True for a headline that only its place made a title: it never comes back and no particulars of
        a film follow.
        """
        first = self.parse.blocks[0]
        if (
            title.why not in ("heading", "model")
            or first.kind != "heading"
            or not first.span.contains(title.span)
        ):
            return False
        if any(name_key(t.text) == name_key(title.text) and t.span != title.span for t in self.parse.titles):
            return False
        if re.match(r"[”\"’'*_]*\s*\([^)\n]*\d{4}", self.parse.text[title.span.end : title.span.end + 60]):
            return False
        behind = self.parse.text[
            first.span.end : self.parse.blocks[min(4, len(self.parse.blocks) - 1)].span.end
        ][:400]
        return len(self.parse.titles) > 1 and not PARTICULARS.search(behind)

    def _trim(self, span: Span) -> Span:
        """The span without honorifics, possessive ending and surrounding punctuation."""
        text = self.parse.text[span.start : span.end]
        if (m := HONORIFIC.match(text)) and m.end() < len(text):
            span, text = Span(span.start + m.end(), span.end), text[m.end() :]
        if m := POSSESSIVE.search(text):
            span = Span(span.start, span.start + m.start())
        return span

    @staticmethod
    def _cover(tree: Tree, found: list[Mention]) -> list[Mention | None]:
        """For each token of `tree` the first mention that covers it; `found` is in the order of the text."""
        out: list[Mention | None] = [None] * len(tree.tokens)
        inside = [m for m in found if tree.sentence.span.overlaps(m.span)]
        for token in tree.tokens if inside else ():
            out[token.index] = next((m for m in inside if m.span.overlaps(token.span)), None)
        return out

    def at(self, tree: Tree, i: int) -> Mention | None:
        """The mention that covers token `i`."""
        return self.covering[tree.number][i]

    def referent(self, tree: Tree, i: int) -> Referent | None:
        """The referent of the mention that covers token `i`."""
        mention = self.covering[tree.number][i]
        return self.of.get(mention.span) if mention else None

    def within(self, span: Span) -> list[tuple[Span, Referent]]:
        """The mentions that lie wholly inside `span`, in the order of the text, each with its referent."""
        return [item for item in self.beginning(span.start, span.end + 1) if item[0].end <= span.end]

    def beginning(self, start: int, end: int) -> list[tuple[Span, Referent]]:
        """The mentions that begin in `text[start:end]`, in the order of the text, each with its referent."""
        if self._ordered is None:
            self._ordered = sorted(self.of.items(), key=lambda item: item[0])
            self._starts = [span.start for span, _ in self._ordered]
        return self._ordered[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def adopt(self, span: Span, kind: str) -> Referent:
        """The referent of a name that only its slot made known: a capitalised phrase that no model named."""
        mention = Mention(span, self.parse.text[span.start : span.end], kind)
        self._ordered = None
        self.of[span] = referent = self._clusters.take(mention)
        return referent


class _Busy:
    """Spans that are taken, for a quick overlap test."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.positions: set[int] = set()
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Takes `span`."""
        self.positions.update(range(span.start, span.end))

    def hits(self, span: Span) -> bool:
        """True where some of `span` is taken."""
        return any(p in self.positions for p in range(span.start, span.end))
