"""Figures, ours beside those of a peer in the same run: `python -m tests.bench [PART…]`, or `make bench`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

NO_PARTS = {"__init__", "__main__", "films", "load", "row", "server", "w3c"}
PARTS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in NO_PARTS)


def main(
    parts: Annotated[
        list[str] | None, typer.Argument(metavar="PART", help=f"{', '.join(PARTS)}; all of them.")
    ] = None,
) -> None:
    """Measure, and print a table: what, ours, the peer's, ours by the peer's."""
    unknown = set(parts or ()) - set(PARTS)
    if unknown:
        raise typer.BadParameter(f"there is no part {', '.join(sorted(unknown))}, only {', '.join(PARTS)}")
    table = Table("what", "ours", "peer", "ratio", "unit", "note")
    for column in table.columns[1:4]:
        column.justify = "right"
    for part in parts or PARTS:
        for row in import_module(f".{part}", __package__).rows():
            peer = "" if row.peer is None else f"{row.peer:,.2f}"
            ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
            table.add_row(row.what, f"{row.ours:,.2f}", peer, ratio, row.unit, row.note)
            print(f"{part}: {row.what}", file=sys.stderr)
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
