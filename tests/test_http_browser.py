"""The page at / in a real browser that reaches nothing but the server: asking, looking, following."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from serving import Server, served, store_at

from kg.rdf.names import ID

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

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
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
DESKTOP, PHONE = (1280, 800), (390, 844)
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 40[04]")
"""What the browser itself notes of a query that is refused, of an IRI that nobody knows."""
HOSTILE = (
    "<script>window.hacked=1</script>",
    "</textarea><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"'><svg onload=window.hacked=1>",
    "javascript:window.hacked=1",
)
FACTS = (
    "Rain/Film | director | Al Poe/Person",
    "Rain/Film | castMember | Bo Ek/Person | portrayed=Sam/Character",
    "Snow/Film | director | Al Poe/Person",
    *(f"{label}/Film | director | {label}/Person" for label in HOSTILE),
)
QUERY = "SELECT ?film ?film_label WHERE {\n  ?film film:director person:al-poe ; rdfs:label ?film_label .\n}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(store_at(tmp_path_factory.mktemp("browsed"), *FACTS), "--workers", "2") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


class Visit:
    """A browser on the server: its page, and all that any page of it complained of or asked for."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context = context
        self.home = f"http://127.0.0.1:{server.port}"
        self.complaints: list[str] = []
        self.requests: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", lambda request: self.requests.append(request.url))
        self.page: Page = context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if not REFUSED.match(message.text):
            self.complaints.append(message.text)

    def to(self, path: str = "/", **given: str) -> Page:
        self.page.goto(f"{self.home}{path}{'?' + urlencode(given) if given else ''}")
        if path == "/":
            self.page.wait_for_selector(".yasqe .CodeMirror")
        return self.page

    def write(self, query: str) -> None:
        """Puts a query into the editor as a person does: all marked, then typed over."""
        self.page.click(".CodeMirror-lines")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(query)


