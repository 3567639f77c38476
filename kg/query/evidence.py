"""The facts that a question rests on, restricted to what one document says or to what is surely read.

A query of the catalogue names its facts in comments, each in the group to which it belongs:

    # evidence: ?film film:director ?director         a triple that was read
    # evidence: ?a film:spouse ?b or back             one that was read in either direction
    # evidence: ?performance                          a fact in full
    # evidence: reading ?reading                      a reading that the query speaks of itself

Without restriction they stay comments. With one, each becomes a pattern: some reading of the fact stands in
that document, or has at least that confidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import QueryError

LINE = re.compile(r"^([ \t]*)# evidence: (.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Restriction:
    """What counts as evidence: the IRI of a document ('' for any), the least confidence of a reading."""

    document: str = ""
    min_confidence: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.document or self.min_confidence > 0)


def restricted(name: str, text: str, restriction: Restriction) -> str:
    """The query with its `# evidence:` lines as patterns; without them where nothing is restricted.

    QueryError where there is a restriction and the query has no such line.
    """
    if restriction and not LINE.search(text):
        problem = "it has no `# evidence:` line: a document or a confidence cannot restrict it"
        raise QueryError(name, f"{name or 'this query'}: {problem}" if name else problem)
    number = 0

    def pattern(found: re.Match[str]) -> str:
        nonlocal number
        if not restriction:
            return ""
        number += 1
        return _pattern(name, found[1], found[2].strip(), restriction, str(number))

    return LINE.sub(pattern, text)


def _pattern(name: str, indent: str, fact: str, restriction: Restriction, number: str) -> str:
    """The pattern of one fact. Its rows may repeat, one for each reading: such queries say DISTINCT."""
    reading, said = f"?reading_{number}", ""
    match fact.split():
        case ["reading", variable]:
            reading = variable
        case [node]:
            said = f"film:node {node} ; "
        case [subject, predicate, object_]:
            said = f"rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {object_} ; "
        case [one, predicate, other, "or", "back"]:
            ends = " ; ".join(f"rdf:subject|rdf:object {end}" for end in (one, other))
            said = f"{ends} ; rdf:predicate {predicate} ; "
        case _:
            raise QueryError(name, f"`# evidence: {fact}` names no fact")
    source = f"<{restriction.document}>" if restriction.document else f"?source_{number}"
    lines = f"{indent}GRAPH graph:evidence {{ {reading} {said}film:inDocument {source} }}\n"
    if restriction.min_confidence > 0:
        sure = f"?confidence_{number}"
        is_sure = f"FILTER({sure} >= {restriction.min_confidence:g})"
        lines += f"{indent}GRAPH {source} {{ {reading} film:confidence {sure} {is_sure} }}\n"
    return lines
