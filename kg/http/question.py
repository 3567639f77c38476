"""A question to a worker, as it travels there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs that it is asked of, and how its result shall look.

    `results` and `graph` are media types for rows and for triples, '' where the client takes none; which of
    them matters, only the parsed query tells. `default_graphs` and `named_graphs` are IRIs of graphs in the
    store; None leaves the choice to the query. Without a query but with the IRI of an `endpoint`, the
    description of that endpoint is wanted; with the name of a `page`, that page, drawn with what is `given`.
    With `head_only` the result is begun and not sent.
    """

    query: str = ""
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    results: str = ""
    graph: str = ""
    endpoint: str = ""
    page: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    head_only: bool = False

    def to_json(self) -> bytes:
        """The question as bytes."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Question:
        """The question that `to_json` wrote."""
        return cls(**json.loads(text))
