"""The commands that make a graph and take it along: build, export, validate."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console
from kg.cli.texts import NONE, Lexicons, MaxSize, Ontologies, Paths, reader_with, size
from kg.errors import FilmKGError

if TYPE_CHECKING:
    from kg.build import BuildSummary

Store = Annotated[Path, typer.Option(envvar="FILM_KG_STORE", metavar="DIR", help="The folder of the graph.")]
STORE = Path("film-kg.store")
MANY = 4
"""More names than this are counted."""


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    app.command()(build)
    app.command()(export)
    app.command()(validate)


def build(
    paths: Paths,
    store: Store = STORE,
    add: Annotated[bool, typer.Option("--add", help="Drop nothing: add and replace only.")] = False,
    max_size: MaxSize = "5MB",
    ontology: Ontologies = NONE,
    lexicon: Lexicons = NONE,
) -> None:
    """Make a graph of what texts say, or bring it up to date.

    Afterwards the store holds exactly what the PATHs hold: what is new is added, what changed is read again,
    what left is dropped. A document is known by its path below the folder that was given. A build that fails
    leaves the graph as it was.

    \b
    Examples:
      kg build articles/
      kg build articles/ --store films
      kg build one-more.txt --store films --add
    """
    from kg.build import build as build_graph
    from kg.ontology import load_ontology

    known, reader = load_ontology(*ontology), reader_with(ontology, lexicon)
    with console.progress("documents read") as report:
        summary = build_graph(
            paths,
            store,
            add=add,
            extract=reader,
            ontology=known,
            max_size=size(max_size),
            on_progress=report,
        )
    for problem in summary.refused:
        console.complain(problem)
    console.write_lines(told(summary, store))
    if summary.refused:
        raise typer.Exit(1)


def told(summary: BuildSummary, store: Path) -> Iterator[str]:
    """What a build did, one line for each thing that happened."""
    for what in ("added", "replaced", "dropped", "unchanged"):
        ids: tuple[str, ...] = getattr(summary, what)
        if ids:
            names = ", ".join(ids[:MANY])
            more = f" and {len(ids) - MANY} more" if len(ids) > MANY else ""
            yield f"{what:<10}{len(ids):>5}" + (f"  {names}{more}" if what != "unchanged" else "")
    if summary.refused:
        yield f"{'refused':<10}{len(summary.refused):>5}"
    yield f"The graph is in {store}"


def export(
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="A file; its suffix says the format. - is stdout.")
    ],
    store: Store = STORE,
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="ttl, nt, nq, trig, jsonld, rdf, csv, …",
        ),
    ] = "",
    no_evidence: Annotated[
        bool, typer.Option("--no-evidence", help="The facts without their words.")
    ] = False,
) -> None:
    """Write a graph to a file.

    The same documents give the same bytes. Turtle and N-Triples hold the facts and their evidence; N-Quads
    and TriG hold every graph of the store; jsonl holds lines like those of kg extract, linked.

    \b
    Examples:
      kg export films.ttl
      kg export films.nq --store films
      kg export - --format jsonl | wc -l
    """
    from kg.export import export as write_graph

    if out == "-":
        if not format:
            raise typer.BadParameter("stdout has no suffix; say --format ttl, for instance")
        with console.stdout_errors():
            write_graph(store, sys.stdout, format, evidence=not no_evidence)
        return
    refuse_our_own(Path(out))
    write_graph(store, out, format or None, evidence=not no_evidence)
    console.say(f"The graph is in {out}")


def validate(
    store: Store = STORE,
    shapes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Shapes of your own, instead of those of film-kg.")
    ] = None,
) -> None:
    """Check a graph against its shapes (SHACL).

    Names each fact that a shape forbids, or finds odd, and the sentence that says it. The exit code is 1
    where a shape is violated; warnings are told and pass.

    \b
    Examples:
      kg validate
      kg validate --store films --shapes mine.ttl
    """
    from kg.validate import validate as check

    report = check(store, shapes)
    console.write_lines(map(str, report.findings))
    violations = sum(finding.is_violation for finding in report.findings)
    warnings = len(report.findings) - violations
    console.write_lines([f"{report.shapes} shapes: {violations} violations, {warnings} warnings"])
    if not report.conforms:
        raise typer.Exit(1)


def refuse_our_own(out: Path) -> None:
    """FilmKGError where `out` would overwrite what film-kg reads itself."""
    from kg.shipped import shipped

    for folder in ("ontology", "queries"):
        if out.resolve().is_relative_to(shipped(folder).resolve()):
            raise FilmKGError(f"{out}: is a part of film-kg itself; choose another place")
