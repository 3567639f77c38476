"""How well the shipped model reads: `python -m kg.language.evaluate FILE.conllu | FILE.iob2 | FOLDER`.

A treebank (CoNLL-U) is read with its own words and sentences: UPOS, UAS, LAS, subtypes of labels ignored. An
IOB2 file gives names of persons, organizations and places. A folder of articles (`x.txt` with `x.gold.json`)
gives names and titles, as the whole language layer finds them. The last line holds the figures.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.language import gold_words, parse_with
from kg.language import names as name_reader
from kg.language.names import TITLE_TYPES
from kg.language.network import Network, network
from kg.language.tree import heads
from kg.model import Span

TYPES = (*TITLE_TYPES, "Person", "Character", "Place", "Award", "Organization", "Publication")
_PARAGRAPH_TYPES = ("PER", "ORG", "LOC", "MISC")
_COARSE = {"Person": "PER", "Character": "PER", "Organization": "ORG", "Publication": "ORG", "Place": "LOC"}


@dataclass(slots=True)
class Score:
    """Counts of what was right, found and asked, by type, and F of them."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, *, right: bool = False, found: bool = False, asked: bool = False) -> None:
        """One more name, right, found or asked."""
        self.right[kind] += right
        self.found[kind] += found
        self.asked[kind] += asked

    def f(self, kinds: Iterable[str]) -> float:
        """F over several types together, in per cent."""
        kinds = tuple(kinds)
        total = sum(self.found[kind] + self.asked[kind] for kind in kinds)
        return 200 * sum(self.right[kind] for kind in kinds) / total if total else 0.0


def treebank(path: Path, model: Network) -> dict[str, float]:
    """UPOS, UAS, LAS in per cent over the words of a CoNLL-U file."""
    count: Counter[str] = Counter()
    for rows in gold_words.sentences(path):
        scores = model.tree([row[1] for row in rows])
        found = heads(scores.arcs)
        labels = model.arc_labels(scores, found)
        for row, tag, head, label in zip(rows, scores.upos, found[1:], labels, strict=True):
            attached = head == int(row[6])
            count["words"] += 1
            count["UPOS"] += model.labels["upos"][tag] == row[3]
            count["UAS"] += attached
            count["LAS"] += attached and _plain(model.labels["dep"][label]) == _plain(row[7])
    return {name: 100 * count[name] / max(1, count["words"]) for name in ("UPOS", "UAS", "LAS")}


def tagged_names(path: Path, model: Network) -> dict[str, float]:
    """F of persons, organizations and places on an IOB2 file, and of all of them together."""
    score = Score()
    for document in gold_words.documents(path):
        text, lines = gold_words.laid_out(document)
        gold = {(span, kind) for sentence, line in zip(document, lines, strict=True)
                for span, kind in gold_words.spans(sentence, line)}  # fmt: skip
        reading = name_reader.read(text, lines, model)
        found = {(name.span, _COARSE[name.type]) for name in reading.names if name.type in _COARSE}
        for span, kind in gold | found:
            asked, seen = (span, kind) in gold, (span, kind) in found
            score.add(kind, right=asked and seen, found=seen, asked=asked)
    kinds = ("PER", "ORG", "LOC")
    return {kind: score.f([kind]) for kind in kinds} | {"ALL": score.f(kinds)}


def paragraphs(path: Path, model: Network, only: Collection[str] = ()) -> dict[str, float]:
    """F of names by a DocRED file's types, titles and other things together as MISC, exact spans."""
    score = Score()
    for entry in json.loads(path.read_text(encoding="utf8")):
        if only and entry["title"] not in only:
            continue
        text, lines = gold_words.laid_out([[["", word] for word in words] for words in entry["sents"]])
        gold = {
            (Span(words[start].start, words[end - 1].end), mention["type"])
            for mentions in entry["vertexSet"]
            for mention in mentions
            if mention["type"] in _PARAGRAPH_TYPES
            for words, (start, end) in [(lines[mention["sent_id"]], mention["pos"])]
        }
        reading = name_reader.read(text, lines, model)
        found = {(name.span, _COARSE.get(name.type, "MISC")) for name in reading.names if name.type in TYPES}
        for span, kind in gold | found:
            asked, seen = (span, kind) in gold, (span, kind) in found
            score.add(kind, right=asked and seen, found=seen, asked=asked)
    kinds = _PARAGRAPH_TYPES
    return {kind: score.f([kind]) for kind in kinds} | {"ALL": score.f(kinds)}


