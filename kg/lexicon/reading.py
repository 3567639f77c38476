"""From YAML files to a Lexicon: what the ontology does not know, or a frame cannot mean, is an error with
its line.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from kg.lexicon.frames import KINDS, POSITIONS, Example, Frame, Lexicon
from kg.lexicon.nodes import Nodes, compose, line_of
from kg.ontology import Ontology

OBJECTLESS = ("pair", "epithet", "line", "quote", "source", "role")
"""Kinds of frame whose construction fills the object itself."""


def load_lexicon(ontology: Ontology, *paths: Path) -> Lexicon:
    """The lexicon in `paths`, later files adding to earlier ones.

    Raises LexiconError, naming file and line, for anything that `ontology` does not know or YAML does not
    allow.
    """
    frames: list[Frame] = []
    examples: list[Example] = []
    lists: dict[str, dict[str, str]] = {}
    unsaid: list[tuple[str, str]] = []
    for path in paths:
        reader = _Reader(path, ontology, lists)
        reader.read()
        frames += reader.frames
        examples += reader.examples
        unsaid += reader.unsaid
    index: dict[tuple[str, str], list[Frame]] = {}
    for frame in frames:
        for word in frame.words or ("",):
            index.setdefault((frame.kind, word), []).append(frame)
    by_word = {key: tuple(found) for key, found in index.items()}
    return Lexicon(tuple(frames), tuple(examples), lists, tuple(unsaid), by_word)


class _Reader:
    """Turns one YAML file into frames and examples; every complaint has its line."""

    def __init__(self, path: Path, ontology: Ontology, lists: dict[str, dict[str, str]]) -> None:
        self.nodes, self.ontology, self.lists = Nodes(path), ontology, lists
        self.frames: list[Frame] = []
        self.examples: list[Example] = []
        self.unsaid: list[tuple[str, str]] = []

    def read(self) -> None:
        """Fills frames, examples, lists and unsaid; the lists come first, since frames refer to them."""
        entries = self.nodes.pairs(compose(self.nodes.path))
        for key, node in sorted(entries, key=lambda entry: entry[0].value != "lists"):
            if key.value == "lists":
                for name, words in self.nodes.pairs(node):
                    self.lists[name.value] = self.word_list(words)
            elif key.value == "unsaid":
                self.read_unsaid(node)
            else:
                self.read_relation(key, node)

    def read_unsaid(self, node: yaml.Node) -> None:
        """Takes in the mapping of relations that nothing says yet to the reasons."""
        for key, reason in self.nodes.pairs(node):
            if key.value not in self.ontology.names:
                raise self.nodes.fail(key, f"{key.value!r} is no relation of the ontology")
            self.unsaid.append((key.value, self.nodes.word(reason)))

    def read_relation(self, key: yaml.ScalarNode, node: yaml.Node) -> None:
        """Takes in the frames and examples of one relation."""
        name = key.value
        if name not in self.ontology.names:
            raise self.nodes.fail(key, f"{name!r} is no relation of the ontology")
        found = {k.value: v for k, v in self.nodes.pairs(node)}
        if unknown := set(found) - {"frames", "examples", "counterexamples"}:
            raise self.nodes.fail(node, f"unknown key {sorted(unknown)[0]!r} in {name}")
        for part in ("frames", "examples"):
            if part not in found or not getattr(found[part], "value", None):
                problem = f"{name} has no {part}: a relation needs both frames and executed examples"
                raise self.nodes.fail(key, problem)
        for frame in self.nodes.items(found["frames"]):
            self.frames.append(self.frame(name, frame))
        for part, holds in (("examples", True), ("counterexamples", False)):
            for example in self.nodes.items(found[part]) if part in found else ():
                self.examples.append(self.example(name, example, holds))

    def word_list(self, node: yaml.Node) -> dict[str, str]:
        """Word to what it stands for: itself in a list, what the file says in a mapping."""
        if isinstance(node, yaml.MappingNode):
            return {k.value: self.nodes.strings(v)[0] for k, v in self.nodes.pairs(node)}
        return {word: word for word in self.nodes.strings(node)}

    def example(self, relation: str, node: yaml.Node, holds: bool) -> Example:
        """An example: a sentence, or one with the further relations that it says."""
        line = line_of(node)
        if isinstance(node, yaml.ScalarNode):
            return Example(relation, node.value, line, holds)
        found = {k.value: v for k, v in self.nodes.pairs(node)}
        if "text" not in found:
            raise self.nodes.fail(node, "an example is a sentence, or {text: …, also: […]}")
        also = self.nodes.strings(found["also"]) if "also" in found else ()
        return Example(relation, self.nodes.strings(found["text"])[0], line, holds, also)

    def frame(self, relation: str, node: yaml.Node) -> Frame:
        """The frame of one row."""
        row = _Row(relation, {"s", "o", *self.ontology.qualifiers(relation)})
        for key, value in self.nodes.pairs(node):
            self.put(row, key, value)
        if not row.kind:
            raise self.nodes.fail(node, f"a frame needs a kind: one of {', '.join(KINDS)}")
        fillers = {slot for _, slot in row.slots} | {name for name, _ in row.constants}
        if not row.word_is_object and "o" not in fillers and row.kind not in OBJECTLESS:
            raise self.nodes.fail(node, "nothing fills the object o")
        return row.frame(line_of(node))

    def put(self, row: _Row, key: yaml.ScalarNode, value: yaml.Node) -> None:
        """Takes one key of a row for what it is: kind, position with its slot or words, constant."""
        name, said = key.value, self.nodes.strings(value)
        one = isinstance(value, yaml.ScalarNode)
        if name in KINDS:
            if row.kind:
                raise self.nodes.fail(key, f"a frame has one kind: this one is {row.kind} and {name}")
            row.kind, row.words = name, self.expand(said)
        elif name == "must":
            row.must = said
        elif name == "o" and said == ("word",):
            row.word_is_object = True
        elif name == "o" and not one:
            row.needs.append(("o", self.expand(said)))
        elif name in POSITIONS and one:
            if said[0] not in row.allowed:
                known = ", ".join(sorted(row.allowed))
                raise self.nodes.fail(value, f"{said[0]!r} is no slot of {row.relation}: it has {known}")
            row.slots.append((name, said[0]))
        elif name in POSITIONS:
            row.needs.append((name, self.expand(said)))
        elif name in row.allowed:
            row.constants.append((name, said[0]))
        else:
            raise self.nodes.fail(key, f"{name!r} is no position and no qualifier of {row.relation}")

    def expand(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words, with `@name` replaced by the word list of that name."""
        out: list[str] = []
        for word in words:
            out += self.lists.get(word[1:], {word: word}) if word.startswith("@") else [word]
        return tuple(out)


class _Row:
    """A frame while its keys are being read; `allowed` are the slots of its relation."""

    def __init__(self, relation: str, allowed: set[str]) -> None:
        self.relation, self.allowed = relation, allowed
        self.kind = ""
        self.words: tuple[str, ...] = ()
        self.slots: list[tuple[str, str]] = []
        self.needs: list[tuple[str, tuple[str, ...]]] = []
        self.constants: list[tuple[str, str]] = []
        self.word_is_object = False
        self.must: tuple[str, ...] = ()

    def frame(self, line: int) -> Frame:
        """The finished frame, which stands at `line`."""
        return Frame(
            self.relation,
            self.kind,
            self.words,
            tuple(self.slots),
            tuple(self.needs),
            tuple(self.constants),
            self.word_is_object,
            self.must,
            line,
        )
