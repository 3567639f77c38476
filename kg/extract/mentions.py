"""Mentions and the entities of one document that they name: clustering by title, name part and award category."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from kg.extract.awards import award_spans
from kg.extract.tree import Tree
from kg.language.parse import Parse, Title
from kg.model import Mention, Span

HONORIFIC = re.compile(
    r"^(?:(?:Star|Stars|Director|Actor|Actress|Producer|Writer|Screenwriter|Composer|Cinematographer|Editor|Singer|Comedian|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lady|Lord|Madame|Madam|Mme|Monsieur|Doña|Prof|Professor|Señor|Señora|Herr|Frau)\b\.?\s+)+"
)
POSSESSIVE = re.compile(r"['’]s?$")
PERSONAL = frozenset({"Person", "Character"})
PARTICULARS = re.compile(
    r"\b(?:film|picture|movie) by\b|\b\d+ ?min|\b(?:[Dd]irect(?:or|ed by)|[Cc]ast|[Ss]tarring|[Ss]creenplay)\s*:|\(\d{4}\)"
)
AWARD_NAME = re.compile(r"\b(?:Awards?|Prize|Medal|Trophy)\b|\bfor [Bb]est\b")


def name_key(name: str) -> str:
    """The form under which two spellings of a name are one: no accents, case, punctuation or leading article."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"[^\w%]+", " ", plain).strip()
    return re.sub(r"^(?:the|a|an) (?=\w)", "", plain)


@dataclass(slots=True, eq=False)
class Referent:
    """An entity while the document is being read: its names, mentions and what speaks for each type."""

    number: int
    type: str
    names: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    gender: str = ""
    year: str = ""
    votes: Counter[str] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        """The fullest form of the name; the first of equals."""
        return (
            max(self.names, key=lambda n: (len(n.split()), len(n)))
            if self.type in PERSONAL
            else next((n for n in self.names if not n.isupper()), self.names[0])
        )

    def add(self, mention: Mention) -> None:
        """Takes `mention` in, with its form of the name."""
        self.mentions.append(mention)
        if mention.text not in self.names:
            self.names.append(mention.text)


