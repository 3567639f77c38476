"""The page in a real browser with the network off: what a person sees, and that hostile text stays text."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from invented import reads, says, store_of
from rdflib import RDFS, Graph, Literal

from kg import view
from kg.build import build
from kg.model import Document, Extraction
from kg.store import open_store
from kg.view.html import SCRIPTS
from kg.view.selection import backbone_of, first_shown

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

    def __init__(self, page: Page, file: Path, hash_: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(file.as_uri() + (f"#{hash_}" if hash_ else ""))
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

    def drawn(self) -> list[str]:
        """The names of the entities in the drawing."""
        names: list[str] = self.says(
            "filmKG.network.body.data.nodes.getIds().map((id) => filmKG.nodes[id].name)"
        )
        return names

    def labels(self) -> list[str]:
        """What the edges in the drawing say."""
        labels: list[str] = self.says("filmKG.shown().edges.map((edge) => labelOf(edge, edge.said))")
        return sorted(labels)

    def choose(self, name: str) -> None:
        self.page.fill("#search", name)
        self.page.press("#search", "Enter")

    def panel(self) -> str:
        return self.page.locator("#panel").inner_text()


@pytest.fixture
def opened(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Opens pages, and looks at the end whether any of them complained or asked for anything."""
    contexts, pages = [], []

    def open_page(file: Path, size: tuple[int, int] = DESKTOP, hash_: str = "") -> Opened:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
        contexts.append(context)
        pages.append(Opened(context.new_page(), file, hash_))
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
def test_all_is_there(opened: Any, sample_page: Path, sample_store: Path, size: tuple[int, int]) -> None:
    it = opened(sample_page, size)
    graph = view.graph_of(sample_store, derived=True)
    read = [edge for edge in graph.edges(data=True) if "derived" not in edge[2]]
    values = sum(len(each) for _, each in graph.nodes(data="values"))
    assert it.says("filmKG.nodes.length") == len(graph)
    assert it.says("filmKG.edges.length") == len(
        {frozenset(edge[:2]) for edge in graph.edges if edge[0] != edge[1]}
    )
    assert it.says("filmKG.facts.filter((f) => !f.derived).length") == len(read) + values
    assert f"{len(graph):,} entities, {len(read) + values:,} facts" in it.page.locator("#counts").inner_text()
    drawn = first_shown(graph)
    assert sorted(it.drawn()) == sorted(graph.nodes[iri]["label"] for iri in drawn)
    backbone = backbone_of(graph).subgraph(drawn)
    assert it.says("filmKG.network.body.data.edges.length") == backbone.number_of_edges()
    assert not it.says("document.documentElement.scrollWidth > innerWidth")
    assert it.says("filmKG.network.physics.physicsEnabled") is False


def test_a_click_shows_the_sentences(opened: Any, tmp_path: Path) -> None:
    it = opened(page_of(tmp_path, "Rain/Film | director | Ann Bly/Person\nRain/Film | genre | drama"))
    film, person = it.says("filmKG.nodes.map((n) => [n.name, n.x, n.y])")
    assert (film[0], person[0]) == ("Rain", "Ann Bly")
    it.click(*film[1:])
    assert "director Ann Bly" in " ".join(it.panel().split())
    assert "Rain/Film | director | Ann Bly/Person" in it.panel()
    assert "0.txt · 90 % sure · read as director/invented" in it.panel()
    assert "genre drama" in it.panel()
    it.page.keyboard.press("Escape")
    assert "Best connected" in it.panel()
    it.click((film[1] + person[1]) / 2, (film[2] + person[2]) / 2)
    assert it.page.locator("mark").all_inner_texts() == ["Rain/Film | director | Ann Bly/Person"]


