"""From a token to what it stands for: a mention, a pronoun's antecedent, "the film", a value, a plain phrase."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.extract.focus import Focus
from kg.extract.mentions import PERSONAL, Mentions, Referent
from kg.extract.tree import Tree
from kg.extract.values import KIND_OF_RELATION, ValueMention, find_values
from kg.language.parse import Parse
from kg.lexicon import Lexicon
from kg.model import Span, Value
from kg.ontology import Ontology

NAME_LINKS = ("flat", "appos", "compound", "nmod:desc", "nmod:unmarked", "list")
FILM_TYPES = frozenset({"Film", "Work", "CreativeWork", "Honouree"})
PERSON_TYPES = frozenset({"Person", "Figure", "Character", "Agent", "Honouree"})
BODY_TYPES = frozenset({"Body", "Organization", "Publication", "Agent"})
STORIES = frozenset(["story", "action", "plot", "narrative", "screenplay", "script"])
MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "hers", "herself"})


def likely(referent: Referent, gender: str) -> float:
    """How far the ending of a first name of unknown gender agrees with a pronoun."""
    first = referent.label.split()[0].lower()
    if referent.gender or not first.isalpha():
        return 1.0
    ending = (
        "female" if first.endswith("a") else "male" if first.endswith(("o", "us", "os", "n", "k")) else gender
    )
    return 1.0 if ending == gender else 0.6


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills a slot, where it stands, and how sure the reading is."""

    filler: Referent | Value
    span: Span
    confidence: float
    token: int = -1