class Mentions:
    """All mentions of a document, the referent of each, and which tokens each covers."""

    def __init__(
        self, parse: Parse, trees: list[Tree], genders: dict[str, str], award_words: dict[str, str]
    ) -> None:
        self.parse = parse
        self.genders = genders
        self.referents: list[Referent] = []
        self.of: dict[Span, Referent] = {}
        self._by_name: dict[tuple[str, str], list[Referent]] = {}
        found = [m for m in self._candidates(trees, award_words) if name_key(m.text)]
        titles_with_years = self._years_of_titles(found)
        full_first = sorted(found, key=lambda m: m.span)
        self._cluster(full_first, titles_with_years)
        self.covering: list[list[Mention | None]] = [self._cover(tree, full_first) for tree in trees]

    def _candidates(self, trees: list[Tree], award_words: dict[str, str]) -> list[Mention]:
        """Titles first, then awards with their categories, then names that overlap neither."""
        awards = award_spans(self.parse, trees, award_words)
        plain = _Busy(s for s in awards if AWARD_NAME.search(self.parse.text[s.start : s.end]))
        titles = [t for t in self.parse.titles if not plain.hits(t.span) and not self._headline(t)]
        taken: list[Mention] = [Mention(t.span, t.text, t.type) for t in titles]
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

    def _headline(self, title: Title) -> bool:
        """True for a headline that only its place made a title: it never comes back and no particulars of a film follow."""
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

    def _years_of_titles(self, found: list[Mention]) -> dict[str, dict[Span, str]]:
        """Titles that stand with two different years: two films of one title."""
        years: dict[str, dict[Span, str]] = {}
        for mention in found:
            if mention.type == "Film":
                after = self.parse.text[mention.span.end : mention.span.end + 12]
                if m := re.match(r"[”\"’']?\s*\((?:[A-Z]\w+, )?((?:18|19|20)\d\d)\b", after):
                    years.setdefault(name_key(mention.text), {})[mention.span] = m[1]
        return {key: spans for key, spans in years.items() if len(set(spans.values())) > 1}

    def _cluster(self, found: list[Mention], years: dict[str, dict[Span, str]]) -> None:
        whole = [m for m in found if m.type in PERSONAL and len(m.text.split()) > 1]
        full_names = {name_key(m.text): m for m in whole}
        for mention in found:
            key = name_key(mention.text)
            if mention.type in PERSONAL:
                referent = self._person(mention, key, full_names)
            else:
                year = years.get(key, {}).get(mention.span, "")
                referent = self._named(mention, key, year)
            referent.add(mention)
            referent.votes[mention.type] += 1
            self.of[mention.span] = referent
        for referent in self.referents:
            if referent.type in PERSONAL:
                referent.type = (
                    "Person" if referent.votes["Person"] >= referent.votes["Character"] else "Character"
                )
                referent.gender = self._gender_of(referent)

    def _new(self, mention: Mention, kind: str, key: str) -> Referent:
        referent = Referent(len(self.referents), mention.type)
        self.referents.append(referent)
        self._by_name.setdefault((kind, key), []).append(referent)
        return referent

    def _named(self, mention: Mention, key: str, year: str) -> Referent:
        """The referent of a title, place, award or body: the same name is the same thing, unless years differ."""
        known = self._by_name.get((mention.type, key), [])
        for referent in known:
            if not year or not referent.year or referent.year == year:
                referent.year = referent.year or year
                return referent
        referent = self._new(mention, mention.type, key)
        referent.year = year
        return referent

    def _person(self, mention: Mention, key: str, full_names: dict[str, Mention]) -> Referent:
        """The person of a full name, or the one whose full name ends or begins with this part."""
        known = self._by_name.get(("Figure", key))
        if known:
            return known[-1]
        parts = key.split()
        before = [r for r in self.referents if r.type in PERSONAL and self._part_of(parts, r)]
        if len(parts) == 1 and not before:
            # a first or last name that stands before the full one, as in a heading
            later = [
                k
                for k, m in full_names.items()
                if parts[0] in (k.split()[-1], k.split()[0]) and m.span > mention.span
            ]
            if (
                len(later) == 1
                and "\n" in self.parse.text[mention.span.end : full_names[later[0]].span.start]
            ):
                return self._new(mention, "Figure", later[0])
        if before:
            surname = [r for r in before if name_key(r.label).split()[-1] == parts[-1]]
            pool = surname or before
            return max(pool, key=lambda r: (len(r.mentions), -r.number)) if len(parts) == 1 else pool[-1]
        return self._new(mention, "Figure", key)

    @staticmethod
    def _part_of(parts: list[str], referent: Referent) -> bool:
        full = name_key(referent.label).split()
        if len(parts) >= len(full):
            # a fuller form later in the text: "Ben", then "Ben Sanderson"
            return (
                len(full) == 1 < len(parts) and full[0] in (parts[0], parts[-1]) and len(referent.label) > 2
            )
        if len(parts) == 1:
            return parts[0] in (full[0], full[-1])
        if parts == full[-len(parts) :] and len(full) == len(parts) + 1:
            return True
        return parts[0] == full[0] and parts[-1] == full[-1]

    def _gender_of(self, referent: Referent) -> str:
        for mention in referent.mentions:
            before = self.parse.text[max(0, mention.span.start - 8) : mention.span.start]
            if re.search(r"\b(?:Mrs|Ms|Miss|Dame|Lady|Madame|Mme)\.?\s$", before):
                return "female"
            if re.search(r"\b(?:Mr|Sir|Lord|Monsieur)\.?\s$", before):
                return "male"
        first = name_key(referent.label).split()
        return self.genders.get(first[0], "") if first else ""

    @staticmethod
    def _cover(tree: Tree, found: list[Mention]) -> list[Mention | None]:
        out: list[Mention | None] = [None] * len(tree.tokens)
        inside = [m for m in found if tree.sentence.span.overlaps(m.span)]
        for token in tree.tokens:
            out[token.index] = next((m for m in inside if m.span.overlaps(token.span)), None)
        return out

    def at(self, tree: Tree, i: int) -> Mention | None:
        """The mention that covers token `i`."""
        return self.covering[tree.number][i]

    def referent(self, tree: Tree, i: int) -> Referent | None:
        """The referent of the mention that covers token `i`."""
        mention = self.at(tree, i)
        return self.of.get(mention.span) if mention else None

    def adopt(self, span: Span, type: str) -> Referent:
        """The referent of a name that only its slot made known: a capitalised phrase that no model named."""
        mention = Mention(span, self.parse.text[span.start : span.end], type)
        key = name_key(mention.text)
        if type in PERSONAL:
            referent = self._person(mention, key, {})
        else:
            referent = self._named(mention, key, "")
        referent.add(mention)
        self.of[span] = referent
        return referent


class _Busy:
    """Spans that are taken, for a quick overlap test."""

    def __init__(self, spans: object) -> None:
        self.positions: set[int] = set()
        for span in spans:  # type: ignore[attr-defined]
            self.add(span)

    def add(self, span: Span) -> None:
        self.positions.update(range(span.start, span.end))

    def hits(self, span: Span) -> bool:
        return any(p in self.positions for p in range(span.start, span.end))