def test_the_turtle_of_an_entity_is_what_the_store_says(opened: Any, tmp_path: Path) -> None:
    said = """Rain/Film | director | Ann "A" Bly+Bly/Person
Rain/Film | budget | 1200000^xsd:decimal^USD
Rain/Film | castMember | Cy Orr/Person | portrayed=Mina/Character
Rain/Film | releaseYear | 1932^xsd:integer
Ann "A" Bly+Bly/Person | childOf | Dee Bly/Person | gender=female"""
    store = store_of(tmp_path, said)
    view.draw(store, tmp_path / "out.html")
    it = opened(tmp_path / "out.html")
    for name, least in (("Rain", 6), ('Ann "A" Bly', 4)):
        it.choose(name)
        it.page.locator("#panel details summary").click()
        graph = Graph().parse(data=it.page.locator("pre.turtle").text_content(), format="turtle")
        (subject,) = graph.subjects(RDFS.label, Literal(name))
        own = plain(store.triples((subject, None, None)))
        assert len(own) >= least
        assert plain(graph.triples((subject, None, None))) == own
        assert plain(graph) <= plain(store.triples((None, None, None)))


def plain(triples: Iterable[Any]) -> set[tuple[str, ...]]:
    """Triples as text: a store says of each string that it is one."""
    return {tuple(map(str, triple)) for triple in triples}


def test_search_suggests_and_the_legend_filters(opened: Any, sample_page: Path) -> None:
    it = opened(sample_page)
    it.page.fill("#search", "chinat")
    assert it.page.locator("#found li").first.inner_text().startswith("Chinatown")
    it.page.press("#search", "ArrowDown")
    it.page.press("#search", "ArrowUp")
    it.page.press("#search", "Enter")
    assert it.page.locator("#panel h2").inner_text() == "Chinatown"
    assert it.says("document.activeElement.id") == "search"
    before = it.drawn()
    it.page.locator("#legend input[value=Person]").uncheck()
    assert it.says("filmKG.shown().ids.every((id) => filmKG.nodes[id].kind !== 'Person')")
    it.page.locator("#legend input[value=Person]").check()
    assert sorted(it.drawn()) == sorted(before)
    it.page.locator("#legend summary", has_text="Relations").click()
    it.page.locator("#relations input[value=plays]").check()
    assert it.says("filmKG.shown().ids.some((id) => filmKG.nodes[id].kind === 'Character')")
    it.page.fill("#search", "nobody is called so")
    assert "Nothing is called so" in it.page.locator("#found").inner_text()
    it.page.click("#theme")
    assert it.says("document.documentElement.dataset.theme") == "dark"


def test_with_every_relation_on_all_is_drawn(opened: Any, tmp_path: Path) -> None:
    said = """Rain/Film | castMember | Cy Orr/Person | portrayed=Mina/Character
Cy Orr/Person | plays | Mina/Character
Mina/Character | characterIn | Rain/Film
Cy Orr/Person | childOf | Dee Orr/Person | gender=male"""
    it = opened(page_of(tmp_path, said))
    assert sorted(it.drawn()) == ["Cy Orr", "Dee Orr", "Rain"]
    assert it.labels() == ["as Mina", "child of"]
    it.page.locator("#legend summary", has_text="Relations").click()
    for box in it.page.locator("#relations input").all():
        box.check()
    assert sorted(it.drawn()) == ["Cy Orr", "Dee Orr", "Mina", "Rain"]
    assert it.labels() == ["as Mina", "character in", "child of, son of", "plays"]
    for name in ("childOf", "plays", "characterIn", "castMember"):
        it.page.locator(f"#relations input[value={name}]").uncheck()
    assert it.labels() == ["son of"]
    assert it.says("filmKG.network.body.data.edges.get().map((e) => e.dashes)") == [True]


PRIZES = "\n".join(
    [f"Bo{n} Orr/Person | awardWon | Bear/Award | forFilm=Rain{n}/Film" for n in range(14)]
    + [f"Rain{n}/Film | director | Bo{n} Orr/Person" for n in range(3)]
    + [f"Rain{n}/Film | writer | Bo{n + 1} Orr/Person" for n in range(2)]
)