class Context:
    """A document being read: its trees, mentions, film in focus and values, and how its words refer."""

    def __init__(
        self,
        parse: Parse,
        trees: list[Tree],
        mentions: Mentions,
        focus: Focus,
        ontology: Ontology,
        lexicon: Lexicon,
    ) -> None:
        self.parse, self.trees, self.mentions, self.focus = parse, trees, mentions, focus
        self.ontology, self.lexicon = ontology, lexicon
        self.film_nouns = lexicon.words("film-nouns")
        self.genres = lexicon.words("genres")
        self.roles: dict[tuple[int, str], list[Referent]] = {}
        self.performing: Counter[int] = Counter()
        self.couples: dict[int, tuple[Referent, Referent]] = {}
        self._pronouns: dict[tuple[int, int], Referent] = {}
        self.values: list[list[ValueMention]] = [
            find_values(parse.text[t.sentence.span.start : t.sentence.span.end], t.sentence.span.start)
            for t in trees
        ]

    def text(self, span: Span) -> str:
        """The words at `span`, white space folded."""
        return re.sub(r"\s+", " ", self.parse.text[span.start : span.end]).strip()

    # --- entities ---

    def fits(self, referent: Referent, expected: str) -> bool:
        """True where something of the referent's type may stand in a slot of class `expected`."""
        kind = referent.type
        if kind in PERSONAL:
            return expected in PERSON_TYPES
        if kind in ("Film", "Work"):
            return expected in FILM_TYPES if expected not in ("Film", "Work") else expected == kind
        if kind in ("Organization", "Publication"):
            return expected in BODY_TYPES
        return self.ontology.fits(kind, expected)

    def entity(self, tree: Tree, i: int, expected: str) -> Argument | None:
        """The entity of class `expected` that token `i` heads, or None."""
        i = tree.unrelative(i)
        mention = self.mentions.at(tree, i)
        if mention:
            referent = self.mentions.of[mention.span]
            return Argument(referent, mention.span, 1.0, i) if self.fits(referent, expected) else None
        token = tree[i]
        if expected == "Award":
            return self._named_award(tree, i)
        if token.upos == "PRON" or token.xpos == "PRP$":
            return self._pronoun(tree, i, expected)
        if named := self._named_beside(tree, i, expected):
            return named
        if expected in FILM_TYPES and expected != "Work" and (film := self._described_film(tree, i)):
            return film
        if expected in PERSON_TYPES and (person := self._described_person(tree, i)):
            return person
        if token.upos == "NOUN" and expected in PERSON_TYPES and (same := self._same_as(tree, i, expected)):
            return same
        if token.upos == "PROPN" and expected in ("Person", "Figure", "Place"):
            return self._adopt(tree, i, expected)
        return None

    def _adopt(self, tree: Tree, i: int, expected: str) -> Argument | None:
        """A capitalised phrase that no model named, taken for what its slot asks."""
        parts = [
            k for k in tree.children(i, "flat", "compound") if tree[k].upos == "PROPN" and abs(k - i) <= 3
        ] + [i]
        span = tree.span(parts)
        text = self.parse.text[span.start : span.end]
        determined = [k for k in tree.children(i, "det") if tree.lemma(k) in ("the", "a", "an")]
        if (
            (determined and expected != "Place")
            or not text[:1].isupper()
            or "\n" in text
            or any(self.mentions.at(tree, k) for k in parts)
        ):
            return None
        return Argument(self.mentions.adopt(span, "Place" if expected == "Place" else "Person"), span, 0.7, i)

    def _named_beside(self, tree: Tree, i: int, expected: str) -> Argument | None:
        """The name in "musician John Lennon", "the drummer, Rosa Lima", "the film Harbour"."""
        for k in tree.children(i, *NAME_LINKS):
            mention = self.mentions.at(tree, k)
            if mention and self.fits(self.mentions.of[mention.span], expected):
                if tree[k].label == "compound" and k < i:
                    continue
                return Argument(self.mentions.of[mention.span], mention.span, 0.95, k)
        after = self.mentions.at(tree, i + 1) if i + 1 < len(tree.tokens) else None
        if after and tree[i].upos in ("NOUN", "PROPN") and after.span.start == tree[i + 1].span.start:
            if self.fits(self.mentions.of[after.span], expected):
                return Argument(self.mentions.of[after.span], after.span, 0.9, i + 1)
        return None

    def _named_award(self, tree: Tree, i: int) -> Argument | None:
        """The award in "five Cesar awards", "the prize for best actor", "several awards, including an Oscar"."""
        if tree.lemma(i) not in ("award", "prize", "trophy", "statuette", "medal", "honour", "honor", "gong"):
            return None
        for k in [*tree.children(i, "compound", "amod", "flat", "appos"), *tree.children(i, "nmod")]:
            mention = self.mentions.at(tree, k)
            if mention and self.mentions.of[mention.span].type == "Award":
                return Argument(self.mentions.of[mention.span], mention.span, 0.9, k)
        return None

    def is_work(self, relation: str) -> bool:
        """True where the relation speaks of a film or another work."""
        return self.ontology.relation(relation).domain in ("CreativeWork", "Film", "Work")

    def _same_as(self, tree: Tree, i: int, expected: str) -> Argument | None:
        """The person that a noun is said to be: "X, the actress who …", "X was the actress who …"."""
        label, head = tree[i].label, tree[i].head
        others = (
            [head]
            if label == "appos" and head >= 0
            else tree.exactly(i, "nsubj")
            if tree.children(i, "cop")
            else []
        )
        for k in others:
            referent = self.mentions.referent(tree, k)
            if referent and self.fits(referent, expected):
                return Argument(referent, tree[i].span, 0.9, i)
        return None

    def is_film_noun(self, tree: Tree, i: int) -> bool:
        """True for "film", "movie", "drama" and their kind."""
        return tree[i].upos in ("NOUN", "PROPN", "ADJ") and (
            tree.lemma(i) in self.film_nouns or tree.lemma(i) in self.genres
        )

    def _described_film(self, tree: Tree, i: int) -> Argument | None:
        """The film that "the film", or the descriptive noun of "X is a drama directed by Y", stands for."""
        if not self.is_film_noun(tree, i) and tree.lemma(i) not in STORIES:
            return None
        span = tree[i].span
        for k in tree.exactly(i, "nsubj", "nsubj:outer") if tree.children(i, "cop") else []:
            if (found := self.mentions.referent(tree, k)) and found.type in ("Film", "Work"):
                return Argument(found, self.mentions.at(tree, k).span, 0.95, k)  # type: ignore[union-attr]
            return self.entity(tree, k, "Film") if k != i else None
        if tree[i].label in ("appos", "parataxis") and (found := self.mentions.referent(tree, tree[i].head)):
            if found.type in ("Film", "Work"):
                return Argument(found, span, 0.95, i)
        determiners = {tree.lemma(k) for k in tree.children(i, "det")}
        dated = any(c.isdigit() for k in tree.kids[i] for c in tree[k].text)
        if (
            not dated
            and determiners & {"the", "this"}
            and (tree.lemma(i) in self.film_nouns or tree.lemma(i) in STORIES)
            and not tree.children(i, "amod", "nummod")
        ):
            if found_film := self.focus.at(tree, i):
                return Argument(found_film[0], span, found_film[1], i)
        if tree.sentence.block < 3 and tree[i].head < 0 and not determiners and self.focus.main:
            return Argument(self.focus.main, span, 0.8, i)
        return None

    def _described_person(self, tree: Tree, i: int) -> Argument | None:
        """The person that "the director" or "the author" stands for: the one said to be it, of the film in focus."""
        token = tree[i]
        if token.upos != "NOUN" or not any(tree.lemma(k) == "the" for k in tree.children(i, "det")):
            return None
        if tree.children(i, "nmod", "acl", "amod", "compound"):
            return None
        film = self.focus.at(tree, i)
        if not film:
            return None
        known = self.roles.get((film[0].number, tree.lemma(i)), [])
        return Argument(known[0], token.span, 0.75, i) if len(known) == 1 else None

    def performs(self, filler: Referent | Value) -> int:
        """Above 0 for who was seen to perform in this document, below 0 for who was seen to be played."""
        if not isinstance(filler, Referent):
            return 0
        seen = self.performing[filler.number]
        return (seen > 0) - (seen < 0)

    # --- pronouns ---

    def _pronoun(self, tree: Tree, i: int, expected: str) -> Argument | None:
        word = tree[i].text.lower()
        if word in ("it", "its", "this") and expected in FILM_TYPES:
            found = self.focus.at(tree, i)
            fitting = found and self.fits(found[0], expected)
            return Argument(found[0], tree[i].span, found[1] * 0.9, i) if found and fitting else None
        gender = "male" if word in MASCULINE else "female" if word in FEMININE else ""
        if not gender or expected not in PERSON_TYPES:
            return None
        found_person = self._antecedent(tree, i, gender, expected)
        return Argument(found_person[0], tree[i].span, found_person[1], i) if found_person else None

    def couple(self, tree: Tree, i: int) -> list[Argument]:
        """The two people that "they" or "their" at `i` stands for: the last two that were coordinated or married."""
        for n in range(tree.number, max(-1, tree.number - 3), -1):
            other = self.trees[n]
            for k in range((i if n == tree.number else len(other.tokens)) - 1, -1, -1):
                group = [r for c in other.conjuncts(k) if (r := self._person_at(other, c))]
                if len(group) == 2 and other[k].label != "conj" and group[0] is not group[1]:
                    return [Argument(r, tree[i].span, 0.8, i) for r in group]
            if n in self.couples:
                return [Argument(r, tree[i].span, 0.75, i) for r in self.couples[n]]
        return []

    def _person_at(self, tree: Tree, i: int) -> Referent | None:
        """The person named or meant at a token, or named right beside a noun like "wife"."""
        referent = self.mentions.referent(tree, i) or self._pronouns.get((tree.number, i))
        if referent is None and tree[i].upos == "NOUN":
            beside = self._named_beside(tree, i, "Figure")
            referent = beside.filler if beside and isinstance(beside.filler, Referent) else None
        return referent if referent is not None and referent.type in PERSONAL else None

    def note_pronouns(self, tree: Tree) -> None:
        """Resolves the personal pronouns of a sentence, so that later ones can lean on them."""
        for token in tree.tokens:
            word = token.text.lower()
            gender = "male" if word in MASCULINE else "female" if word in FEMININE else ""
            if gender and (found := self._antecedent(tree, token.index, gender, "Figure")):
                self._pronouns[tree.number, token.index] = found[0]

    def _antecedent(self, tree: Tree, i: int, gender: str, expected: str) -> tuple[Referent, float] | None:
        """The person that a pronoun at `i` stands for, and how sure that is."""
        scored: dict[int, float] = {}
        for distance in range(4):
            n = tree.number - distance
            if n < 0 or (distance and self.trees[n].sentence.block < tree.sentence.block - 1):
                break
            other = self.trees[n]
            for token in other.tokens[: i if distance == 0 else None]:
                referent = self.mentions.referent(other, token.index) or self._pronouns.get(
                    (other.number, token.index)
                )
                if not referent or referent.type not in PERSONAL or referent.gender not in ("", gender):
                    continue
                fictional = referent.type == "Character" or self.performs(referent) < 0
                if fictional and (expected in ("Person", "Agent", "Honouree") or self.focus.person):
                    continue
                if distance == 0 and self._same_clause(tree, i, token.index):
                    continue
                subject = token.label in ("nsubj", "nsubj:pass") or token.head < 0
                weight = (1.0 if subject else 0.55) * 0.72**distance * (1.0 if referent.gender else 0.85)
                if token.label == "nmod:poss" or other.sentence.block != tree.sentence.block:
                    weight *= 0.8
                weight *= likely(referent, gender)
                if referent is self.focus.person:
                    weight *= 1.5
                scored[referent.number] = max(scored.get(referent.number, 0), weight)
        if self.focus.person and self.focus.person.gender in ("", gender):
            scored[self.focus.person.number] = max(scored.get(self.focus.person.number, 0), 0.5)
        if not scored:
            return None
        ranked = sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))
        if len(ranked) > 1 and ranked[1][1] > 0.85 * ranked[0][1]:
            return None
        best = self.mentions.referents[ranked[0][0]]
        sure = 0.9 if len(ranked) == 1 or ranked[1][1] < 0.5 * ranked[0][1] else 0.8
        if not best.gender and len(ranked) > 1:
            sure -= 0.1
        return best, sure

    @staticmethod
    def _same_clause(tree: Tree, i: int, k: int) -> bool:
        """True where a pronoun at `i` and a name at `k` fill places of one predicate, and so are two people."""
        own = tree[i].label == "nmod:poss" or tree[i].text.lower().endswith("self")
        if own:
            return tree[k].head == tree[i].head or k in tree.kids[tree[i].head]
        return tree[i].head == tree[k].head and tree[i].head >= 0

    # --- values ---

    def value(self, tree: Tree, i: int, slot: str) -> Argument | None:
        """The value of the kind that `slot` takes, at or below token `i`."""
        kinds = KIND_OF_RELATION.get(slot)
        below = tree.subtree(i)
        span = tree.span(below)
        if kinds:
            for found in self.values[tree.number]:
                if found.kind in kinds and span.contains(found.span):
                    return Argument(self.as_asked(found, slot), found.span, 1.0, i)
            return None
        return None

    @staticmethod
    def as_asked(found: ValueMention, slot: str) -> Value:
        """The value, cut to what the slot asks: the year of a date."""
        if slot in ("releaseYear", "year") and found.kind == "date":
            year = re.match(r"\d{4}", found.value.text)
            return Value(year.group() if year else found.value.text, "xsd:integer")
        return found.value

    def phrase(self, tree: Tree, i: int) -> tuple[str, Span]:
        """The noun phrase headed by `i` without determiner, adjective clauses and what follows: "Hollywood screenwriter"."""
        keep = [i]
        for k in sorted(tree.children(i, "compound", "amod", "nmod:desc"), reverse=True):
            if k == keep[-1] - 1 and tree[k].upos in ("NOUN", "ADJ", "PROPN"):
                keep.append(k)
        span = tree.span(keep)
        return self.text(span), span
