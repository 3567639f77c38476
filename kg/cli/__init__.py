"""The command `kg`: translates words into calls and what comes back into lines; it knows nothing of its own.

Only `typer` is imported to show help; each command imports the part that does its work.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.cli import ask, console, draw, graph, serve, texts
from kg.errors import FilmKGError, QueryError

INTERRUPTED = 130
READER_LEFT = 141
"""What a shell reports of a program that ended by Ctrl-C, or by writing to a pipe that nobody reads."""


class Commands(TyperGroup):
    """The one place where errors become a line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """What the command returns; 2 as exit code where it could not run."""
        try:
            result = super().invoke(ctx)
            console.write(())
        except FilmKGError as error:
            console.complain(_in_words(error))
            raise typer.Exit(2) from error
        except BrokenPipeError as error:
            console.silence_stdout()
            _end_workers()
            raise typer.Exit(READER_LEFT) from error
        except KeyboardInterrupt as error:
            _end_workers()
            raise typer.Exit(INTERRUPTED) from error
        return result


def _end_workers() -> None:
    """Ends the processes that read documents: Python would wait for what they have begun."""
    if "multiprocessing" in sys.modules:
        from multiprocessing import active_children

        for worker in active_children():
            worker.terminate()


def _in_words(error: FilmKGError) -> str:
    """What is wrong, with the query that it is about: its parser knows only lines and columns."""
    if isinstance(error, QueryError):
        name = error.query or "query"
        return str(error) if name in str(error) else f"{name}: {error}"
    return str(error)


app = typer.Typer(
    name="kg",
    cls=Commands,
    help="""Reads film articles and answers from them.

    \b
    kg extract article.txt                    what one text says, as JSON lines
    kg build articles/ --store films          a graph of all that a folder says
    kg query who-directed-what --store films  ask it, by name or in SPARQL
    kg path "Ann Bly" "Dan Eck"               the shortest way from one person to another
    kg export films.ttl --store films         take it along
    kg draw films.html --store films          look at it in a browser
    kg serve --store films                    a SPARQL endpoint

    Exit codes: 0 all well; 1 done, but something was refused or found wrong; 2 could not run.
    """,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"film-kg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Options of `kg` itself; the help text stands at `app`."""


texts.register(app)
graph.register(app)
ask.register(app)
draw.register(app)
serve.register(app)


def main() -> None:
    """Runs the command line."""
    console.speak_utf8()
    app(prog_name="kg", args=sys.argv[1:])
