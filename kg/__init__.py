"""film-kg: film articles in, a knowledge graph with its evidence out.

    from kg import extract, open_store

    for fact in extract("The Piano was directed by Jane Campion."):
        print(fact.triple.subject.label, fact.triple.relation, fact.triple.object)

What needs the language model or the store is imported on first use, so that `import kg` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.errors import (
    DocumentError,
    FilmKGError,
    LexiconError,
    OntologyError,
    QueryError,
    StoreError,
)
from kg.model import (
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Fact,
    Mention,
    Span,
    Triple,
    Value,
)

if TYPE_CHECKING:
    from kg.extract import extract
    from kg.store import open_store
    from kg.view import show

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "Document",
    "DocumentError",
    "Entity",
    "Evidence",
    "Extraction",
    "Fact",
    "FilmKGError",
    "LexiconError",
    "Mention",
    "OntologyError",
    "QueryError",
    "Span",
    "StoreError",
    "Triple",
    "Value",
    "extract",
    "open_store",
    "show",
]

_LATE = {"extract": "kg.extract", "open_store": "kg.store", "show": "kg.view"}


def __getattr__(name: str) -> Any:
    """The public names whose modules are loaded on first use."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)


class _Extract(ModuleType):
    """The package `kg.extract`, which can be called as the function of that name: `extract` means both."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return self.extract(*args, **options)


class _Package(ModuleType):
    """The package itself. Python binds `kg.extract` here when it is first imported, by whomever."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _Extract
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
