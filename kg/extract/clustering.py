"""Which mentions name one entity: by title and year, by part of a name, by the name of an award."""

from __future__ import annotations

import re

from kg.extract.referents import PERSONAL, Referent, name_key
from kg.model import Mention, Span

YEAR_BEHIND = re.compile(r"[”\"’']?\s*\((?:[A-Z]\w+, )?((?:18|19|20)\d\d)\b")
HER = re.compile(r"\b(?:Mrs|Ms|Miss|Dame|Lady|Madame|Mme)\.?\s$")
HIS = re.compile(r"\b(?:Mr|Sir|Lord|Monsieur)\.?\s$")


def years_of_titles(text: str, found: list[Mention]) -> dict[str, dict[Span, str]]:
    """Titles that stand with two different years, each place with its year: two films of one title."""
    years: dict[str, dict[Span, str]] = {}
    for mention in found:
        if mention.type == "Film":
            after = text[mention.span.end : mention.span.end + 12]
            if m := YEAR_BEHIND.match(after):
                years.setdefault(name_key(mention.text), {})[mention.span] = m[1]
    return {key: spans for key, spans in years.items() if len(set(spans.values())) > 1}


class Clustering:
    """The referents of a document, taken in mention by mention."""

    def __init__(self, text: str, genders: dict[str, str]) -> None:
        self.text, self.genders = text, genders
        self.referents: list[Referent] = []
        self._by_name: dict[tuple[str, str], list[Referent]] = {}

    def take_all(self, found: list[Mention], years: dict[str, dict[Span, str]]) -> dict[Span, Referent]:
        """The referent of each mention; most votes decide who is a person and who a character."""
        out: dict[Span, Referent] = {}
        whole = [m for m in found if m.type in PERSONAL and len(m.text.split()) > 1]
        full_names = {name_key(m.text): m for m in whole}
        for mention in found:
            year = years.get(name_key(mention.text), {}).get(mention.span, "")
            referent = self.take(mention, year, full_names)
            referent.votes[mention.type] += 1
            out[mention.span] = referent
        for referent in self.referents:
            if referent.type in PERSONAL:
                votes = referent.votes
                referent.type = "Person" if votes["Person"] >= votes["Character"] else "Character"
                referent.gender = self._gender_of(referent)
        return out

    def take(
        self, mention: Mention, year: str = "", full_names: dict[str, Mention] | None = None
    ) -> Referent:
        """The referent that `mention` names, with the mention added to it."""
        key = name_key(mention.text)
        if mention.type in PERSONAL:
            referent = self._person(mention, key, full_names or {})
        else:
            referent = self._named(mention, key, year)
        referent.add(mention)
        return referent

    def _new(self, mention: Mention, kind: str, key: str) -> Referent:
        """A new referent, known from now on under `kind` and `key`."""
        referent = Referent(len(self.referents), mention.type)
        self.referents.append(referent)
        self._by_name.setdefault((kind, key), []).append(referent)
        return referent

    def _named(self, mention: Mention, key: str, year: str) -> Referent:
        """The referent of a title, place, award or body: the same name is the same thing, unless years
        differ.
        """
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
            if len(later) == 1 and "\n" in self.text[mention.span.end : full_names[later[0]].span.start]:
                return self._new(mention, "Figure", later[0])
        if before:
            surname = [r for r in before if name_key(r.label).split()[-1] == parts[-1]]
            pool = surname or before
            return max(pool, key=lambda r: (len(r.mentions), -r.number)) if len(parts) == 1 else pool[-1]
        return self._new(mention, "Figure", key)

    @staticmethod
    def _part_of(parts: list[str], referent: Referent) -> bool:
        """True where the words `parts` can name the person: as surname, first name, or a fuller form."""
        full = name_key(referent.label).split()
        if len(parts) >= len(full):
            # a fuller form later in the text: "Otto", then "Otto Hart"
            return (
                len(full) == 1 < len(parts) and full[0] in (parts[0], parts[-1]) and len(referent.label) > 2
            )
        if len(parts) == 1:
            return parts[0] in (full[0], full[-1])
        if parts == full[-len(parts) :] and len(full) == len(parts) + 1:
            return True
        return parts[0] == full[0] and parts[-1] == full[-1]

    def _gender_of(self, referent: Referent) -> str:
        """Male or female by a title before the name or by the first name, "" where neither tells."""
        for mention in referent.mentions:
            before = self.text[max(0, mention.span.start - 8) : mention.span.start]
            if HER.search(before):
                return "female"
            if HIS.search(before):
                return "male"
        first = name_key(referent.label).split()
        return self.genders.get(first[0], "") if first else ""
