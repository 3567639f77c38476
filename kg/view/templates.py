"""The templates of page and picture, filled: what stands in them is escaped unless it is Markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "page"


def filled(template: str, folder: Path = FOLDER, /, **values: Any) -> str:
    """The template of that name with these values; an error where it wants one that is not given."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**values)
