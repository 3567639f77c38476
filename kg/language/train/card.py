"""The card of a trained model: what it was made of, how, and what it scores."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from kg.language.evaluate import measured
from kg.language.network import Network
from kg.language.train import weights


def of(
    folder: Path,
    base: Path,
    recipe: Mapping[str, object],
    read: Sequence[Path],
    tests: Sequence[Path],
    held_out: Collection[str],
) -> str:
    """The card as Markdown: base, data and weights with their sha256, plan, figures on the tests."""
    network = Network(folder)
    options = "  ".join(f"{name} {value}" for name, value in recipe.items())
    lines = [
        "# A language model for film-kg",
        "",
        f"From: {base.name}  ",
        f"Recipe: {options}",
        "",
        "## Data",
        "",
    ]
    lines += ["| file | sha256 |", "|---|---|", *(f"| {path.name} | {_sha256(path)} |" for path in read)]
    lines += ["", "## Scores", ""]
    for path in tests:
        lines.append(f"- {path.name}: {measured(path, network, held_out)}")
    size = (folder / weights.WEIGHTS).stat().st_size / 1e6
    lines += ["", f"`{weights.WEIGHTS}`: {size:.1f} MB, sha256 {_sha256(folder / weights.WEIGHTS)}", ""]
    return "\n".join(lines)


def _sha256(path: Path) -> str:
    """Of a file, or of the files of a folder in the order of their names."""
    total = hashlib.sha256()
    for part in sorted(path.iterdir()) if path.is_dir() else [path]:
        if part.is_file():
            total.update(part.read_bytes())
    return total.hexdigest()
