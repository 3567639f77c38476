"""The command that draws a graph: draw."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.cli.graph import STORE, Store, refuse_our_own


def register(app: typer.Typer) -> None:
    """Adds the command of this module to `app`."""
    app.command()(draw)


def draw(
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help="The page to write.")],
    store: Store = STORE,
    about: Annotated[str, typer.Option(metavar="NAME", help="Only what lies around this name.")] = "",
    hops: Annotated[int, typer.Option(min=0, help="So many steps around it.")] = 2,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Only facts that are at least so sure.")
    ] = 0,
    no_evidence: Annotated[
        bool, typer.Option("--no-evidence", help="The facts without the sentences that say them.")
    ] = False,
) -> None:
    """Draw a graph as a page to click through.

    One file that opens in a browser and fetches nothing. A click on an entity or a line shows the sentences
    that say it. Of a large graph the 600 best connected entities are drawn; --about draws another part.

    \b
    Examples:
      kg draw films.html
      kg draw nearby.html --about "Jane Campion" --hops 1
      kg draw films.html --store films --min-confidence 0.9 --no-evidence
    """
    from kg.view import draw as draw_page
    from kg.view import left_out

    refuse_our_own(out)
    drawing = draw_page(
        store, out, about=about, hops=hops, min_confidence=min_confidence, evidence=not no_evidence
    )
    if drawing.entities_left_out:
        console.say(left_out(drawing))
    console.say(f"The page is in {out}: {drawing.entities:,} entities, {drawing.facts:,} facts")
