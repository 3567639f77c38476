"""A claim before its entities have IRIs."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.referents import Referent
from kg.model import Span, Value

LEAST = 0.7
"""What a claim needs of confidence."""


@dataclass(slots=True, eq=False)
class Draft:
    """A claim before its entities have IRIs."""

    relation: str
    subject: Referent
    object: Referent | Value
    qualifiers: dict[str, Referent | Value]
    span: Span
    rule: str
    confidence: float
