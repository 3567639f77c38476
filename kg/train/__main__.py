"""`python -m kg.train OUT --articles DIR …`: trains the relation classifier on articles with gold."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console
from rich.progress import track

from kg.errors import FilmKGError
from kg.extract.classifier.network import Classifier
from kg.language.network import MODEL, Network
from kg.language.train.examples import Pieces
from kg.language.train.weights import restored
from kg.train import loop
from kg.train.calibration import calibrated
from kg.train.examples import Example, Passage, examples, read_articles, read_people
from kg.train.network import PairNetwork, label, write

_console = Console(highlight=False)
Folders = list[Path]


def main(
    out: Annotated[Path, typer.Argument(help="Folder for the classifier.")],
    articles: Annotated[Folders, typer.Option(help="Folder of articles: x.txt beside x.gold.json.")],
    people: Annotated[
        Folders, typer.Option(help="File of passages on people's lives, one JSON object a line.")
    ] = [],  # noqa: B006
    held_out: Annotated[
        list[str],
        typer.Option(help="What to calibrate on and not to learn from: a pattern of gold files or ids."),
    ] = [],  # noqa: B006
    epochs: Annotated[int, typer.Option(min=1)] = 8,
    seed: Annotated[int, typer.Option()] = 0,
    threads: Annotated[int, typer.Option(min=1)] = 2,
    calibrate: Annotated[bool, typer.Option(help="Only calibrate the classifier in OUT anew.")] = False,
    language: Annotated[Path, typer.Option(help="The language model that it stands on.")] = MODEL,
) -> None:
    """Trains the relation classifier and calibrates it on the articles held out."""
    torch.set_num_threads(threads)
    learnt, kept = (
        [p for folder in articles for p in read_articles(folder, held_out, keep)]
        + [p for path in people for p in read_people(path, held_out, keep)]
        for keep in (False, True)
    )
    if not kept:
        raise FilmKGError("nothing is held out to calibrate on: name gold files with --held-out")
    if not calibrate:
        _train(learnt, out, loop.Plan(epochs=epochs, seed=seed), threads, language)
    classifier = Classifier(out, Network(language))
    label(classifier.relations, calibrated(classifier, _examples(kept, threads)), out)
    _console.print(f"Wrote {out}")


def _train(learnt: list[Passage], out: Path, plan: loop.Plan, threads: int, language: Path) -> None:
    pieces = Pieces(language)
    sentences = loop.numbered(_examples(learnt, threads), pieces)
    relations = sorted({name for s in sentences for pair in s.example.pairs for name in pair.relations})
    pairs = sum(len(s.example.pairs) for s in sentences)
    _console.print(
        f"{len(learnt)} texts, {len(sentences)} sentences, {pairs} pairs, {len(relations)} relations"
    )
    began = time.monotonic()

    def tell(epoch: int, loss: float) -> None:
        spent = time.monotonic() - began
        left = timedelta(seconds=round(spent / epoch * (plan.epochs - epoch)))
        _console.print(f"epoch {epoch}  loss {loss:.3f}  {spent:.0f} s  {left} left")

    torch.manual_seed(plan.seed)
    model = loop.train(PairNetwork(restored(language), len(relations)), sentences, relations, plan, tell)
    write(model, relations, out)


def _examples(passages: list[Passage], processes: int) -> list[Example]:
    """The sentences of all passages, in their order, read by several processes."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        found = pool.map(examples, passages, chunksize=4)
        told = track(found, "reading", total=len(passages), console=_console, transient=True)
        return [example for one in told for example in one]


def run() -> None:
    """Runs the command; an error is one line and exit code 2."""
    try:
        typer.run(main)
    except FilmKGError as problem:
        _console.print(f"error: {problem}", soft_wrap=True, markup=False)
        sys.exit(2)


if __name__ == "__main__":
    run()
