"""The lexicon: how English says each relation, read from YAML into frames, with file and line in every error.

A frame is a row of data: a kind (`verb`, `noun`, `label`, `film`), the words that trigger it, and which position of
the construction fills which slot of the fact. Slots are `s`, `o` and the qualifiers of the relation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.errors import LexiconError
from kg.ontology import Ontology

KINDS = ("verb", "noun", "label", "film", "possessive", "pair", "epithet", "line")
"""verb: a predicate; noun: a relational noun; label: a label line; film: a word of the phrase that describes a
film ("a 1995 drama"); possessive: whose film it is ("Figgis's drama X"); pair: two names side by side ("X as Y");
epithet: "Oscar-winning X"; line: a list of awards whose lines say or imply `won` or `lost`."""

PREPOSITIONS = frozenset(
    [
        "about",
        "after",
        "against",
        "alongside",
        "among",
        "as",
        "at",
        "before",
        "between",
        "by",
        "during",
        "for",
        "from",
        "in",
        "into",
        "near",
        "of",
        "on",
        "onto",
        "opposite",
        "over",
        "per",
        "than",
        "through",
        "to",
        "under",
        "upon",
        "via",
        "with",
        "within",
        "without",
    ]
)
POSITIONS = (
    frozenset({"subject", "object", "indirect", "complement", "is", "measure", "possessor", "value"})
    | PREPOSITIONS
)
LARGEST = 2_000_000
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying one relation.

    `slots` maps a position to a slot; `needs` maps a position to the nouns of which one must stand there;
    `constants` are qualifiers that the words themselves give ("son" says gender male); `word_is_object` is true
    where the triggering word itself is the value ("actor", "drama"); `must` are the qualifiers without which it says nothing. A need of "o" speaks of what fills that slot.
    """

    relation: str
    kind: str
    words: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, tuple[str, ...]], ...]
    constants: tuple[tuple[str, str], ...]
    word_is_object: bool
    must: tuple[str, ...]
    line: int

    @property
    def rule(self) -> str:
        """The name of the row, `director/verb:direct`."""
        return (
            f"{self.relation}/{self.kind}:{self.words[0]}" if self.words else f"{self.relation}/{self.kind}"
        )

    def position(self, slot: str) -> str | None:
        """The position that fills `slot`, or None."""
        return next((p for p, s in self.slots if s == slot), None)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with marks: `{s:The Piano} was directed by {o:Jane Campion}.`; `also` names further relations it says."""

    relation: str
    marked: str
    line: int
    holds: bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames, looked up by kind and word, the examples, the word lists, and what cannot be said yet."""

    frames: tuple[Frame, ...]
    examples: tuple[Example, ...]
    lists: dict[str, dict[str, str]]
    unsaid: tuple[tuple[str, str], ...]
    index: dict[tuple[str, str], tuple[Frame, ...]]

    def triggered(self, kind: str, word: str) -> tuple[Frame, ...]:
        """The frames of `kind` that `word` (a lemma, or lemma and particle) triggers."""
        return self.index.get((kind, word), ())

    def words(self, name: str) -> dict[str, str]:
        """The word list `name`: word to what it stands for (itself, where the list says no more)."""
        return self.lists.get(name, {})


