"""The page in a real browser with the network off: what a person sees, and that hostile text stays text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from invented import reads, says

from kg import view
from kg.build import build
from kg.model import Document, Extraction
from kg.store import open_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
if not Path(CHROMIUM).exists():
    pytest.skip("there is no chromium", allow_module_level=True)

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP, PHONE = (1280, 800), (390, 844)

HOSTILE = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"'><svg onload=window.hacked=1>",
    "a href=javascript:window.hacked=1",
    "{{ 7 * 7 }} ${window.hacked=1}",
    "\u202egnp.elif\u2066 \u200fmarks",
    "line\u2028and\u2029paragraph \\u003c \\",
    "__proto__",
    "B" * 100_000,
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


class Opened:
    """A page that is open, and everything that it complained of or asked for."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(file.as_uri())
        page.wait_for_function("window.filmKG !== undefined")

    def _heard(self, message: ConsoleMessage) -> None:
        self.complaints.append(message.text)

    def says(self, script: str) -> Any:
        return self.page.evaluate(script)

    def click(self, x: float, y: float) -> None:
        """Clicks where the drawing has these coordinates, once it has come to rest."""
        self.page.wait_for_timeout(500)
        at = self.says(f"filmKG.network.canvasToDOM({{x: {x}, y: {y}}})")
        box = self.page.locator("#drawing").bounding_box()
        assert box
        self.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
        # vis-network waits for a second click.
        self.page.wait_for_timeout(500)

    def panel(self) -> str:
        return self.page.locator("#panel").inner_text()


@pytest.fixture
def opened(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Opens pages, and looks at the end whether any of them complained or asked for anything."""
    contexts, pages = [], []

    def open_page(file: Path, size: tuple[int, int] = DESKTOP) -> Opened:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
        contexts.append(context)
        pages.append(Opened(context.new_page(), file))
        return pages[-1]

    yield open_page
    for each in pages:
        assert each.complaints == []
        assert [url for url in each.requests if not url.startswith("file:")] == []
        assert len(each.requests) == 1
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def sample_page(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("page") / "out.html"
    view.draw(sample_store, out)
    return out


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_all_is_drawn(opened: Any, sample_page: Path, sample_store: Path, size: tuple[int, int]) -> None:
    it = opened(sample_page, size)
    graph = view.graph_of(sample_store)
    assert it.says("filmKG.network.body.data.nodes.length") == len(graph)
    pairs = {frozenset(edge[:2]) for edge in graph.edges}
    assert it.says("filmKG.network.body.data.edges.length") == len(pairs)
    assert f"{len(graph):,} entities" in it.page.locator("#counts").inner_text()
    assert not it.says("document.documentElement.scrollWidth > innerWidth")
    assert it.says("filmKG.network.physics.physicsEnabled") is False


def test_a_click_shows_the_sentences(opened: Any, tmp_path: Path) -> None:
    it = opened(page_of(tmp_path, "Rain/Film | director | Ann Bly/Person\nRain/Film | genre | drama"))
    film, person = it.says("filmKG.nodes.map((n) => [n.name, n.x, n.y])")
    assert (film[0], person[0]) == ("Rain", "Ann Bly")
    it.click(*film[1:])
    assert "director Ann Bly" in " ".join(it.panel().split())
    assert "Rain/Film | director | Ann Bly/Person" in it.panel()
    assert "0.txt · 90 % sure" in it.panel()
    assert "genre drama" in it.panel()
    it.page.keyboard.press("Escape")
    assert "Best connected" in it.panel()
    it.click((film[1] + person[1]) / 2, (film[2] + person[2]) / 2)
    assert it.page.locator("mark").all_inner_texts() == ["Rain/Film | director | Ann Bly/Person"]


def test_search_finds_and_the_legend_hides(opened: Any, sample_page: Path) -> None:
    it = opened(sample_page)
    it.page.fill("#search", "chinatown")
    it.page.press("#search", "Enter")
    assert it.page.locator("#panel h2").inner_text() == "Chinatown"
    it.page.locator("#legend input[value=Person]").uncheck()
    hidden = it.says(
        "filmKG.network.body.data.nodes.get().filter((n) => n.hidden).length"
        " - filmKG.nodes.filter((n) => n.kind === 'Person').length"
    )
    assert hidden == 0
    it.page.fill("#search", "nobody is called so")
    assert "Nothing is called so" in it.page.locator("#found").inner_text()
    it.page.click("#theme")
    assert it.says("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:20])
def test_hostile_text_is_text(opened: Any, tmp_path: Path, hostile: str) -> None:
    it = opened(page_of_a_hostile(tmp_path, hostile))
    assert it.says("filmKG.nodes.length") == 2
    name = it.says("filmKG.nodes[0].name")
    assert name == hostile
    for number in (0, 1):
        it.says(f"filmKG.showNode({number}, true)")
        assert hostile[:50] in it.page.locator("#panel").text_content()
    it.says("filmKG.showEdge(0)")
    assert it.page.locator("mark").first.text_content() == f"{hostile} was made by Ann Bly"
    it.page.fill("#search", hostile[:5])
    assert hostile[:50] in it.page.locator("#found").text_content()
    assert it.says("window.hacked") is None
    assert it.says("document.querySelectorAll('img, iframe, object, a, base, form').length") == 0
    assert it.says("document.scripts.length") == 4
    assert not it.says("document.documentElement.scrollWidth > innerWidth")


def page_of(folder: Path, text: str) -> Path:
    (folder / "0.txt").write_text(text, encoding="utf-8")
    store = open_store()
    build([folder / "0.txt"], store, extract=reads, fingerprint="test")
    view.draw(store, folder / "out.html")
    return folder / "out.html"


def page_of_a_hostile(folder: Path, name: str) -> Path:
    """A page about a film with that name, whose document has the name in its sentence."""
    text = f"{name} was made by Ann Bly"

    def reading(document: Document) -> Extraction:
        said = says(document.id, "Rain/Film | director | Ann Bly/Person", text=document.text)
        return renamed(said, name)

    (folder / "0.txt").write_text(text, encoding="utf-8")
    store = open_store()
    build([folder / "0.txt"], store, extract=reading, fingerprint="test")
    view.draw(store, folder / "out.html")
    return folder / "out.html"


def renamed(said: Extraction, name: str) -> Extraction:
    """The extraction with the film called so: a name may hold what the notation of facts cannot."""

    film, person = said.entities
    film = replace(film, label=name, names=(name,))
    (claim,) = said.claims
    claim = replace(claim, triple=replace(claim.triple, subject=film))
    return Extraction(said.document, (film, person), (claim,))
