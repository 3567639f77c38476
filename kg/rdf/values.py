"""Values to literals and back."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.model import Value
from kg.ontology.terms import XSD

SHORT_TIME = re.compile(r"\d\d:\d\d")


def to_literal(value: Value) -> ox.Literal:
    """The literal of a value; its unit is said elsewhere."""
    text = value.text
    if value.datatype == "xsd:string":
        return ox.Literal(text)
    if value.datatype == "xsd:time" and SHORT_TIME.fullmatch(text):
        text += ":00"
    return ox.Literal(text, datatype=ox.NamedNode(XSD + value.datatype.removeprefix("xsd:")))


def to_value(literal: ox.Literal, unit: str = "") -> Value:
    """The value of a literal: times without seconds that nobody gave."""
    text, datatype = literal.value, literal.datatype.value
    if datatype == XSD + "time":
        text = text.removesuffix(":00") if text.count(":") == 2 else text
    name = "xsd:" + datatype.removeprefix(XSD) if datatype.startswith(XSD) else "xsd:string"
    return Value(text, name, unit)


def decimal(number: float) -> ox.Literal:
    """A number between 0 and 1 as a short decimal."""
    return ox.Literal(f"{number:.4f}".rstrip("0").rstrip("."), datatype=ox.NamedNode(XSD + "decimal"))
