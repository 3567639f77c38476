"""The templates of the pages, filled: what stands in them is escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg import __version__
from kg.rdf.turtle import Terms


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(version=__version__, page_of=page_of, link=link, short=short)
    return environment


def filled(template: str, **values: Any) -> str:
    """The template of that name with these values."""
    return _environment().get_template(template).render(**values)


def page_of(iri: str) -> str:
    """The address of the page of an IRI: always one of ours, whatever the IRI holds."""
    return link("/entity", iri=iri)


def link(path: str, **given: str) -> str:
    """An address on this server with what is given; what is empty is left out."""
    said = urlencode({name: value for name, value in given.items() if value})
    return f"{path}?{said}" if said else path


def short(iri: str) -> str:
    """An IRI with a prefix of ours, or as it is."""
    try:
        return Terms().iri(iri).strip("<>")
    except ValueError:
        return iri
