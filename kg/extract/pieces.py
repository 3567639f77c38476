"""The pieces of a list in a line: "A (role), B as C; D and E"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.context import Argument, Context
from kg.extract.referents import PERSONAL
from kg.model import Span, Value

SEPARATOR = re.compile(r"\s*(?:,|;|\||·|•| / |\s&\s|\band\b|\n)\s*")
PART = re.compile(r"\s*(?:\(([^()]+)\)|\bas\s+(.+)|[.…]{2,}\s*(.+)|\s[–—-]\s(.+))\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing in a list, where it stands, and the part that is named beside it."""

    text: str
    span: Span
    part: dict[str, list[Argument]] = field(default_factory=dict)


def pieces_of(context: Context, body: Span) -> list[Piece]:
    """The pieces of the list at `body`; what stands inside parentheses or a known name is never split."""
    text = context.parse.text[body.start : body.end]
    cuts = [
        m
        for m in SEPARATOR.finditer(text)
        if not inside_brackets(text, m.start())
        and not inside_name(context, body.start + m.start(), body.start + m.end())
    ]
    edges = [0, *(e for m in cuts for e in (m.start(), m.end())), len(text)]
    out: list[Piece] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        raw = text[start:end]
        if not raw.strip(" .*_"):
            continue
        part = PART.search(raw)
        name = raw[: part.start()] if part and part.start() else raw
        lead = len(name) - len(name.lstrip(" *_"))
        kept = name.strip(" *_.") if not name.rstrip().endswith(("Jr.", "Sr.")) else name.strip(" *_")
        if kept:
            span = Span(body.start + start + lead, body.start + start + lead + len(kept))
            out.append(
                Piece(
                    kept, span, read_part(context, part, body.start + start) if part and part.start() else {}
                )
            )
    return out


def read_part(context: Context, part: re.Match[str], base: int) -> dict[str, list[Argument]]:
    """The part beside a performer: a character that was found as a name, a capitalised name, or words."""
    group = next(g for g in range(1, 5) if part[g] is not None)
    said = re.split(r", (?:an?|the) ", part[group])[0].strip(" .,“”\"'")
    start = base + part.start(group) + part[group].find(said)
    span = Span(start, start + len(said))
    if not said or re.search(r"\d{4}|uncredited", said):
        return {}
    for found, referent in context.mentions.of.items():
        if (
            span.contains(found)
            and referent.type in PERSONAL
            and (len(found) * 2 > len(span) or found.end == span.end)
        ):
            return {"portrayed": [Argument(referent, found, 1.0)]}
    if said[:1].isupper() and len(said.split()) <= 4:
        return {"portrayed": [Argument(context.mentions.adopt(span, "Character"), span, 0.9)]}
    return {"role": [Argument(Value(re.sub(r"^(?:the|an?)\s", "", said)), span, 0.9)]}


def inside_brackets(text: str, at: int) -> bool:
    """True where an opening bracket before `at` is not yet closed."""
    return text.count("(", 0, at) > text.count(")", 0, at)


def inside_name(context: Context, start: int, end: int) -> bool:
    """True where a separator lies inside a known name ("I, Tonya", "Straub and Huillet Films")."""
    return any(s.start < start and end < s.end for s in context.mentions.of)