def articles(
    folder: Path, keep: Callable[[str], bool] = lambda name: True, model: Network | None = None
) -> dict[str, float]:
    """F of names by type and of titles (exact spans; `Titles` without, `Titles typed` with Film or Work)."""
    names, spans, typed = Score(), Score(), Score()
    for path in sorted(folder.glob("*.gold.json")):
        if not keep(path.name):
            continue
        gold = json.loads(path.read_text(encoding="utf8"))
        text = (folder / gold["doc"]).read_text(encoding="utf8")
        result = parse_with(model or network(), text)
        kinds = _kinds(gold["entities"])
        score_titles(text, kinds, {title.span: title.type for title in result.titles}, spans, typed)
        _score_names(text, kinds, {name.span: name.type for name in result.names}, names)
    figures = {kind: names.f([kind]) for kind in TYPES} | {"Names": names.f(TYPES)}
    return figures | {"Titles": spans.f(["Title"]), "Titles typed": typed.f(TITLE_TYPES)}


def score_titles(
    text: str, kinds: Mapping[str, set[str]], found: Mapping[Span, str], spans: Score, typed: Score
) -> None:
    """Adds a document's titles to both scores; a string that also names another type does not count."""
    titles = set(TITLE_TYPES)
    listed = {name: types for name, types in kinds.items() if types & titles}
    gold = _occurrences(text, listed)
    left_out = {span for span, types in gold.items() if not types <= titles or not _asked(text, span)}
    for span, types in gold.items():
        if span in left_out:
            continue
        kind = found.get(span, "")
        spans.add("Title", right=bool(kind), asked=True)
        typed.add(kind if kind in types else min(types), right=kind in types, asked=True)
    for span, kind in found.items():
        if span not in left_out:
            spans.add("Title", found=True)
            typed.add(kind, found=True)


def _score_names(text: str, kinds: Mapping[str, set[str]], found: Mapping[Span, str], score: Score) -> None:
    """Adds a document's names; one that the gold does not list is wrong only where it cannot be a name."""
    gold = {span: types for span, types in _occurrences(text, kinds).items() if _asked(text, span)}
    taken = bytearray(len(text))
    for span, types in gold.items():
        taken[span.start : span.end] = b"\1" * len(span)
        right = found.get(span) in types
        score.add(found[span] if right else min(types), right=right, asked=True)
    for span, kind in found.items():
        if kind not in TYPES:
            continue
        words = text[span.start : span.end].split()
        if kind in gold.get(span, ()) or any(taken[span.start : span.end]) or any(w.islower() for w in words):
            score.add(kind, found=True)


def _kinds(entities: Sequence[Mapping[str, object]]) -> dict[str, set[str]]:
    """Each listed name with the types of the entities that it names."""
    kinds: dict[str, set[str]] = {}
    for entity in entities:
        names = entity["names"]
        assert isinstance(names, list)
        for name in names:
            bare = re.sub(r"\s\([^()]*\)$", "", name)  # some lists have "X (1988)" beside "X"
            kinds.setdefault(bare if bare in names else name, set()).add(str(entity["type"]))
    return kinds


def _occurrences(text: str, kinds: Mapping[str, set[str]]) -> dict[Span, set[str]]:
    """Every occurrence of a name as whole words, the longest names first."""
    names = sorted((name for name in kinds if name.strip()), key=lambda name: (-len(name), name))
    if not names:
        return {}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    return {Span(*match.span()): kinds[match.group()] for match in pattern.finditer(text)}


def _asked(text: str, span: Span) -> bool:
    return text[span.start].isupper() or text[span.start].isdigit()


def _plain(label: str) -> str:
    return label.split(":")[0]


def measured(path: Path, model: Network, only: Collection[str] = ()) -> str:
    """The figures of a file or folder in one line; `only`: titles of a DocRED file's paragraphs, else all."""
    if path.is_dir():
        figures = articles(path, model=model)
    elif path.suffix == ".conllu":
        figures = treebank(path, model)
    elif path.suffix == ".json":
        figures = paragraphs(path, model, only)
    else:
        figures = tagged_names(path, model)
    return "  ".join(f"{kind} {value:.2f}" for kind, value in figures.items())


def main(paths: Sequence[str]) -> int:
    """Prints the figures of each path; 2 where nothing was given."""
    for name in paths:
        print(measured(Path(name), network()))
    return 0 if paths else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