def test_a_click_unfolds_and_back_folds(opened: Any, tmp_path: Path) -> None:
    it = opened(page_of(tmp_path, PRIZES))
    start = ["Bear", "Bo0 Orr", "Bo1 Orr", "Bo2 Orr", "Rain0", "Rain1", "Rain2"]
    assert sorted(it.drawn()) == start
    assert it.labels() == ["director"] * 3 + ["writer"] * 2
    it.choose("Bear")
    assert len(it.drawn()) == 18
    assert it.labels().count("won, for Rain5") == 1
    link = it.says("location.href")
    it.page.get_by_role("button", name="Only its neighbours").click()
    assert len(it.drawn()) == 15
    it.page.go_back()
    it.page.wait_for_function("filmKG.shown().ids.length === 18")
    assert it.page.locator("#panel h2").inner_text() == "Bear"
    it.page.go_back()
    it.page.wait_for_function("filmKG.shown().ids.length === 7")
    assert "Best connected" in it.panel()
    it.page.go_forward()
    it.page.wait_for_function("filmKG.shown().ids.length === 18")
    it.page.get_by_role("button", name="Fold").click()
    assert sorted(it.drawn()) == start
    again = opened(tmp_path / "out.html", hash_=link.partition("#")[2])
    assert len(again.drawn()) == 18
    assert again.page.locator("#panel h2").inner_text() == "Bear"
    places = again.says("filmKG.network.body.data.nodes.get().map(({ x, y }) => [x, y])")
    assert len({tuple(place) for place in places}) == 18


def test_a_large_graph_opens_with_a_part_and_unfolds(opened: Any, tmp_path: Path) -> None:
    crews = [f"Rain{n // 9}/Film | castMember | Bo{n} Orr/Person" for n in range(300)]
    crews += [f"Rain{n}/Film | director | Bo{n + 9} Orr/Person" for n in range(30)]
    it = opened(page_of(tmp_path, "\n".join(crews)))
    assert it.says("filmKG.nodes.length") == 334
    assert len(it.drawn()) == 120
    assert "It opens with the 120 best connected of 334 entities" in it.panel()
    (away, *_) = it.says(
        "filmKG.nodes.filter((n) => n.kind === 'Film' && n.x === undefined).map((n) => n.name)"
    )
    it.choose(away)
    drawn = it.drawn()
    assert away in drawn
    assert len(drawn) >= 129
    # However one goes from here to there, vis-network draws in between.
    it.says("showOnly(0)")
    it.says("showGroup(0)")
    it.page.get_by_role("button", name="Start again").click()
    assert len(it.drawn()) == 120


def test_the_shortest_path_goes_around_hubs(opened: Any, tmp_path: Path) -> None:
    it = opened(page_of(tmp_path, PRIZES))
    it.page.click("#connect")
    for end, name in (("from", "Bo0 Orr"), ("to", "Bo2 Orr")):
        it.page.fill(f"#path-{end}", name)
        it.page.press(f"#path-{end}", "Enter")
    assert "4 steps" in it.panel()
    assert it.page.locator("#panel .path .fact").count() == 4
    on_path = it.says("[...filmKG.shown().onPath].map((id) => filmKG.nodes[id].name)")
    assert sorted(on_path) == ["Bo0 Orr", "Bo1 Orr", "Bo2 Orr", "Rain0", "Rain1"]
    bold = it.says("filmKG.network.body.data.edges.get().filter((e) => e.width >= 4).length")
    assert bold == 4
    it.page.fill("#path-to", "Bo9")
    it.page.press("#path-to", "Enter")
    assert "2 steps" in it.panel()
    it.page.locator("#legend summary", has_text="Relations").click()
    it.page.locator("#relations input[value=awardWon]").uncheck()
    assert "Nothing that is shown connects them" in it.panel()


def test_groups_are_drawn_alone_and_coloured(opened: Any, tmp_path: Path) -> None:
    crews = "\n".join(f"Rain{n // 5}/Film | castMember | Bo{n} Orr/Person" for n in range(15))
    it = opened(page_of(tmp_path, crews))
    it.page.locator("#legend summary", has_text="Groups").click()
    it.page.locator("#colour input").check()
    assert it.says("new Set(filmKG.network.body.data.nodes.get().map((n) => n.color.background)).size") == 3
    it.page.locator(".group").nth(1).click()
    assert len(it.drawn()) == 6
    it.page.get_by_role("button", name="Start again").click()
    assert len(it.drawn()) == 18