@pytest.fixture
def visit(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    options: dict[str, Any] = {"viewport": dict(zip(("width", "height"), DESKTOP, strict=True))}
    context = browser.new_context(**{**options, **getattr(request, "param", {})})
    it = Visit(context, server)
    yield it
    assert it.complaints == []
    assert it.requests
    assert [url for url in it.requests if not url.startswith((it.home, "data:", "blob:"))] == []
    for page in context.pages:
        assert page.evaluate("window.hacked") is None
    context.close()


def test_a_question_of_the_catalogue_leads_to_a_sentence(visit: Visit) -> None:
    page = visit.to()
    page.click("text=Who directed what?")
    question = page.locator("form[data-name=who-directed-what]")
    question.locator("input").fill("al p")
    page.wait_for_selector("datalist option[value='Al Poe']", state="attached")
    question.locator("input").fill("Al Poe")
    question.locator("button").click()
    page.wait_for_selector("#answer table")
    assert page.locator("#answer tbody tr").count() == 2
    assert "VALUES ?director { person:al-poe }" in page.evaluate("filmKG.editor.getValue()")
    page.click("#answer a:has-text('Rain')")
    page.wait_for_selector("h1:has-text('Rain')")
    page.click("text=1 sentence >> nth=0")
    assert page.locator("mark:visible").first.inner_text().startswith("Rain/Film | ")
    page.click("dd a:has-text('Al Poe')")
    page.wait_for_selector("h1:has-text('Al Poe')")
    assert "Snow" in page.locator("main").inner_text()
    assert page.locator(".around img").evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 0


def test_a_query_is_edited_run_passed_on_and_taken_home(visit: Visit) -> None:
    page = visit.to()
    visit.write(QUERY)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer table")
    assert page.locator("#answer tbody").inner_text().split() == ["Rain", "Snow"]
    with page.expect_download() as download:
        page.click("#answer button:has-text('CSV')")
    assert download.value.path().read_text().splitlines()[0] == "film,film_label"
    page.click("text=Raw response")
    page.wait_for_selector(".raw pre:has-text('bindings')")
    page.reload()
    page.wait_for_selector(".yasqe .CodeMirror")
    assert page.evaluate("filmKG.editor.getValue()") == QUERY
    assert page.locator("#answer table").count() == 0


def test_an_error_is_shown_where_it_is(visit: Visit) -> None:
    page = visit.to()
    visit.write("SELECT * WHERE {\n  ?film film:director ?who .\n  FILTR(?who)\n}")
    # The editor's own note on the line, which is the one style that the policy excepts.
    page.hover(".parseErrorIcon")
    page.wait_for_selector(".yasqe_tooltip")
    page.click("#ask")
    page.wait_for_selector("#answer .error")
    assert "line 3, column 3" in page.locator("#answer .error").inner_text()
    assert page.locator(".wrong").first.inner_text().startswith("FILTR")
    assert page.evaluate("filmKG.editor.getCursor().line") == 2


def test_prefixes_need_no_declaration_and_terms_are_completed(visit: Visit) -> None:
    page = visit.to()
    visit.write(QUERY)
    assert page.locator(".parseErrorIcon").count() == 0
    visit.write("SELECT * { ?film film:direct")
    page.keyboard.type("o")
    page.wait_for_selector(".CodeMirror-hint")
    assert page.locator(".CodeMirror-hint").all_inner_texts() == ["film:director"]
    page.keyboard.press("Enter")
    assert page.evaluate("filmKG.editor.getValue()") == "SELECT * { ?film film:director"


def test_names_are_found_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.to()
    page.focus("#search")
    page.keyboard.type("al po")
    page.wait_for_selector("#found a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Al Poe')")


def test_the_entities_of_an_answer_are_drawn(visit: Visit) -> None:
    page = visit.to()
    visit.write(QUERY.replace("?film ?film_label WHERE", "* WHERE"))
    page.click("#ask")
    page.wait_for_selector("#answer table")
    with visit.context.expect_page() as opened:
        page.click("text=Draw as a graph")
    opened.value.wait_for_selector("canvas")
    assert "Al Poe" in opened.value.locator("#panel").inner_text()


def test_hostile_labels_and_addresses_do_nothing(visit: Visit) -> None:
    page = visit.to(query=HOSTILE[1])
    assert page.evaluate("filmKG.editor.getValue()") == HOSTILE[1]
    visit.write("SELECT ?film ?film_label ?x { ?film a film:Film ; rdfs:label ?film_label "
                "BIND(<javascript:window.hacked=1> AS ?x) }")  # fmt: skip
    page.click("#ask")
    page.wait_for_selector("#answer table")
    for label in HOSTILE:
        assert page.locator("#answer td").get_by_text(label, exact=True).count() == 1
    assert page.locator("#answer :is(script, img, svg)").count() == 0
    page.click("#answer td:last-child a >> nth=0")
    page.wait_for_selector(".error")
    page = visit.to("/search", q="window.hacked")
    for number in range(page.locator(".names a").count()):
        page = visit.to("/search", q="window.hacked")
        page.locator(".names a").nth(number).click()
        page.wait_for_selector("article.entity")
        assert page.locator("article :is(script, svg)").count() == 0
    page = visit.to("/search", q="hacked")
    page.fill("#search", "hacked=1")
    page.wait_for_selector("#found a")
    assert page.locator("#found :is(script, img, svg)").count() == 0


@pytest.mark.parametrize(
    "visit",
    [
        {"viewport": {"width": PHONE[0], "height": PHONE[1]}, "color_scheme": scheme}
        for scheme in ("light", "dark")
    ],
    indirect=True,
    ids=["light", "dark"],
)
def test_on_a_phone_nothing_sticks_out(visit: Visit) -> None:
    for path, given in (("/", {}), ("/entity", {"iri": f"{ID}movie/rain"}), ("/ask", {"query": QUERY})):
        page = visit.to(path, **given)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        assert (sum(map(int, re.findall(r"\d+", ground))) < 200) == is_dark


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_questions_queries_and_pages_work(visit: Visit) -> None:
    visit.page.goto(visit.home)
    page = visit.page
    page.click("text=Who directed what?")
    page.fill("form[data-name=who-directed-what] input", "Al Poe")
    page.click("form[data-name=who-directed-what] button")
    page.click("#answer a:has-text('Snow')")
    page.wait_for_selector("h1:has-text('Snow')")
    page.goto(visit.home)
    page.fill("#query", QUERY)
    page.click("#ask")
    assert page.locator("#answer tbody tr").count() == 2
    page.fill("#search", "bo")
    page.press("#search", "Enter")
    page.wait_for_selector(".names a:has-text('Bo Ek')")
