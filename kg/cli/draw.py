"""The command that draws a graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.cli.graph import STORE, Store, refuse_our_own

Out = Annotated[Path, typer.Argument(metavar="OUT", help="The page (.html) or picture (.svg, .png).")]
About = Annotated[str, typer.Option(metavar="NAME", help="Only what lies around this name.")]
Hops = Annotated[int, typer.Option(min=0, help="So many steps around it.")]
Types = Annotated[str, typer.Option(metavar="TYPE,…", help="Only entities of these: Film,Person.")]
Relations = Annotated[str, typer.Option(metavar="NAME,…", help="Only these: childOf,castMember.")]
InDocument = Annotated[str, typer.Option("--document", metavar="ID", help="Only what this document says.")]
Query = Annotated[str, typer.Option(metavar="FILE.rq", help="Only the entities that this query finds.")]
MinConfidence = Annotated[float, typer.Option(min=0, max=1, help="Only facts that are at least so sure.")]
NoEvidence = Annotated[
    bool, typer.Option("--no-evidence", help="The facts without the sentences that say them.")
]
Format = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help="html, svg, png; else by the suffix.")
]


def register(app: typer.Typer) -> None:
    """Adds the command of this module to `app`."""
    app.command()(draw)


def draw(
    out: Out,
    store: Store = STORE,
    about: About = "",
    hops: Hops = 2,
    types: Types = "",
    relations: Relations = "",
    document: InDocument = "",
    query: Query = "",
    min_confidence: MinConfidence = 0,
    no_evidence: NoEvidence = False,
    format: Format = "",  # noqa: A002
) -> None:
    """Draw a graph as a page to click through, or as a still picture.

    The page is one file that opens in a browser and fetches nothing. A click on an entity unfolds its
    neighbours and shows the sentences that speak of it. A large graph opens with its 120 best connected
    entities; the others are found by name. A picture holds the 150 best connected, in the fonts of
    this machine.

    \b
    Examples:
      kg draw films.html
      kg draw nearby.html --about "Jane Campion" --hops 1
      kg draw family.svg --types Person --relations childOf,spouse
      kg draw cast.html --query cast.rq --store films
      kg draw public.html --min-confidence 0.9 --no-evidence
    """
    from kg.view import draw as draw_graph
    from kg.view import told

    refuse_our_own(out)
    drawing = draw_graph(
        store, out, format, about=about, hops=hops, types=_names(types), relations=_names(relations),
        document=document, query=query, min_confidence=min_confidence, evidence=not no_evidence,
    )  # fmt: skip
    what = "page" if (format or out.suffix.lstrip(".")).lower().startswith("htm") else "picture"
    console.say(f"The {what} is in {out}: {drawing.entities:,} entities, {drawing.facts:,} facts")
    if told(drawing):
        console.say(told(drawing))


def _names(given: str) -> list[str]:
    """The names in a list with commas."""
    return [name.strip() for name in given.split(",") if name.strip()]