def test_the_table_says_the_same(opened: Any, sample_page: Path) -> None:
    it = opened(sample_page)
    it.page.click("#as-table")
    count = it.says(
        "filmKG.facts.filter((f) => !['plays', 'characterIn', 'partOf', 'sonOf', 'daughterOf']"
        ".includes(document.querySelector('#relations') && filmKG.relations[f.relation].name)).length"
    )
    assert it.page.locator("#rows-shown").inner_text() == f"{min(100, count)} of {count} facts"
    it.page.click("#more-rows")
    assert it.page.locator("#rows tr").count() == min(200, count)
    it.page.fill("#search", "chinatown")
    it.page.press("#search", "Enter")
    assert it.page.locator("#table").is_hidden()
    it.page.click("#as-table")
    rows = it.page.locator("#rows tr").all_inner_texts()
    assert rows
    assert all("Chinatown" in row for row in rows)


def test_all_can_be_reached_by_keyboard(opened: Any, tmp_path: Path) -> None:
    it = opened(page_of(tmp_path, "Rain/Film | director | Ann Bly/Person"))
    reached = []
    for _ in range(20):
        it.page.keyboard.press("Tab")
        reached.append(it.says("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"search", "connect", "as-table", "theme", "drawing", "closer", "Rain", "Ann Bly"} <= set(reached)
    it.page.locator("#drawing").focus()
    it.says("filmKG.choose(0)")
    (x, y), (u, v) = it.says("filmKG.nodes.map(({ x, y }) => [x, y])")
    across, down = ("Right", "Left")[u < x], ("Down", "Up")[v < y]
    way = "Arrow" + (across if abs(u - x) > abs(v - y) else down)
    it.page.keyboard.press(way)
    assert it.page.locator("#panel h2").inner_text() == "Ann Bly"
    assert it.page.locator("#status").text_content() == "Ann Bly"
    it.page.locator("#panel .name", has_text="Rain").focus()
    it.page.keyboard.press("Enter")
    assert it.page.locator("#panel h2").inner_text() == "Rain"
    assert it.says("document.activeElement.id") == "panel"
    it.page.keyboard.press("/")
    assert it.says("document.activeElement.id") == "search"


def test_the_address_is_input(opened: Any, tmp_path: Path) -> None:
    file = page_of(tmp_path, "Rain/Film | director | Ann Bly/Person")
    hostile = (
        "node=<img src=x onerror=window.hacked=1>&open=__proto__&edge=a&edge=b&group=99&by=javascript"
        "&hide=constructor&flip=%FF&only=toString&%E0%A4%A=1" + "&open=x" * 2000
    )
    it = opened(file, hash_=hostile)
    assert len(it.drawn()) == 2
    state = it.says("filmKG.state()")
    assert {value for value in state.values() if not isinstance(value, list)} == {None}
    assert [value for value in state.values() if value] == []
    assert it.says("window.hacked") is None


def test_a_notebook_shows_it_in_a_frame(opened: Any, browser: Browser, tmp_path: Path) -> None:
    shown = view.show(store_of(tmp_path, "Rain/Film | director | Ann Bly/Person"), height=500)
    context = browser.new_context(offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_content(f"<!doctype html><body>{shown._repr_html_()}")
    frame = page.frame_locator("iframe")
    frame.locator("#panel .name", has_text="Ann Bly").click()
    assert frame.locator("#panel h2").inner_text() == "Ann Bly"
    assert complaints == []
    context.close()


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:20])
def test_hostile_text_is_text(opened: Any, tmp_path: Path, hostile: str) -> None:
    it = opened(page_of_a_hostile(tmp_path, hostile))
    assert it.says("filmKG.nodes.length") == 2
    name = it.says("filmKG.nodes[0].name")
    assert name == hostile
    for number in (0, 1):
        it.says(f"filmKG.choose({number})")
        assert hostile[:50] in it.page.locator("#panel").text_content()
    it.says("filmKG.chooseEdge(0)")
    assert it.page.locator("mark").first.text_content() == f"{hostile} was made by Ann Bly"
    it.page.fill("#search", hostile[:5])
    assert hostile[:50] in it.page.locator("#found").text_content()
    it.says("filmKG.go({ path: '1', from: 0, to: 1 })")
    assert hostile[:50] in it.page.locator("#panel").text_content()
    it.page.click("#as-table")
    assert hostile[:50] in it.page.locator("#rows").text_content()
    assert it.says("window.hacked") is None
    assert it.says("document.querySelectorAll('img, iframe, object, a, base, form').length") == 0
    assert it.says("document.scripts.length") == len(SCRIPTS) + 1
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
