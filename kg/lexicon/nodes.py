"""YAML as nodes that know their line: bounded in size and depth, no aliases, every scalar a string as
written.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from kg.errors import LexiconError

LARGEST = 2_000_000
DEEPEST = 8
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast


def compose(path: Path) -> yaml.MappingNode:
    """The root mapping of the file at `path`.

    Raises LexiconError for what cannot be read, is no YAML or no mapping, holds an anchor or alias, is
    larger than LARGEST characters or nested deeper than DEEPEST.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(path, 1, f"cannot be read: {error}") from error
    if len(text) > LARGEST:
        raise LexiconError(path, 1, f"larger than {LARGEST} characters")
    try:
        refuse_unbounded(path, text)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise LexiconError(path, mark.line + 1 if mark else 1, str(error.problem)) from error
    except yaml.YAMLError as error:
        raise LexiconError(path, 1, str(error).splitlines()[0]) from error
    if not isinstance(root, yaml.MappingNode):
        raise LexiconError(path, 1, "the file must be a mapping of relations")
    return root


def refuse_unbounded(path: Path, text: str) -> None:
    """None; raises LexiconError at the first anchor or alias, and where nesting is too deep to be a
    lexicon.
    """
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = line_of(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise LexiconError(path, line, "anchors and aliases are not allowed")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise LexiconError(path, line, f"nested deeper than {DEEPEST}")


def line_of(found: yaml.Node | yaml.Event) -> int:
    """The line, from 1, where a node or an event begins."""
    return found.start_mark.line + 1 if found.start_mark else 1


class Nodes:
    """Reads the nodes of one file; what a node is not raises LexiconError with its line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, node: yaml.Node, problem: str) -> LexiconError:
        """The error that says `problem` of the line where `node` begins."""
        return LexiconError(self.path, line_of(node), problem)

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

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """The nodes of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.fail(node, "a list is expected here")
        return list(node.value)

    def strings(self, node: yaml.Node) -> tuple[str, ...]:
        """A word, or a list of words."""
        if isinstance(node, yaml.ScalarNode):
            return (node.value,)
        if isinstance(node, yaml.SequenceNode) and all(isinstance(n, yaml.ScalarNode) for n in node.value):
            return tuple(n.value for n in node.value)
        raise self.fail(node, "a word or a list of words is expected here")

    def word(self, node: yaml.Node) -> str:
        """The one word, or sentence, that stands at `node`."""
        if not isinstance(node, yaml.ScalarNode):
            raise self.fail(node, "one word or sentence is expected here")
        return str(node.value)
