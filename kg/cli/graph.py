"""The commands that make and ask a graph: build, query, export, validate, draw."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
