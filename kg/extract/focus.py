"""Which film a sentence is about, where it does not say: the film of the section, of the paragraph, of
the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection

from kg.extract.definitions import definition
from kg.extract.headlines import heads_page, is_credit_heading, names_film
from kg.extract.mentions import Mentions
from kg.extract.protagonist import main_person
from kg.extract.referents import PERSONAL, Referent
from kg.extract.tree import Tree
from kg.language.parse import Parse
from kg.model import Mention

LIFE = re.compile(r"\b(?:dies|died|dead|death|obituary|remembered|profile|interview|career|retires)\b", re.I)


class Focus:
    """The film in focus at every place of a document, or none."""

    def __init__(
        self, parse: Parse, trees: list[Tree], mentions: Mentions, film_nouns: Collection[str]
    ) -> None:
        self.parse, self.trees, self.mentions, self.film_nouns = parse, trees, mentions, film_nouns
        self.films = [r for r in mentions.referents if r.type == "Film" and r.mentions]
        self._named = sorted((m.span.start, n) for n, film in enumerate(self.films) for m in film.mentions)
        self._by_block: dict[int, list[Mention]] = {}
        for referent in self.films:
            for mention in referent.mentions:
                tree = next((t for t in trees if t.sentence.span.contains(mention.span)), None)
                if tree is not None:
                    self._by_block.setdefault(tree.sentence.block, []).append(mention)
        self.main = self._main_film()
        self.person = main_person(parse, trees, mentions, no_film=self.main is None)
        self.section = self._sections()
        self.running = self._running()

    def _main_film(self) -> Referent | None:
        """The film that the article as a whole is about."""
        for number, block in enumerate(self.parse.blocks[:8]):
            if names_film(self.parse.text, block) and (found := self._by_block.get(number)):
                return self.mentions.of[found[0].span]
        if not self.films or self._headed_by_person():
            return None
        if len(self.films) == 1:
            return self.films[0]
        first, opening = self._first_film(), self._opening_films()
        headed = {
            self.mentions.of[m.span].number
            for n, ms in self._by_block.items()
            if self.parse.blocks[n].kind == "heading"
            for m in ms
        }
        if first and len(headed - {first.number}) < 2:
            return first
        counts = Counter({r.number: len(r.mentions) for r in self.films})
        (best, n), (_, second) = counts.most_common(2)
        leader = self.mentions.referents[best]
        if len(headed - {best}) >= 2:
            return None
        return leader if n >= 3 and n >= (2 if leader in opening[:2] else 3) * second else None

    def _headed_by_person(self) -> bool:
        """True where the headline begins with a person who is also the subject of the first sentence: an
        obituary, a profile.
        """
        if len(self.parse.blocks) < 2 or self.parse.blocks[0].kind != "heading":
            return False
        if not LIFE.search(self.parse.text[: self.parse.blocks[1].span.end]):
            return False
        heads = [t for t in self.trees if t.sentence.block == 0][:1]
        first = next(
            (
                self.mentions.referent(t, k.index)
                for t in heads
                for k in t.tokens
                if self.mentions.at(t, k.index)
            ),
            None,
        )
        body = next((t for t in self.trees if t.sentence.block > 0 and len(t.tokens) > 6), None)
        if first is None or first.type not in PERSONAL or body is None:
            return False
        subject = next(
            (r for k in body.tokens if (r := self.mentions.referent(body, k.index)) and r.type in PERSONAL),
            None,
        )
        return subject is first

    def _first_film(self) -> Referent | None:
        """The film that title line and first sentence put at the head of the article, if it comes back
        later.
        """
        line = self._title_line_film()
        opening = self._opening_films()
        if opening and self._is_defined(opening[0]):
            return opening[0]
        if line and opening[:1] == [line] and heads_page(self.parse, min(m.span for m in line.mentions)):
            return line
        for film in ([line] if line else []) + opening[:1]:
            again = len(film.mentions) > 1
            if film is line and (again or len(opening) == 1):
                return film
            if self._is_first_subject(film) and (again or len(opening) == 1):
                return film
            if again and len(opening) == 1:
                return film
        return None

    def _is_defined(self, film: Referent) -> bool:
        """True where a paragraph begins by saying what the film is: "X (1995) is a drama directed by …"."""
        first = min(film.mentions, key=lambda mention: mention.span)
        block = next((b for b in self.parse.blocks if b.span.contains(first.span)), None)
        if block is None or self.parse.text[block.body.start : first.span.start].strip("“\"‘'*_ "):
            return False
        return definition(self.parse.text, first.span, block.span.end, self.film_nouns) is not None

    def _is_first_subject(self, film: Referent) -> bool:
        """True where the first whole sentence is about the film."""
        for tree in self.trees[:4]:
            for token in tree.tokens:
                if self.mentions.referent(tree, token.index) is film and token.label in (
                    "nsubj",
                    "nsubj:pass",
                    "nsubj:outer",
                    "root",
                ):
                    return True
        return False

    def _opening_films(self) -> list[Referent]:
        """The films of the first blocks, up to the end of the first paragraph, in order."""
        out: list[Referent] = []
        for number, block in enumerate(self.parse.blocks[:6]):
            for mention in self._by_block.get(number, []):
                referent = self.mentions.of[mention.span]
                if referent not in out:
                    out.append(referent)
            if block.kind == "paragraph" and len(block.span) > 200:
                break
        return out

    def _title_line_film(self) -> Referent | None:
        """The film that the first block names, if it names one alone."""
        found = self._by_block.get(0, [])
        return self.mentions.of[found[0].span] if len(found) == 1 else None

    def _sections(self) -> list[Referent | None]:
        """For each block the film of the heading or title line above it."""
        out: list[Referent | None] = []
        current: Referent | None = None
        several = len(self.films) > 1
        for number, block in enumerate(self.parse.blocks):
            found = self._by_block.get(number, [])
            text = self.parse.text[block.span.start : block.span.end]
            alone = len(found) == 1 and len(found[0].span) * 2 >= len(text.strip()) - 14
            if block.label is not None and not names_film(self.parse.text, block):
                out.append(current)
                continue
            if block.kind == "heading" or (alone and len(text) < 90):
                if len(found) == 1 and several:
                    current = self.mentions.of[found[0].span]
                elif not found:
                    current = None if block.kind == "heading" and not is_credit_heading(text) else current
            out.append(current)
        return out

    def _running(self) -> list[Referent | None]:
        """For each sentence the film that the sentences before it in the paragraph were about."""
        out: list[Referent | None] = []
        current: Referent | None = None
        block = -1
        for tree in self.trees:
            if tree.sentence.block != block:
                block, current = tree.sentence.block, None
            out.append(current)
            current = self._topic(tree) or current
        return out

    def names_film_in(self, block: int) -> bool:
        """True where the block names a film."""
        return bool(self._by_block.get(block))

    def films_in(self, tree: Tree) -> list[tuple[int, Referent]]:
        """The films named in a sentence, with the token of each."""
        out: list[tuple[int, Referent]] = []
        for token in tree.tokens:
            referent = self.mentions.referent(tree, token.index)
            if referent and referent.type == "Film" and (not out or out[-1][1] is not referent):
                out.append((token.index, referent))
        return out

    def _topic(self, tree: Tree) -> Referent | None:
        """The film that a sentence is about: its subject, or the only one it names."""
        films = self.films_in(tree)
        if not films:
            return None
        for i, film in films:
            if tree[i].label in ("nsubj", "nsubj:pass", "root"):
                return film
        if self.main and films[0][1] is not self.main:
            return None
        return films[0][1] if len({f.number for _, f in films}) == 1 else None

    def at(self, tree: Tree, i: int) -> tuple[Referent, float] | None:
        """The film in focus at token `i` and how sure that is, or None."""
        films = [(k, f) for k, f in self.films_in(tree) if not self._aside(tree, k, f, i)]
        if films:
            before = [f for k, f in films if k < i]
            if len({f.number for _, f in films}) == 1:
                return films[0][1], 0.9
            if before:
                return before[-1], 0.7
        return self.before(tree)

    def _aside(self, tree: Tree, k: int, film: Referent, i: int) -> bool:
        """True for another film that a relative clause names in passing, seen from outside that clause."""
        if self.main is None or film is self.main:
            return False
        clause = next((a for a in (k, *tree.ancestors(k)) if tree[a].label == "acl:relcl"), None)
        return clause is not None and i not in tree.subtree(clause)

    def before(self, tree: Tree) -> tuple[Referent, float] | None:
        """The film that "the film" means at the head of a sentence."""
        section = self.section_of(tree)
        running = self.running[tree.number]
        if running and section and running is not section:
            return section, 0.75
        if running:
            return running, 0.9 if running is self.main or not self.main else 0.75
        if section:
            return section, 0.9
        if self.main:
            return self.main, 0.95 if len(self.films) == 1 else 0.85
        return None

    def section_of(self, tree: Tree) -> Referent | None:
        """The film of the heading or title line above a sentence."""
        return self.section[tree.sentence.block] if tree.sentence.block < len(self.section) else None

    def last_before(self, tree: Tree) -> Referent | None:
        """The film that was named last before a sentence, anywhere in the document."""
        named = self._named[: bisect_left(self._named, (tree.sentence.span.start,))]
        return self.films[named[-1][1]] if named else None
