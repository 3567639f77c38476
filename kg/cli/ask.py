"""The commands that ask a graph: query, path."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console
from kg.cli.graph import STORE, Store

if TYPE_CHECKING:
    from kg.query.catalogue import NamedQuery
    from kg.query.paths import Step, Thing


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    app.command()(query)
    app.command()(path)


Format = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help="table, json, csv, tsv, xml, turtle.")
]
Params = Annotated[
    list[str] | None,
    typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter, by label, value or IRI."),
]
DocumentId = Annotated[
    str, typer.Option(metavar="ID", help="Only what this document says, for named questions.")
]
MinConfidence = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Only what is read so surely, for named questions.")
]
Show = Annotated[
    bool, typer.Option("--show", help="Print the SPARQL with prefixes and parameters; ask nothing.")
]


def query(
    question: Annotated[
        str,
        typer.Argument(metavar="QUESTION", help="A name, a file.rq, SPARQL; none lists the names."),
    ] = "",
    store: Store = STORE,
    format: Format = "table",  # noqa: A002
    param: Params = None,
    document: DocumentId = "",
    min_confidence: MinConfidence = 0.0,
    show: Show = False,
) -> None:
    """Ask a graph, by the name of a question or in SPARQL.

    A name given as a parameter may leave out case, accents and apostrophes. The prefixes of film-kg (film:,
    person:, movie:, graph:, ...) need not be declared. CSV has the labels of ?film in a column film_label.

    \b
    Examples:
      kg query
      kg query cast-of-film --param film="Chinatown" --format csv
      kg query co-stars -p person="gael garcia bernal" --min-confidence 0.9
      kg query cast-of-film -p film=Chinatown --show > mine.rq
      kg query 'SELECT ?name { ?film film:director/rdfs:label ?name }' --store films
    """
    if not question:
        console.write(questions())
        return
    given = parameters(param or [])
    common = {"document": document, "min_confidence": f"{min_confidence:g}" if min_confidence else ""}
    for name, value in common.items():
        if value and name in given:
            raise typer.BadParameter(f"{name} is given twice")
        given |= {name: value} if value else {}
    _answer(question, store, given, format, show)


def _answer(question: str, store: Path, given: dict[str, str], format_: str, show: bool) -> None:
    """Prints the answer, or the query that would be asked."""
    from kg.query import filled_in, run

    if show:
        console.write([filled_in(store, question, given)])
        return
    answer = run(store, question, given)
    for warning in answer.warnings:
        console.say(f"warning: {warning}")
    with console.stdout_errors():
        answer.write(console.binary_stdout(), format_, width=console.width())


def questions() -> Iterator[str]:
    """The catalogue: each name with its question, and what it may be told."""
    from kg.query import catalogue

    for named in catalogue():
        yield f"{named.name:<26}{named.question}\n"
        yield from (f"{'':<28}{told}\n" for told in told_of(named))


def told_of(named: NamedQuery) -> Iterator[str]:
    """How each parameter of a question is given."""
    for each in named.parameters:
        rest = f" ({each.default} unless given)" if each.default else " (optional)" if each.optional else ""
        yield f'--param {each.name}="{each.example}"{rest}'


def parameters(given: list[str]) -> dict[str, str]:
    """The parameters by name; a usage error where one has no name or stands twice."""
    found: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"{each!r} is no parameter; write name=value")
        if name.strip() in found:
            raise typer.BadParameter(f"{name.strip()} is given twice")
        found[name.strip()] = value
    return found


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="A person, by name or IRI.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    store: Store = STORE,
    through: Annotated[
        str, typer.Option(metavar="WHAT", help="any, films (acting together), family (kinship).")
    ] = "any",
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Show the words behind each step, and their document.")
    ] = False,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json, csv.")
    ] = "text",
) -> None:
    """Find the shortest way from one person to another.

    Each step is a film in which both act, or a tie of family. The exit code is 1 where there is no way.

    \b
    Examples:
      kg path "Faye Dunaway" "Jack Nicholson"
      kg path "kate hudson" "goldie hawn" --through family --sentences
      kg path person:faye-dunaway person:roman-polanski --format json
    """
    from kg.query.paths import shortest_path

    if format not in SHOWN:
        raise typer.BadParameter(f"{format} is none of {', '.join(SHOWN)}")
    steps = shortest_path(store, start, end, through)
    if steps is None:
        ways = {"any": "films and family", "films": "films", "family": "family"}[through]
        console.say(f"No path leads from {start} to {end} through {ways}.")
        raise typer.Exit(1)
    console.write(SHOWN[format](steps, sentences))


def _text(steps: tuple[Step, ...], sentences: bool) -> Iterator[str]:
    """A step a line: `Ann Bly acts with Dan Eck in Rain (movie:rain)`."""
    if not steps:
        yield "This is the same person.\n"
    for step in steps:
        verb = step.relation if step.film else f"is {step.relation}"
        where = f" in {_named(step.film)}" if step.film else ""
        yield f"{_named(step.start)} {verb} {_named(step.end)}{where}\n"
        for each in step.sentences if sentences else ():
            yield f"    {each.document}: {' '.join(each.words.split())}\n"


def _named(thing: Thing) -> str:
    from kg.query.table import on_one_line
    from kg.rdf.turtle import Terms

    return on_one_line(f"{thing.label} ({Terms().iri(thing.iri)})")


def _records(steps: tuple[Step, ...], sentences: bool) -> Iterator[dict[str, object]]:
    for number, step in enumerate(steps, 1):
        record: dict[str, object] = {
            "step": number,
            "from": step.start.iri,
            "from_label": step.start.label,
            "relation": step.relation,
            "to": step.end.iri,
            "to_label": step.end.label,
            "film": step.film.iri if step.film else "",
            "film_label": step.film.label if step.film else "",
        }
        if sentences:
            record["sentences"] = [{"document": e.document, "text": e.words} for e in step.sentences]
        yield record


def _json(steps: tuple[Step, ...], sentences: bool) -> Iterator[str]:
    yield json.dumps(list(_records(steps, sentences)), ensure_ascii=False, indent=1) + "\n"


def _csv(steps: tuple[Step, ...], sentences: bool) -> Iterator[str]:
    """A step a line; of several sentences, each with its document, ` | ` between them."""
    columns = ["step", "from", "from_label", "relation", "to", "to_label", "film", "film_label"]
    out = io.StringIO()
    writer = csv.DictWriter(out, [*columns, "sentences"] if sentences else columns)
    writer.writeheader()
    for record, step in zip(_records(steps, sentences), steps, strict=True):
        if sentences:
            record["sentences"] = " | ".join(f"{e.document}: {e.words}" for e in step.sentences)
        writer.writerow(record)
    yield out.getvalue()


SHOWN = {"text": _text, "json": _json, "csv": _csv}
