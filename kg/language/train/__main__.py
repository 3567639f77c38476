"""`python -m kg.language.train OUT …`: annotated files in, a model folder with its scores and card out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console

from kg.errors import FilmKGError
from kg.language.train import card, loop, sources, weights
from kg.language.train.examples import Pieces
from kg.language.train.joint import Joint, encoder
from kg.language.train.loop import Progress

Files = list[Path]
_console = Console(stderr=True, highlight=False)


def _files(flag: str, what: str) -> object:
    return typer.Option(flag, help=what, exists=True, show_default=False)


def main(
    out: Annotated[
        Path, typer.Argument(help="Folder for the model; a run that was interrupted goes on there.")
    ],
    base: Annotated[
        Path,
        typer.Option(
            "--from",
            exists=True,
            file_okay=False,
            help="An encoder's folder (safetensors), or a model made by this command.",
        ),
    ],
    trees: Annotated[Files, _files("--trees", "Treebank in CoNLL-U; entities in GUM's manner are read too.")],
    paragraphs: Annotated[Files, _files("--paragraphs", "Names in paragraphs, DocRED's JSON.")] = [],  # noqa: B006
    tagged: Annotated[Files, _files("--tagged", "Persons, organizations, places, IOB2.")] = [],  # noqa: B006
    sentences: Annotated[
        Files, _files("--sentences", "Film sentences with two names each, JSON lines.")
    ] = [],  # noqa: B006
    articles: Annotated[Files, _files("--articles", "Folder of articles: x.txt beside x.gold.json.")] = [],  # noqa: B006
    held_out: Annotated[Files, _files("--held-out", "Titles of paragraphs to leave out, one a line.")] = [],  # noqa: B006
    leave_out: Annotated[
        list[str], typer.Option(help="Articles to leave out: a pattern as of file names.")
    ] = [],  # noqa: B006
    test: Annotated[
        Files, _files("--test", "What to measure on afterwards; as for kg.language.evaluate.")
    ] = [],  # noqa: B006
    steps: Annotated[int, typer.Option(min=1)] = 10_000,
    rate: Annotated[float, typer.Option(min=0, help="Learning rate of the encoder's top layer.")] = 2e-4,
    seed: int = 0,
    threads: Annotated[int, typer.Option(min=1)] = 2,
    save_every: Annotated[int, typer.Option(min=1, help="Steps between checkpoints.")] = 500,
    mix: Annotated[
        float, typer.Option(min=0, max=1, help="Share of the model at --from in what is written.")
    ] = 0.0,
    bfloat16: Annotated[
        bool, typer.Option(help="Half as many bits where the processor is fast at it.")
    ] = False,
) -> None:
    """Trains tags, lemmas, trees, sentence starts and names together and writes what `kg` reads texts with.

    Each step's batch and chance depend on the seed and the step's number: two runs on one machine give the
    same scores. A graphics card is used where there is one. The data's terms are yours to check.
    """
    torch.set_num_threads(threads)
    # The means of rows that no batch touches fade to denormal numbers, which are ten times as slow.
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
    files = sources.Files(trees, paragraphs, tagged, sentences, articles)
    titles = {line for path in held_out for line in path.read_text(encoding="utf8").splitlines()}
    plan = loop.Plan(steps=steps, seed=seed, rate=rate, bfloat16=bfloat16)
    out.mkdir(parents=True, exist_ok=True)
    model, labels = _trained(out, base, files, titles, leave_out, plan, save_every)
    if mix:
        model = weights.mixed(model, base, mix)
    weights.write(model, labels, base / "tokenizer.json", out)
    recipe = {**asdict(plan), "mix": mix}
    (out / "CARD.md").write_text(card.of(out, base, recipe, list(files), test, titles), encoding="utf8")
    _console.print(f"Wrote {out}")


def _trained(
    out: Path,
    base: Path,
    files: sources.Files,
    held_out: set[str],
    leave_out: Sequence[str],
    plan: loop.Plan,
    save_every: int,
) -> tuple[Joint, dict[str, list[str]]]:
    """The trained model and its classes; it begins with the encoder or the model at `base`."""
    goes_on = (base / weights.WEIGHTS).exists()
    labels = weights.read_labels(base) if goes_on else None
    examples = sources.read(Pieces(base), files, held_out=held_out, leave_out=leave_out, labels=labels)
    sizes = {key: len(values) for key, values in examples.labels.items()}
    model = weights.restored(base) if goes_on else Joint(sizes, encoder(base))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    counts = ", ".join(f"{kind} {len(found)}" for kind, found in examples.names.items())
    _console.print(
        f"{len(examples.trees)} sentences with trees; chunks with names: {counts}; on {device.type}"
    )
    trained = loop.train(model.to(device), examples.trees, examples.epoch, plan, out, _tell, save_every)
    return trained.cpu(), examples.labels


def _tell(progress: Progress) -> None:
    if progress.left is None:
        _console.print(f"goes on after step {progress.step}")
        return
    losses = "  ".join(f"{kind} {loss:.3f}" for kind, loss in progress.losses.items())
    left = timedelta(seconds=round(progress.left))
    _console.print(f"step {progress.step}  loss of {losses}  {progress.seconds:.0f} s  {left} left")


def run() -> None:
    """Runs the command; an error is one line and exit code 2."""
    try:
        typer.run(main)
    except FilmKGError as problem:
        _console.print(f"error: {problem}", soft_wrap=True, markup=False)
        sys.exit(2)


if __name__ == "__main__":
    run()