class _Reader:
    """Turns one YAML file into frames and examples; every complaint has its line."""

    def __init__(self, path: Path, ontology: Ontology) -> None:
        self.path, self.ontology = path, ontology
        self.frames: list[Frame] = []
        self.examples: list[Example] = []
        self.lists: dict[str, dict[str, str]] = {}
        self.unsaid: list[tuple[str, str]] = []

    def fail(self, node: yaml.Node, problem: str) -> LexiconError:
        return LexiconError(self.path, node.start_mark.line + 1, problem)

    def pairs(self, node: yaml.Node) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """Key and value nodes of a mapping; a key given twice is an error."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fail(node, "a mapping is expected here")
        seen: set[str] = set()
        out = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.fail(key, "a key must be a word")
            if key.value in seen:
                raise self.fail(key, f"{key.value!r} is given twice")
            seen.add(key.value)
            out.append((key, value))
        return out

    def strings(self, node: yaml.Node) -> tuple[str, ...]:
        """A word, or a list of words."""
        if isinstance(node, yaml.ScalarNode):
            return (node.value,)
        if isinstance(node, yaml.SequenceNode) and all(isinstance(n, yaml.ScalarNode) for n in node.value):
            return tuple(n.value for n in node.value)
        raise self.fail(node, "a word or a list of words is expected here")

    def entry(self, key: yaml.ScalarNode, node: yaml.Node) -> None:
        name = key.value
        if name == "lists":
            for list_key, words in self.pairs(node):
                self.lists[list_key.value] = self.word_list(words)
            return
        if name == "unsaid":
            self.unsaid += [(k.value, self.strings(v)[0]) for k, v in self.pairs(node)]
            return
        if name not in self.ontology.names:
            raise self.fail(key, f"{name!r} is no relation of the ontology")
        found = {k.value: v for k, v in self.pairs(node)}
        if unknown := set(found) - {"frames", "examples", "counterexamples"}:
            raise self.fail(node, f"unknown key {sorted(unknown)[0]!r} in {name}")
        for part in ("frames", "examples"):
            if part not in found or not getattr(found[part], "value", None):
                raise self.fail(
                    key, f"{name} has no {part}: a relation needs both frames and executed examples"
                )
        for frame in self.items(found["frames"]):
            self.frames.append(self.frame(name, frame))
        for part, holds in (("examples", True), ("counterexamples", False)):
            for example in self.items(found[part]) if part in found else ():
                self.examples.append(self.example(name, example, holds))

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.fail(node, "a list is expected here")
        return list(node.value)

    def word_list(self, node: yaml.Node) -> dict[str, str]:
        if isinstance(node, yaml.MappingNode):
            return {k.value: self.strings(v)[0] for k, v in self.pairs(node)}
        return {word: word for word in self.strings(node)}

    def example(self, relation: str, node: yaml.Node, holds: bool) -> Example:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return Example(relation, node.value, line, holds)
        found = {k.value: v for k, v in self.pairs(node)}
        if "text" not in found:
            raise self.fail(node, "an example is a sentence, or {text: …, also: […]}")
        also = self.strings(found["also"]) if "also" in found else ()
        return Example(relation, self.strings(found["text"])[0], line, holds, also)

    def frame(self, relation: str, node: yaml.Node) -> Frame:
        kind, words = "", ()
        slots: list[tuple[str, str]] = []
        needs: list[tuple[str, tuple[str, ...]]] = []
        constants: list[tuple[str, str]] = []
        word_is_object = False
        must: tuple[str, ...] = ()
        allowed = {"s", "o", *self.ontology.qualifiers(relation)}
        for key, value in self.pairs(node):
            name, said = key.value, self.strings(value)
            if name in KINDS:
                if kind:
                    raise self.fail(key, f"a frame has one kind: this one is {kind} and {name}")
                kind, words = name, self.expand(said)
            elif name == "must":
                must = said
            elif name == "o" and said == ("word",):
                word_is_object = True
            elif name == "o" and not isinstance(value, yaml.ScalarNode):
                needs.append(("o", self.expand(said)))
            elif name in POSITIONS and isinstance(value, yaml.ScalarNode):
                if said[0] not in allowed:
                    raise self.fail(
                        value, f"{said[0]!r} is no slot of {relation}: it has {', '.join(sorted(allowed))}"
                    )
                slots.append((name, said[0]))
            elif name in POSITIONS:
                needs.append((name, self.expand(said)))
            elif name in allowed:
                constants.append((name, said[0]))
            else:
                raise self.fail(key, f"{name!r} is no position and no qualifier of {relation}")
        if not kind:
            raise self.fail(node, f"a frame needs a kind: one of {', '.join(KINDS)}")
        fillers = {slot for _, slot in slots} | {name for name, _ in constants}
        if not word_is_object and "o" not in fillers and kind not in ("pair", "epithet", "line"):
            raise self.fail(node, "nothing fills the object o")
        return Frame(
            relation,
            kind,
            words,
            tuple(slots),
            tuple(needs),
            tuple(constants),
            word_is_object,
            must,
            node.start_mark.line + 1,
        )

    def expand(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words, with `@name` replaced by the word list of that name."""
        out: list[str] = []
        for word in words:
            out += self.lists.get(word[1:], {word: word}) if word.startswith("@") else [word]
        return tuple(out)


def _compose(path: Path) -> yaml.MappingNode:
    """The file's root mapping; no aliases, bounded in size and depth."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(path, 1, f"cannot be read: {error}") from error
    if len(text) > LARGEST:
        raise LexiconError(path, 1, f"larger than {LARGEST} characters")
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = event.start_mark.line + 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise LexiconError(path, line, "anchors and aliases are not allowed")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise LexiconError(path, line, f"nested deeper than {DEEPEST}")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise LexiconError(path, mark.line + 1 if mark else 1, str(error.problem)) from error
    except yaml.YAMLError as error:
        raise LexiconError(path, 1, str(error).splitlines()[0]) from error
    if not isinstance(root, yaml.MappingNode):
        raise LexiconError(path, 1, "the file must be a mapping of relations")
    return root


def load_lexicon(ontology: Ontology, *paths: Path) -> Lexicon:
    """The lexicon in `paths`, later files adding to earlier ones.

    Raises LexiconError, naming file and line, for anything that `ontology` does not know or YAML does not allow.
    """
    frames: list[Frame] = []
    examples: list[Example] = []
    lists: dict[str, dict[str, str]] = {}
    unsaid: list[tuple[str, str]] = []
    for path in paths:
        reader = _Reader(path, ontology)
        reader.lists = lists
        for key, node in sorted(reader.pairs(_compose(path)), key=lambda pair: pair[0].value != "lists"):
            reader.entry(key, node)
        frames += reader.frames
        examples += reader.examples
        unsaid += reader.unsaid
    index: dict[tuple[str, str], list[Frame]] = {}
    for frame in frames:
        for word in frame.words or ("",):
            index.setdefault((frame.kind, word), []).append(frame)
    return Lexicon(
        tuple(frames),
        tuple(examples),
        lists,
        tuple(unsaid),
        {key: tuple(value) for key, value in index.items()},
    )
