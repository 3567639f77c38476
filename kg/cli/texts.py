"""The commands that read texts and need no store: extract, explain, evaluate."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console
from kg.errors import DocumentError
from kg.model import Document, Extraction

if TYPE_CHECKING:
    from kg.build.reading import Reader
    from kg.ontology import Ontology

Paths = Annotated[list[Path], typer.Argument(metavar="PATH", help="Files (.txt, .md) and folders of them.")]
MaxSize = Annotated[
    str, typer.Option(metavar="SIZE", help="Refuse files that are larger: 20MB, 500kB, bytes.")
]
Ontologies = Annotated[
    list[Path],
    typer.Option("--ontology", metavar="FILE", help="Turtle with relations beside the shipped ones."),
]
Lexicons = Annotated[
    list[Path],
    typer.Option("--lexicon", metavar="FILE", help="How English says them, YAML beside the shipped."),
]
NONE: list[Path] = []
UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    app.command()(extract)
    app.command()(explain)
    app.command()(evaluate)


def size(text: str) -> int:
    """The number of bytes that `20MB` or `5000` means; a usage error where it means none."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]?)b?", text.strip().lower())
    if not found:
        raise typer.BadParameter(f"{text!r} is no size; write 20MB, 500kB or a number of bytes")
    return int(float(found[1]) * UNITS[found[2]])


class Accepted:
    """Lets documents through and tells of those that cannot be read; `refused` counts them."""

    def __init__(self, found: Iterable[Document | DocumentError], reader: Reader | None = None) -> None:
        self.found = found
        self.reader = reader
        self.refused = 0

    def refuse(self, problem: object) -> None:
        """Names a document that is left out."""
        console.complain(problem)
        self.refused += 1

    def __iter__(self) -> Iterator[Document]:
        for document in self.found:
            if isinstance(document, DocumentError):
                self.refuse(document)
            elif is_stdout(document.source):
                self.refuse(f"{document.source}: is where the output goes")
            else:
                yield document

    def extractions(self) -> Iterator[Extraction]:
        """What each of the documents says, with progress shown; those that cannot be read are refused."""
        from kg.build.reading import read_all

        with console.progress("documents read") as report:
            for done, outcome in enumerate(read_all(self, self.reader), 1):
                report(done)
                if isinstance(outcome, DocumentError):
                    self.refuse(outcome)
                else:
                    yield outcome


def is_stdout(source: str) -> bool:
    """True where `source` is the file that stdout writes to, so that reading it would read what we write."""
    try:
        out, document = os.fstat(sys.stdout.fileno()), Path(source).stat()
    except OSError:
        return False
    return os.path.samestat(out, document)


def extract(
    paths: Paths,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out facts that are less sure.")
    ] = 0.0,
    max_size: MaxSize = "5MB",
    ontology: Ontologies = NONE,
    lexicon: Lexicons = NONE,
) -> None:
    """Say what texts say: one fact a line, as JSON.

    Each line holds subject, relation, object, qualifiers, and the words that
    say so. Each document is
    read by itself; `kg build` also finds out who is who across documents.

    \b
    Examples:
      kg extract article.txt
      kg extract articles/ --min-confidence 0.8 > facts.jsonl
      kg extract article.txt | jq -r '[.subject.name, .relation, .object.name] | @tsv'
    """
    from kg.documents import read_documents
    from kg.ontology import load_ontology

    known = load_ontology(*ontology)
    documents = Accepted(read_documents(paths, max_size=size(max_size)), reader_with(ontology, lexicon))
    for extraction in documents.extractions():
        console.write_lines(fact_lines(extraction, min_confidence, known))
    if documents.refused:
        raise typer.Exit(1)


def reader_with(ontologies: list[Path], lexicons: list[Path]) -> Reader:
    """What reads texts by the shipped files and these; a wrong one is told before any text is read."""
    from kg.build.reading import Reader

    reader = Reader(tuple(ontologies), tuple(lexicons))
    if ontologies or lexicons:
        reader.rules()
    return reader


def fact_lines(extraction: Extraction, min_confidence: float, ontology: Ontology) -> Iterator[str]:
    """The facts of a document that are sure enough, each as a line of JSON."""
    from kg.facts import confidence_of, fact_line, facts_of

    for fact in facts_of(extraction.claims, ontology):
        if confidence_of(fact) >= min_confidence:
            yield json.dumps(fact_line(fact), ensure_ascii=False)


def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence, in quotes; - reads stdin.")],
    ontology: Ontologies = NONE,
    lexicon: Lexicons = NONE,
) -> None:
    """Show how a sentence is read, and why not.

    Its tree, its mentions, the frames that were tried, and what each of them lacked.

    \b
    Examples:
      kg explain "Jane Campion's The Piano won the Palme d'Or in 1993."
      echo "The Piano stars Holly Hunter." | kg explain -
    """
    from kg.extract import explain as explained

    text = sys.stdin.read() if sentence == "-" else sentence
    known, words = reader_with(ontology, lexicon).rules()
    console.write_lines(explained(text, words, known).splitlines())


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of NAME.gold.json files.")],
    paths: Paths,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what was missed and wrong.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page with every miss and error.")
    ] = None,
    ontology: Ontologies = NONE,
    lexicon: Lexicons = NONE,
) -> None:
    """Compare what is extracted with what people read.

    Shows precision, recall and F1, in all and by relation. A text belongs to the gold file of its name.

    \b
    Examples:
      kg evaluate data/gold data/documents
      kg evaluate data/gold data/documents/chinatown-fact-sheet.txt --verbose
      kg evaluate data/gold data/documents --html report.html
    """
    from kg.cli.report import show
    from kg.documents import read_documents
    from kg.evaluate import evaluate as compare
    from kg.evaluate import gold_files, is_blind, read_gold

    golds = {each[0]: each for each in map(read_gold, gold_files(gold))}
    documents = Accepted(read_documents(paths), reader_with(ontology, lexicon))
    claims = {Path(each.document.id).name: list(each.claims) for each in documents.extractions()}
    unknown = claims.keys() - golds.keys()
    for name in sorted(unknown):
        documents.refuse(f"{name}: {gold} holds no gold for it")
    if claims.keys() == unknown:
        raise typer.Exit(2)
    found = compare([golds[name] for name in golds if name in claims], claims)
    show(found, words=not is_blind(gold), verbose=verbose, html=html)
    if documents.refused:
        raise typer.Exit(1)
