"""Runs the examples of a lexicon: each must yield its relation at its marks, and no relation that it does
not name. The frames alone are asked: what the classifier knows proves nothing of a row.
"""

from __future__ import annotations

import re

from kg.extract import extract_document
from kg.language.parse import Name
from kg.lexicon import Example, Lexicon
from kg.model import Claim, Document, Entity, Span
from kg.ontology import Ontology

MARK = re.compile(r"\{(?P<slot>\w+)(?:/(?P<type>\w+))?:(?P<text>[^{}]+)\}")
CONCRETE = {
    "CreativeWork": "Film",
    "Figure": "Person",
    "Agent": "Person",
    "Body": "Organization",
    "Honouree": "Person",
}


def unmark(example: Example, ontology: Ontology) -> tuple[str, dict[str, str], list[Name]]:
    """The plain sentence, the text of each marked slot, and the marks as names of the types that the
    slots ask for.
    """
    relation = ontology.relation(example.relation)
    text, slots, names = "", {}, []
    at = 0
    for m in MARK.finditer(example.marked):
        text += example.marked[at : m.start()]
        expected = (
            {"s": relation.domain, "o": relation.range}.get(m["slot"]) or ontology.range_of(m["slot"])
            if m["slot"] != "x"
            else ""
        )
        kind = m["type"] or CONCRETE.get(expected, expected)
        span = Span(len(text), len(text) + len(m["text"]))
        slots[m["slot"]] = m["text"]
        if not kind.startswith("xsd:") and kind not in ("Value", "Amount"):
            names.append(Name(span, m["text"], kind, 1.0))
        text += m["text"]
        at = m.end()
    return text + example.marked[at:], slots, names


def check_example(example: Example, lexicon: Lexicon, ontology: Ontology) -> str:
    """What is wrong with an example, or "" where it does what it says."""
    text, slots, names = unmark(example, ontology)
    document = Document("example", text)
    claims = extract_document(document, lexicon, ontology, names, classify=False).claims
    own = [c for c in claims if c.triple.relation == example.relation and at_marks(c, slots)]
    if not example.holds:
        found = [c for c in claims if c.triple.relation == example.relation]
        return f"a counterexample that yields {example.relation}" if found else ""
    if not own:
        got = sorted({c.triple.relation for c in claims})
        return f"does not yield {example.relation} at its marks (it yields {', '.join(got) or 'nothing'})"
    others = sorted({c.triple.relation for c in claims} - {example.relation, *example.also})
    return f"also yields {', '.join(others)}" if others else ""


def at_marks(claim: Claim, slots: dict[str, str]) -> bool:
    """True where a claim's ends and qualifiers are the marked texts."""
    found = {"s": claim.triple.subject, "o": claim.triple.object, **dict(claim.qualifiers)}
    for slot, text in slots.items():
        if slot == "x":
            continue
        thing = found.get(slot)
        if isinstance(thing, Entity):
            bare = re.sub(r"^(?:the|a|an) ", "", text, flags=re.I)
            if bare.lower() not in thing.label.lower() and thing.label.lower() not in text.lower():
                return False
        elif thing is None:
            return False
    return True
