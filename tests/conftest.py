"""What tests share: the command as a person runs it, a store of the sample articles, and no silent skips."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Protocol

import pytest

ROOT = Path(__file__).parent.parent
NO_SKIPS = "FILM_KG_NO_SKIPS"
"""Set by .ci/run, which installs everything that a test may want: a skip there is a failure."""
ELSEWHERE = "no reference texts here"
"""What a test says that wants texts which are not ours to ship: where they are absent it may skip."""


class RunKg(Protocol):
    """Runs `kg ARGS…` in a process of its own."""

    def __call__(
        self,
        *args: str | Path,
        cwd: Path | None = None,
        text: str | None = None,
        env: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]: ...


def run_kg(
    *args: str | Path, cwd: Path | None = None, text: str | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        cwd=cwd,
        input=text,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )


@pytest.fixture(scope="session")
def kg() -> RunKg:
    return run_kg


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built once from data/documents; tests only read it."""
    store = tmp_path_factory.mktemp("sample") / "film-kg.store"
    done = run_kg("build", ROOT / "data" / "documents", "--store", store)
    assert done.returncode == 0, done.stderr
    return store


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    excused = hasattr(report, "wasxfail") or ELSEWHERE in str(report.longrepr)
    if report.skipped and NO_SKIPS in os.environ and not excused:
        report.outcome = "failed"
        report.longrepr = f"{NO_SKIPS} is set, and {item.nodeid} was skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and NO_SKIPS in os.environ:
        report.outcome = "failed"
        report.longrepr = f"{NO_SKIPS} is set, and {collector.nodeid} was skipped: {report.longrepr}"
    return report


NOBODY = 65534


def open_to_nobody(folder: Path) -> None:
    """Lets everybody reach the folder, where we are root and a test goes on as nobody."""
    if os.geteuid() == 0:
        for each in (folder, *folder.parents):
            each.chmod(each.stat().st_mode | 0o055)


def give_up_root() -> None:
    """Makes this process one that the system refuses things to."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
