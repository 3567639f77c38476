"""What is installed works where it is installed: the wheel and an editable install, in empty folders."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ARTICLE = "The Piano is a 1993 drama film. It was written and directed by Jane Campion.\n"
MEGABYTE = 1_000_000


def run(*command: str | Path, cwd: Path) -> str:
    """What the command prints; a failed test with all that it said where it fails."""
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, root, cwd=folder)
    return folder


def environment(folder: Path, wheel: Path) -> Path:
    """The bin folder of a new environment with the wheel, which borrows what film-kg needs from this one."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    scheme = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", vars=scheme))
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "--disable-pip-version-check",
        "install",
        "--no-deps",
    )
    run(*pip, wheel, cwd=folder)
    # Comes after what is installed here, and the .pth files over there are not read: no checkout slips in.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def works(bin_folder: Path, empty: Path) -> Path:
    """Where film-kg was imported from, once it has read, built, asked and exported in an empty folder."""
    (empty / "piano.txt").write_text(ARTICLE, encoding="utf-8")
    kg = bin_folder / "kg"
    assert "kg extract" in run(kg, "--help", cwd=empty)
    facts = [json.loads(line) for line in run(kg, "extract", "piano.txt", cwd=empty).splitlines()]
    assert ("The Piano", "director", "Jane Campion") in {
        (f["subject"]["name"], f["relation"], f["object"].get("name")) for f in facts
    }
    run(kg, "build", "piano.txt", cwd=empty)
    assert "Jane Campion" in run(kg, "query", "who-directed-what", cwd=empty)
    run(kg, "export", "out.ttl", cwd=empty)
    assert "film:director" in (empty / "out.ttl").read_text(encoding="utf-8")
    return Path(run(bin_folder / "python", "-c", "import kg; print(kg.__file__)", cwd=empty).strip())


def test_the_wheel_works_in_an_empty_folder(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    bin_folder = environment(tmp_path / "venv", wheel)
    (tmp_path / "empty").mkdir()
    assert tmp_path in works(bin_folder, tmp_path / "empty").parents


def test_an_editable_install_works(root: Path, tmp_path: Path) -> None:
    """By the wheel that `pip install --editable` would make; pip itself would fetch hatchling again."""
    code = "import sys; from hatchling.build import build_editable; print(build_editable(sys.argv[1]))"
    wheel = run(sys.executable, "-c", code, tmp_path, cwd=root).splitlines()[-1]
    bin_folder = environment(tmp_path / "venv", tmp_path / wheel)
    (tmp_path / "empty").mkdir()
    assert root in works(bin_folder, tmp_path / "empty").parents


def test_the_wheel_holds_what_travels_and_nothing_else(dist: Path, root: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (n for n in names if n.endswith(".dist-info/METADATA"))
        described = message_from_string(archive.read(metadata).decode())
    for folder in ("ontology", "queries"):
        there = {p.relative_to(root).as_posix() for p in (root / folder).rglob("*") if p.is_file()}
        assert there, folder
        assert {f"kg/_shipped/{name}" for name in there} <= names
    package = {p.relative_to(root).as_posix() for p in (root / "kg").rglob("*") if p.is_file()}
    assert any(name.startswith("kg/language/model/") for name in package)
    assert {name for name in package if "__pycache__" not in name} <= names
    assert {n.split("/")[0] for n in names} == {"kg", metadata.split("/")[0]}
    assert not [n for n in names if "__pycache__" in n]
    assert described["License-Expression"] == "MIT AND CC-BY-SA-4.0 AND Apache-2.0"
    assert {"LICENSE", "NOTICE"} <= set(described.get_all("License-File", []))
    assert not [r for r in described.get_all("Requires-Dist", []) if "torch" in r and "extra" not in r]
    assert wheel.stat().st_size < 40 * MEGABYTE


def test_the_source_archive_is_complete(dist: Path, root: Path) -> None:
    """Everything that git tracks, but for what only runs this repository."""
    tracked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, encoding="utf-8")
    if tracked.returncode:
        pytest.skip("not a git checkout")
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.split("/", 1)[1] for name in tar.getnames() if "/" in name}
    expected = {n for n in tracked.stdout.splitlines() if not n.startswith(".ci/") and (root / n).exists()}
    assert expected - names == set()
