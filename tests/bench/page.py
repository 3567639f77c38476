"""The page at / in a browser, over a store of a million triples: how soon a person sees something."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.rdf.names import ID

from .films import QUERIES, film_store
from .row import Row
from .server import kg_serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FILMS = 50_000
ROUNDS = 5
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
PAGES = {
    "the page at /": "/",
    "the page of an entity": f"/entity?iri={quote(ID + 'movie/f11', safe='')}",
    "names that hold a word": "/search?q=person+77",
    "an answer of a thousand rows": f"/ask?query={quote('SELECT ?f ?p { ?f film:director ?p } LIMIT 1000')}",
    "a table over all": f"/ask?query={quote(QUERIES[3])}",
}


def rows() -> Iterator[Row]:
    """First contentful paint, each time in a browser that has nothing in its cache."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store, _ = film_store(Path(folder), FILMS)
        chromium = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with kg_serve(store) as port:
            for what, path in PAGES.items():
                times = [_painted(browser, f"http://127.0.0.1:{port}{path}") for _ in range(ROUNDS)]
                note = f"median of {ROUNDS}, at most {max(times):.0f}; a million triples"
                yield Row(f"first paint, {what}", median(times), None, "ms", note)
        browser.close()


def _painted(browser: Browser, url: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_timeout(300)
    painted: float = page.evaluate(PAINTED)
    context.close()
    return painted
