"""The pages of `kg serve` without a browser: what is served, to whom, and that hostile text stays text."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from rdflib import RDFS, Graph, Literal, URIRef
from serving import CARTESIAN, Reply, Server, served, store_at

from kg.http.groups import GROUPS, MORE, grouped
from kg.query import catalogue
from kg.rdf.names import ID

STATIC = Path(__file__).parent.parent / "kg" / "http" / "static"
RAIN, AL = f"{ID}movie/rain", f"{ID}person/al-poe"
HOSTILE = (
    "<script>window.hacked=1</script>",
    "</title></script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"'><svg onload=window.hacked=1>",
    "{{ 7 * 7 }}",
    "javascript:window.hacked=1",
)
FACTS = (
    "Rain/Film | director | Al Poe/Person",
    "Rain/Film | genre | drama",
    "Rain/Film | castMember | Bo Ek/Person | portrayed=Sam/Character",
    "Snow/Film | director | Al Poe/Person",
    "Al Poe/Person | spouse | Cy Orr/Person",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(store_at(tmp_path_factory.mktemp("pages"), *FACTS), "--workers", "2") as running:
        yield running


def get(server: Server, path: str, accept: str = "text/html", **given: str) -> Reply:
    return server.request("GET", f"{path}?{urlencode(given)}" if given else path, accept=accept)


class Elements(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_what_the_page_loads_is_what_was_reviewed() -> None:
    lines = (STATIC / "yasgui" / "SHA256SUMS").read_text().splitlines()
    names = {name: digest for digest, name in (line.split() for line in lines)}
    assert names.keys() == {"yasgui.min.js", "yasgui.min.css"}
    for name, digest in names.items():
        assert hashlib.sha256((STATIC / "yasgui" / name).read_bytes()).hexdigest() == digest


def test_every_question_is_listed_once_in_a_group(server: Server) -> None:
    groups = grouped(catalogue())
    assert MORE not in groups
    assert groups.keys() == GROUPS.keys()
    listed = [each.name for members in groups.values() for each in members]
    assert sorted(listed) == sorted(each.name for each in catalogue())
    page = html.unescape(server.request("GET", "/").text)
    for each in catalogue():
        assert f'action="/question/{each.name}"' in page
        assert each.question in page


@pytest.mark.parametrize(
    "path", ["/", "/search?q=rain", f"/entity?iri={RAIN}", "/question/who-directed-what"]
)
def test_a_page_runs_and_loads_only_files_of_this_server(server: Server, path: str) -> None:
    reply = get(server, path)
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy
    for tag, attributes in Elements(reply.text).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert tag != "style"
        for name in ("src", "href", "action", "formaction", "srcset"):
            address = attributes.get(name)
            assert address is None or address.startswith(("/", "#", "data:,")), address
            assert address is None or not address.startswith("//")
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/")


def test_an_entity_has_a_page_with_facts_sentences_and_what_points_to_it(server: Server) -> None:
    page = get(server, "/entity", iri=RAIN).text
    assert "<h1><bdi>Rain</bdi></h1>" in page
    assert f"/entity?iri={quote(AL, safe='')}" in page
    assert "<mark>Rain/Film | director | Al Poe/Person</mark>" in page
    assert "first.txt" in page
    assert "as Sam" in page
    person = get(server, "/entity", iri=AL).text
    assert "What points here" in person
    assert "Snow" in person
    assert get(server, "/id/movie/rain").headers["location"] == f"/entity?iri={quote(RAIN, safe='')}"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples, text/html;q=0.5", "application/n-triples"),
    ],
)
def test_the_same_address_gives_people_a_page_and_programs_triples(
    server: Server, accept: str, expected: str
) -> None:
    reply = get(server, "/entity", accept, iri=RAIN)
    assert (reply.status, reply.type) == (200, expected)
    assert reply.headers["vary"] == "Accept"
    if expected != "text/html":
        format_ = {"text/turtle": "turtle", "application/ld+json": "json-ld"}.get(expected, "nt")
        graph = Graph().parse(data=reply.text, format=format_)
        assert (URIRef(RAIN), RDFS.label, Literal("Rain")) in graph


@pytest.mark.parametrize(
    "iri",
    ["", "rain", "javascript:alert(1)", f"{ID}movie/none", "<script>", 'https://a.example/"><b>', *HOSTILE],
)
def test_what_is_no_entity_is_not_found_and_stays_text(server: Server, iri: str) -> None:
    for path in ("/entity", "/graph", "/picture.svg"):
        reply = get(server, path, iri=iri)
        assert reply.status == 404
        assert "hacked" not in str([each for each in Elements(reply.text).found if each[0] != "input"])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_query_is_only_shown(server: Server, hostile: str) -> None:
    for path, name in (
        ("/", "query"),
        ("/search", "q"),
        ("/ask", "query"),
        ("/question/cast-of-film", "film"),
    ):
        found = Elements(get(server, path, **{name: hostile}).text).found
        allowed = {"data-prefixes", "value"}
        told = [(tag, {n: v for n, v in said.items() if n not in allowed}) for tag, said in found]
        assert "hacked" not in str(told)


def test_answers_come_as_tables_with_links_and_as_files(server: Server) -> None:
    query = """SELECT ?film ?film_label ?x {
      ?film film:director ?y ; rdfs:label ?film_label BIND(<javascript:alert(1)> AS ?x) }"""
    page = get(server, "/ask", query=query).text
    links = [said["href"] or "" for tag, said in Elements(page).found if tag == "a" and "href" in said]
    assert f"/entity?iri={quote(RAIN, safe='')}" in links
    assert not [link for link in links if link.startswith("javascript")]
    assert "film label" not in page
    file = get(server, "/ask", query=query, format="csv")
    assert file.text.splitlines()[0] == "film,film_label,x,x_label"
    assert file.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    assert json.loads(get(server, "/ask", query="ASK { ?a ?b ?c }", format="json").text)["boolean"] is True
    made = get(
        server, "/ask", query="CONSTRUCT { ?a film:director ?b } { ?a film:director ?b }", format="turtle"
    )
    assert len(Graph().parse(data=made.text, format="turtle")) == 2
    assert get(server, "/ask", query="ASK { ?a ?b ?c }", format="turtle").status == 400
    assert get(server, "/ask", query="ASK {}", format="exe\r\nX: y").status == 400
    form = urlencode({"query": "ASK { ?a ?b ?c }"}).encode()
    posted = server.request(
        "POST", "/ask", form, content_type="application/x-www-form-urlencoded", accept="text/html"
    )
    assert ">Yes<" in posted.text


def test_an_error_says_where(server: Server) -> None:
    reply = get(server, "/ask", query="SELECT * {\n  FILTR(1) }")
    assert reply.status == 400
    assert "line 2, column 3" in reply.text
    assert get(server, "/ask", "*/*", query="SELECT").text.startswith("error: ")
    assert get(server, "/ask", query="SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }").status == 400
    assert get(server, "/question/nothing").status == 404
    assert "did you mean Rain?" in get(server, "/question/cast-of-film", film="Rainn").text


def test_a_question_gives_its_query_filled_in(server: Server) -> None:
    reply = get(server, "/question/who-directed-what", director="al poe", format="sparql")
    query = json.loads(reply.text)["query"]
    assert "VALUES ?director { person:al-poe }" in query
    assert {row["film_label"] for row in server.ask(query).rows} == {"Rain", "Snow"}


def test_names_are_found_by_a_part_of_them(server: Server) -> None:
    found = json.loads(get(server, "/search", q="PO", format="json").text)
    assert found == [{"iri": AL, "name": "Al Poe", "kind": "person"}]
    assert json.loads(get(server, "/search", q="po", kind="film", format="json").text) == []
    assert json.loads(get(server, "/search", q='"\\', format="json").text) == []
    terms = json.loads(get(server, "/terms.json").text)
    assert terms["film:director"]["class"] is False
    assert terms["film:Film"]["class"] is True


def test_pictures_and_graphs_show_what_lies_around(server: Server) -> None:
    picture = get(server, "/picture.svg", iri=RAIN)
    assert picture.type == "image/svg+xml"
    assert {"Rain", "Al Poe", "Bo Ek"} <= set(re.findall(r">([^<>]+)</text>", picture.text))
    assert picture.text != get(server, "/picture.svg", iri=RAIN, theme="dark").text
    graph = get(server, "/graph", query="SELECT ?film { ?film film:director ?who }")
    assert graph.status == 200
    assert "script-src 'sha256-" in graph.headers["content-security-policy"]
    assert all(name in graph.text for name in ("Rain", "Snow", "Al Poe"))
    assert get(server, "/graph", query="SELECT (1 AS ?one) {}").status == 400


def test_a_page_is_stopped_like_any_query(tmp_path: Path) -> None:
    with served(store_at(tmp_path, *FACTS), "--timeout", "0.5", "--workers", "1") as server:
        for path in ("/ask", "/graph"):
            assert get(server, path, query=CARTESIAN).status == 504
