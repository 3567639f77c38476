"""The architecture, checked: imports point down only, every module has a place and stays short."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up. Parts on one line do not know each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("files", "shipped"),
    ("model",),
    ("ontology",),
    ("lexicon",),
    ("documents", "language", "facts"),
    ("extract",),
    ("evaluate", "rdf"),
    ("train",),
    ("link",),
    ("store",),
    ("build", "query", "validate"),
    ("view",),
    ("export",),
    ("__init__",),
    ("http",),
    ("cli",),
    ("__main__",),
)
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}

# What points down and still must not be: (who, whom).
FORBIDDEN = {("view", "extract"), ("view", "language"), ("view", "documents"), ("http", "language")}

# Libraries that live in one place alone, so that they can be exchanged there.
HOMES = {
    "onnxruntime": {"language"},
    "threadpoolctl": {"language"},
    "tokenizers": {"language"},
    "torch": {"language", "train"},
    "transformers": {"language"},
    "pyvis": {"view"},
    "networkx": {"view", "export"},
    "jinja2": {"view", "http"},
    "resvg_py": {"view"},
    "starlette": {"http"},
    "uvicorn": {"http"},
    "mimeparse": {"http"},
    "pyshacl": {"validate"},
    "oxrdflib": {"store"},
    "yaml": {"lexicon"},
    "typer": {"cli", "language", "train"},  # below kg.cli the commands that make and measure the models
    "rich": {"cli", "language", "train"},
}

MODULE_LIMIT = 250
FUNCTION_LIMIT = 40
# Longer than the limit for a reason; a number is the most that it may have.
LONG_MODULES: dict[str, int] = {}
LONG_FUNCTIONS: dict[str, int] = {"language/train/__main__.py:main": 60}  # an option takes lines


def part_of(path: Path) -> str:
    """The part that the module at `path` belongs to: `extract` for kg/extract/values.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Each module that `path` imports (`kg.model`, `yaml`), also late or for types only, and the line."""
    package = ["kg", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield (f"kg.{alias.name}" if module == "kg" else module), node.lineno


def target_part(module: str) -> str:
    """The part that `import module` reaches: a name that is no module of ours is the package's own."""
    names = module.split(".")
    if len(names) == 1:
        return "__init__"
    at = PACKAGE / names[1]
    return names[1] if at.is_dir() or at.with_suffix(".py").exists() else "__init__"


def test_there_are_modules_to_check() -> None:
    assert len(MODULES) > 10


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_has_a_place_and_imports_point_down(path: Path) -> None:
    part = part_of(path)
    assert part in LEVEL, f"kg/{path.relative_to(PACKAGE)} has no place in LAYERS: give it one"
    wrong = []
    for module, line in imported(path):
        if module.split(".")[0] != "kg":
            continue
        target = target_part(module)
        if target == part:
            continue
        if LEVEL.get(target, len(LAYERS)) >= LEVEL[part] or (part, target) in FORBIDDEN:
            wrong.append(f"{path.name}:{line}: {part} must not import {target}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_lives_where_it_belongs(path: Path) -> None:
    wrong = [
        f"{path.name}:{line}: {module} belongs to {', '.join(sorted(HOMES[module.split('.')[0]]))}"
        for module, line in imported(path)
        if part_of(path) not in HOMES.get(module.split(".")[0], {part_of(path)})
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    name = str(path.relative_to(PACKAGE))
    long = []
    lines = len(text.splitlines())
    if lines > LONG_MODULES.get(name, MODULE_LIMIT):
        long.append(f"{name} has {lines} lines: is it one thing?")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONG_FUNCTIONS.get(f"{name}:{node.name}", FUNCTION_LIMIT):
                long.append(f"{name}:{node.lineno} {node.name} has {lines} lines: is it one thing?")
    assert not long, "\n".join(long)
