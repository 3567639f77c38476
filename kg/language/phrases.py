"""How far a title reaches: from a word that surely belongs to it, over capitals and small words between."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.language.forms import is_common, word_set
from kg.language.names import Reading
from kg.model import Span

LINKS = word_set(
    "of the a an de del des du d la le les el los las y et e i o und der die das den dem von van zu "
    "och og av di il lo da do dos das um uma un una une al 'n' n ka ki ke se no na en à en au aux que"
)
"""Small words that stand inside titles and need no more than a capital behind them."""
LOOSE = word_set("in at on for to from with by as and or is my your his her its not over under without")
"""Small words that stand inside titles and between them and the rest: the model decides."""
JOINTS = frozenset(("'s", "’s", "-", "&", "'", "’", "n't", "n’t", "'S", "’S"))
_ABBREVIATED = word_set("Mr. Mrs. Ms. Dr. St. No. Vol. Pt. Mr Mrs Dr Prof. Rev. Capt. Sgt. MR. MRS. DR. NO.")
_NO_END = word_set("the a an of there here novel film play book picture movie")
_OPENERS = word_set("in with from for after before like by as of at to on then and but both besides see cf")
_ADVERBS = word_set("there here again later only itself himself herself too also first now then and of in")
_ARTICLES = frozenset(("a", "an", "the", "his", "her", "their", "this", "that", "another", "first"))
_ORIGIN = re.compile(r"(?:an|ese|ish|ch|ek|ic|ine|ss|sh|am|il|gu|ali|di)$")
_SURE, _MAYBE = 128, 77
"""Probabilities of one half and three tenths, times 255."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text with what the model says of each."""

    text: str
    reading: Reading

    def form(self, word: int) -> str:
        """The word as written."""
        return self.text[self.reading.start[word] : self.reading.end[word]]

    def span(self, words: range) -> Span:
        """From the first word to the last."""
        return Span(self.reading.start[words.start], self.reading.end[words.stop - 1])

    def is_open(self, word: int) -> bool:
        """True for a word that can begin a title: a capital or a digit first."""
        first = self.form(word)[0]
        return first.isupper() or first.isdigit() or first in "¿¡½#"

    def is_named(self, word: int) -> bool:
        """True where the model takes the word for part of another name."""
        named = self.reading.other[word] + self.reading.person[word]
        return named > 150 and self.reading.title[word] < _MAYBE

    def touching(self, word: int) -> bool:
        """True where no space stands between the word and the one before."""
        return self.reading.start[word] == self.reading.end[word - 1]

    def begins_sentence(self, word: int, stop: int) -> bool:
        """True where a sentence begins with the word, whatever the model thinks of it."""
        if word <= stop or self.reading.first[word] > _SURE:
            return True
        before = self.form(word - 1)
        return before[0] in '.!?:;“"—' and before not in {"..."}

    def rightward(self, first: int, stop: int) -> range:
        """The title that begins with the word `first`, within the words before `stop`."""
        end = first + 1
        while end < stop:
            step = self._step(end, stop)
            if not step:
                break
            end += step
        return range(first, self._closed(end, stop))

    def _step(self, at: int, stop: int) -> int:
        """How many words more belong to the title: none, one, or a bridge and the capital behind it."""
        form, title = self.form(at), self.reading.title[at]
        if self.is_open(at):
            return int(self.reading.first[at] < _SURE or self.form(at - 1) in _ABBREVIATED)
        if title > _SURE and (form[0].isalnum() or form in JOINTS):
            return 1
        low = form.lower()
        if low in JOINTS or low in LINKS or (low in LOOSE and title > _MAYBE):
            return self._bridge(at, stop)
        if form in {",", ":", "!", "?", "…"} and title > _SURE and at + 1 < stop:
            return 2 * int(self.reading.title[at + 1] > _SURE and self.form(at + 1)[0].isalnum())
        return 0

    def _bridge(self, at: int, stop: int) -> int:
        """The number of words to the next capital, that included, over small words; 0 where there is none."""
        for reach in range(1, min(4, stop - at)):
            if self.is_open(at + reach):
                return 0 if self.is_named(at + reach) else reach + 1
            form = self.form(at + reach)
            if form.lower() not in LINKS and form not in JOINTS:
                return 0
        return 0

    def _closed(self, end: int, stop: int) -> int:
        """The end, with a mark that belongs to the title: one that the sentence goes on behind."""
        if end < stop and self.form(end)[0] in "?!…" and self.touching(end):
            follows = end + 1 < stop and not self.is_open(end + 1) and self.form(end + 1)[0] not in '"”’'
            if follows or self.reading.title[end] > _SURE:
                return end + 1
        return end

    def leftward(self, last: int, stop: int) -> range:
        """The title that ends with the word `last`, not before the word `stop`; empty where none does."""
        while last > stop and self.form(last) in _ADVERBS:
            last -= 1
        if self.form(last).islower() and is_common(self.form(last)) and self.reading.title[last] < 200:
            return range(last, last)
        first = at = last
        while at > stop:
            at -= 1
            form, title = self.form(at), self.reading.title[at]
            low = form.lower()
            if self.is_open(at):
                if at + 1 < first and (self.is_named(at) or self._possesses(at)):
                    break
                first = at
            elif first > at + 3 and title < _SURE:
                break
            elif form[0].isalpha() and (title > _SURE or not self.is_open(first)):
                first = at if title > _SURE and low not in _OPENERS else first
            elif form in ",:!?" and title > _SURE and self.reading.title[at + 1] > _SURE:
                continue
            elif not (form in JOINTS or low in LINKS or (low in LOOSE and title > _MAYBE)):
                break
        return range(self._opened(first, last, stop), last + 1)

    def _possesses(self, word: int) -> bool:
        """True for the name before 's where the model sees no title: its owner or maker."""
        return self.form(word + 1) in {"'s", "’s"} and self.reading.title[word] < _SURE

    def _opened(self, first: int, last: int, stop: int) -> int:
        """The first word, without a preposition that only begins the sentence ("In Casablanca (1942)")."""
        while first < last:
            low = self.form(first).lower()
            loose = not self.is_open(first) and self.form(first)[0].isalpha()
            begins = (
                self.begins_sentence(first, stop) and low in _OPENERS and self.reading.title[first] < _SURE
            )
            if not (loose or begins or self.is_nationality(first, stop)):
                break
            first += 1
        return first

    def is_nationality(self, word: int, stop: int) -> bool:
        """True for 'Argentine' in 'an Argentine X': an adjective of origin that an article precedes."""
        if word <= stop or self.form(word - 1) not in _ARTICLES or self.reading.title[word - 1] > _SURE:
            return False
        return bool(_ORIGIN.search(self.form(word))) and self.is_open(word + 1)

    def mended(self, words: range, start: int, stop: int) -> range:
        """What the model took for a title, without loose ends, with the capitals that belong to it."""
        first, end = words.start, words.stop
        comma = self.form(end - 1) == ","
        while end > first and not self._may_end(end - 1):
            end -= 1
        while first < end - 1 and (not self.is_open(first) or self.is_nationality(first, start)):
            first += 1
        if first == end:
            return range(first, first)
        if comma and end == words.stop - 1 and end + 1 < stop and self.is_open(end + 1):
            end += 2
        while end < stop and not self.reading.first[end] > _SURE and self._continues(end):
            end += 1
        while first > start and self._precedes(first, start):
            first -= 1
        return range(first, self._closed(end, stop))

    def _may_end(self, word: int) -> bool:
        form = self.form(word)
        if form in "?!…" or form in {"...", "!!", "?!"}:
            return True
        return form[0].isalnum() and form not in LOOSE and form not in _NO_END

    def _continues(self, word: int) -> bool:
        """True where the word goes on what the one before began: a capital, a part of a compound."""
        if self.touching(word) and self.form(word) in {"-", "&"}:
            return True
        if self.form(word) in {"'s", "’s"}:
            after = word + 1
            return (
                after < len(self.reading.start) and self.is_open(after) and self.reading.title[after] > _SURE
            )
        return self.is_open(word) and (self.form(word - 1)[0].isalnum() or self.form(word - 1) in JOINTS)

    def _precedes(self, first: int, start: int) -> bool:
        """True where the word before `first` belongs to the same run of capitals inside a sentence."""
        before = first - 1
        if self.touching(first) and self.form(before)[-1].isalnum():
            return True
        if not self.is_open(before) or self.is_named(before) or self.form(before)[0].isdigit():
            return False
        return not self.begins_sentence(before, start) and self.reading.other[before] < _MAYBE
