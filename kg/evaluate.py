"""Extracted against gold: precision and recall by relation, misses and errors with their sentences.

The gold format and what counts as the same fact follow the schema of the gold files: names compare without
case, accents, punctuation and leading articles; award names by their telling words; optional facts neither
help nor harm.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import DocumentError
from kg.extract.referents import name_key
from kg.model import Claim, Entity, Object

SYMMETRIC = frozenset({"spouse", "sibling"})
LOOSE = frozenset({"awardWon", "awardNominated"})
SMALL = frozenset(["award", "prize", "for", "of", "in", "the", "a"])
# fmt: off
TELLING = frozenset([
    "supporting", "lead", "leading", "actor", "actress", "director", "directing", "foreign", "original",
    "adapted", "screenplay", "short", "animated", "documentary", "british", "song", "score", "costume",
    "sound", "music", "editing", "make", "makeup", "production", "picture", "film", "newcomer", "jury",
    "audience", "grand",
])
# fmt: on
BLIND_MARK = "BLIND"
"""A file of this name in a gold folder: nobody may read its sentences, so none is printed."""


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact of a gold file: the names its ends may go by, its qualifiers, its words."""

    relation: str
    subject: frozenset[str]
    object: frozenset[str]
    evidence: str
    optional: bool
    hard: bool
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of a report: `kind` is right, missed or wrong."""

    kind: str
    document: str
    relation: str
    said: str
    words: str


@dataclass(slots=True)
class Report:
    """Counts by relation and the verdicts behind them."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    verdicts: list[Verdict] = field(default_factory=list)
    documents: int = 0

    @property
    def precision(self) -> float:
        """The share of what was extracted that the gold has; 0 where nothing was extracted."""
        found = self.right.total() + self.wrong.total()
        return self.right.total() / found if found else 0.0

    @property
    def recall(self) -> float:
        """The share of the required gold that was extracted."""
        asked = self.right.total() + self.missed.total()
        return self.right.total() / asked if asked else 0.0

    def rows(self) -> list[tuple[str, int, int, int]]:
        """Relation, right, wrong, missed; the relations with most facts first."""
        names = {*self.right, *self.wrong, *self.missed}
        rows = [(n, self.right[n], self.wrong[n], self.missed[n]) for n in names]
        return sorted(rows, key=lambda row: (-sum(row[1:]), row[0]))


def literal_key(text: str) -> str:
    """A value in the form in which two spellings of it are one: `4e6 USD`, `92%`, lower case."""
    plain = text.casefold().replace("$", "").replace(",", "").strip()
    m = re.fullmatch(r"(\d+(?:\.\d+)?) ?([a-z]{3}|minutes?|min|%|percent)?", plain)
    if not m:
        return name_key(text)
    unit = {"minute": "", "minutes": "", "min": "", "percent": "%"}.get(m[2] or "", m[2] or "")
    return f"{float(m[1]):g}{unit}"


def keys_of(thing: Object) -> frozenset[str]:
    """The keys under which an extracted end may be found in the gold."""
    if isinstance(thing, Entity):
        return frozenset({name_key(thing.label)})
    said = f"{thing.text} {thing.unit}".strip()
    return frozenset({name_key(said), literal_key(said)})


def read_gold(path: Path) -> tuple[str, list[GoldFact], frozenset[str]]:
    """Name of the document, its gold facts, and the relations that the file covers (none named: all)."""
    try:
        gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        names = {
            e["id"]: frozenset({name_key(n) for n in e["names"]} | {name_key(e["id"].replace("-", " "))})
            for e in gold["entities"]
        }
        facts = [gold_fact(fact, names) for fact in gold["facts"]]
        return gold["doc"], facts, frozenset(gold.get("relations", ()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DocumentError(str(path), f"is no gold file: {error!r}") from error


def gold_fact(fact: dict[str, Any], names: dict[str, frozenset[str]]) -> GoldFact:
    """One fact of a gold file, its ends as sets of keys."""

    def end(ref: str) -> frozenset[str]:
        return names.get(ref) or frozenset({name_key(ref), literal_key(ref)})

    said = f"{fact['s']} {fact['r']} {fact['o']}"
    return GoldFact(
        fact["r"],
        end(fact["s"]),
        end(fact["o"]),
        fact.get("evidence", ""),
        bool(fact.get("optional")),
        bool(fact.get("hard")),
        said,
    )


def same_object(relation: str, said: frozenset[str], allowed: frozenset[str]) -> bool:
    """True where what was extracted names what the gold has; award names by their telling words."""
    if said & allowed:
        return True
    if relation not in LOOSE:
        return False

    def words(key: str) -> set[str]:
        return {re.sub(r"s$", "", w) for w in key.split()} - SMALL

    for one in said:
        for two in allowed:
            a, b = words(one), words(two)
            if a and b and len(a & b) / len(a | b) >= 0.6 and not (a ^ b) & TELLING:
                return True
    return False


def says(claim: Claim, gold: GoldFact) -> bool:
    """True where an extracted claim states the gold fact, symmetric relations either way round."""
    if claim.triple.relation != gold.relation:
        return False
    subject, found = keys_of(claim.triple.subject), keys_of(claim.triple.object)
    if subject & gold.subject and same_object(gold.relation, found, gold.object):
        return True
    return gold.relation in SYMMETRIC and bool(found & gold.subject) and bool(subject & gold.object)


def evaluate(
    golds: Iterable[tuple[str, list[GoldFact], frozenset[str]]], claims: dict[str, list[Claim]]
) -> Report:
    """The report on documents with gold; `claims` are by document name."""
    report = Report()
    for document, facts, only in golds:
        report.documents += 1
        pool = {key(c): c for c in claims.get(document, []) if not only or c.triple.relation in only}
        for fact in sorted(facts, key=lambda f: f.optional):
            hits = [k for k, c in pool.items() if says(c, fact)]
            for k in hits:
                del pool[k]
            if not fact.optional:
                (report.right if hits else report.missed)[fact.relation] += 1
                kind = "right" if hits else "missed"
                report.verdicts.append(Verdict(kind, document, fact.relation, fact.said, fact.evidence))
        for claim in pool.values():
            report.wrong[claim.triple.relation] += 1
            report.verdicts.append(
                Verdict("wrong", document, claim.triple.relation, in_words(claim), claim.evidence.quote)
            )
    return report


def key(claim: Claim) -> tuple[str, str, frozenset[str]]:
    """What makes two claims one for the count."""
    return name_key(claim.triple.subject.label), claim.triple.relation, keys_of(claim.triple.object)


def in_words(claim: Claim) -> str:
    """A claim as a line to read."""
    thing = claim.triple.object
    said = thing.label if isinstance(thing, Entity) else f"{thing.text} {thing.unit}".strip()
    return f"{claim.triple.subject.label} {claim.triple.relation} {said}"


def gold_files(folder: Path) -> list[Path]:
    """The gold files of a folder in order; DocumentError where there is none."""
    found = sorted(folder.glob("*.gold.json"))
    if not found:
        raise DocumentError(str(folder), "holds no *.gold.json")
    return found


def gold_hash(folder: Path) -> str:
    """A hash of all gold files of a folder, to pin a quality floor to the gold it was measured on."""
    digest = hashlib.sha256()
    for path in gold_files(folder):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_blind(folder: Path) -> bool:
    """True for a folder whose sentences may not be printed."""
    return (folder / BLIND_MARK).exists()


__all__ = ["GoldFact", "Report", "Verdict", "evaluate", "gold_files", "gold_hash", "is_blind", "read_gold"]
