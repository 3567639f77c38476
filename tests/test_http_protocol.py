"""The endpoint speaks the SPARQL 1.1 Protocol: requests, formats, graphs, descriptions, status codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from serving import JSON, Reply, Server, served, store_at

from kg.query import catalogue
from kg.rdf.names import GRAPH

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
DIRECTORS = "SELECT ?title ?name { ?film film:director/rdfs:label ?name ; rdfs:label ?title } ORDER BY ?title"
ROWS = [{"title": "Drought", "name": "Al Poe"}, {"title": "Rain, and \u6c34", "name": "Al Poe"}]
TRIPLES = "CONSTRUCT { ?film film:director ?who } { ?film film:director ?who }"
READ = f"{GRAPH}read"
LINKS = f"{GRAPH}links"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    facts = ("Rain, and \u6c34/Film | director | Al Poe/Person", "Drought/Film | director | Al Poe/Person")
    with served(store_at(tmp_path_factory.mktemp("served"), *facts)) as running:
        yield running


def test_the_three_ways_to_ask(server: Server) -> None:
    form = urlencode({"query": DIRECTORS}).encode()
    for reply in (
        server.ask(DIRECTORS),
        server.request("POST", "/sparql", form, content_type=FORM, accept=JSON),
        server.request("POST", "/sparql", form, content_type=f"{FORM}; charset=UTF-8"),
        server.post(DIRECTORS),
    ):
        assert reply.type == JSON
        assert reply.rows == ROWS
        assert reply.headers["vary"] == "Accept"
        assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv"),
        ("text/*", "text/xml"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.7", "application/sparql-results+xml"),
        ("text/csv, */*;q=0.1", "text/csv"),
        ("application/sparql-results+json;q=0, text/csv;q=0.1", "text/csv"),
        ("text/html, text/turtle, text/csv;q=0.2", "text/csv"),
    ],
)
def test_rows_come_in_the_format_that_the_client_likes(server: Server, accept: str, media_type: str) -> None:
    reply = server.ask(DIRECTORS, accept)
    assert (reply.status, reply.type) == (200, media_type)
    if media_type == "text/csv":
        assert list(csv.DictReader(io.StringIO(reply.text))) == ROWS
        return
    found = ox.parse_query_results(reply.body, ox.QueryResultsFormat.from_media_type(media_type))
    assert isinstance(found, ox.QuerySolutions)
    assert [{name: row[name].value for name in ("title", "name")} for row in found] == ROWS


def test_yes_and_no(server: Server) -> None:
    assert server.ask("ASK { ?film film:director ?who }").body == b'{"head":{},"boolean":true}'
    assert server.ask("ASK { ?film film:writer ?who }", "text/csv").text == "false"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("text/turtle;q=0.3, application/ld+json;q=0.4", "application/ld+json"),
    ],
)
@pytest.mark.parametrize("query", [TRIPLES, f"DESCRIBE <{READ}> movie:drought"])
def test_triples_come_in_the_format_that_the_client_likes(
    server: Server, query: str, accept: str, media_type: str
) -> None:
    reply = server.ask(query, accept)
    assert (reply.status, reply.type) == (200, media_type)
    expected = set(ox.parse(server.ask(query, "text/turtle").body, ox.RdfFormat.TURTLE))
    assert set(ox.parse(reply.body, ox.RdfFormat.from_media_type(media_type))) == expected
    assert expected


def test_turtle_has_prefixes(server: Server) -> None:
    assert "movie:drought film:director person:al-poe" in server.ask(TRIPLES, "text/turtle").text


def count(reply: Reply) -> int:
    return int(reply.rows[0]["n"])


def triples(dataset: str) -> str:
    return f"SELECT (COUNT(*) AS ?n) {dataset} {{ ?s ?p ?o }}"


def named(dataset: str) -> str:
    return f"SELECT (COUNT(DISTINCT ?g) AS ?n) {dataset} {{ GRAPH ?g {{ ?s ?p ?o }} }}"


def test_graphs_are_chosen_by_the_query_or_by_the_protocol(server: Server) -> None:
    assert count(server.ask(triples(""))) > count(server.ask(triples("FROM graph:read"))) == 2
    assert count(server.ask(named(""))) > 2
    assert count(server.ask(named("FROM NAMED graph:read FROM NAMED graph:links"))) == 2
    by_protocol = {"default-graph-uri": READ}
    assert count(server.ask(triples(""), **by_protocol)) == 2
    assert count(server.ask(named(""), **by_protocol)) == 0
    assert count(server.ask(named(""), **{"named-graph-uri": LINKS})) == 1
    assert count(server.ask(triples(""), **{"named-graph-uri": LINKS})) == 0
    # what the protocol says stands above what the query says
    assert count(server.ask(triples("FROM graph:ontology"), **by_protocol)) == 2
    both = f"/sparql?{urlencode([('default-graph-uri', READ), ('default-graph-uri', LINKS)])}"
    direct = server.request("POST", both, triples("").encode(), content_type=QUERY)
    form = [("query", triples("")), ("default-graph-uri", READ), ("default-graph-uri", LINKS)]
    assert count(direct) == count(
        server.request("POST", "/sparql", urlencode(form).encode(), content_type=FORM)
    )
    assert count(direct) > 2


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
    ],
)
def test_without_a_query_the_endpoint_describes_itself(server: Server, accept: str, media_type: str) -> None:
    reply = server.request("GET", "/sparql", accept=accept)
    assert (reply.status, reply.type) == (200, media_type)
    store = ox.Store()
    store.load(reply.body, ox.RdfFormat.from_media_type(media_type))
    found = store.query(
        """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        SELECT ?url ?name { ?url a sd:Service ; sd:endpoint ?url ; sd:supportedLanguage sd:SPARQL11Query ;
            sd:defaultDataset/sd:namedGraph/sd:name ?name }"""
    )
    assert isinstance(found, ox.QuerySolutions)
    rows = [(row["url"].value, row["name"].value) for row in found]
    assert {url for url, _ in rows} == {f"http://127.0.0.1:{server.port}/sparql"}
    assert {READ, LINKS} <= {name for _, name in rows}


def test_a_browser_that_comes_to_the_endpoint_is_sent_to_the_page(server: Server) -> None:
    reply = server.request("GET", "/sparql", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (reply.status, reply.headers["location"]) == (303, "/")


def test_head_is_get_without_a_body(server: Server) -> None:
    for path, media_type in ((f"/sparql?query={quote(DIRECTORS)}", JSON), ("/sparql", "text/turtle")):
        reply = server.request("HEAD", path)
        assert (reply.status, reply.type, reply.body) == (200, media_type, b"")
    assert server.request("HEAD", "/sparql?query=SELECT").status == 400


def test_options_tells_the_methods(server: Server) -> None:
    reply = server.request("OPTIONS", "/sparql")
    assert (reply.status, reply.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert "access-control-allow-origin" not in reply.headers


ASK = quote("ASK {}")


@pytest.mark.parametrize(
    ("request_", "status", "words"),
    [
        (("GET", "/sparql?query=SELECT%20*%0A%7B%20%3Fs%20%7D"), 400, "line 2, column 7"),
        (("GET", "/sparql?query="), 400, "line 1"),
        (("GET", f"/sparql?query={ASK}&query={ASK}"), 400, "one query, not 2"),
        (("GET", f"/sparql?query={ASK}&default-graph-uri=no%20iri"), 400, "IRI"),
        (("GET", "/sparql?query=%ff"), 400, "cannot be read"),
        (("GET", "/sparql?update=CLEAR%20ALL"), 400, "only reads"),
        (("GET", "/sparql?query=CLEAR%20ALL"), 400, "CLEAR changes the graph"),
        (("GET", "/sparql?query=LOAD%20%3Chttp://127.0.0.1/%3E"), 400, "LOAD changes the graph"),
        (("GET", "/sparql?query=SELECT%20*%20%7B%20%3Fs%20foo:a%201%20%7D"), 400, "prefix"),
        (("GET", f"/sparql?query={quote('SELECT (<http://a.b/c>(1) AS ?x) {}')}"), 400, "http://a.b/c"),
        (("POST", "/sparql", b"", FORM), 400, "one query, not 0"),
        (("POST", "/sparql", b"update=CLEAR+ALL", FORM), 400, "only reads"),
        (("POST", "/sparql", b"query=\xff", FORM), 400, "UTF-8"),
        (("POST", "/sparql", b"ASK { ?s ?p '\xff' }", QUERY), 400, "UTF-8"),
        (("POST", f"/sparql?query={ASK}", b"ASK {}", QUERY), 400, "both"),
        (("POST", "/sparql", b"ASK {}", "text/plain"), 415, QUERY),
        (("POST", "/sparql", b"query=ASK+%7B%7D", ""), 415, FORM),
        (("POST", "/sparql", b"CLEAR ALL", "application/sparql-update"), 415, "only reads"),
        (("PUT", "/sparql", b"ASK {}", QUERY), 405, "PUT"),
        (("DELETE", "/sparql"), 405, "DELETE"),
        (("PATCH", "/sparql"), 405, "PATCH"),
        (("GET", "/elsewhere"), 404, "Not Found"),
    ],
)
def test_what_breaks_the_rules_is_refused_by_name(
    server: Server, request_: tuple[str, ...], status: int, words: str
) -> None:
    method, path, *rest = request_
    body = bytes(rest[0]) if rest else None  # type: ignore[arg-type]
    headers = {"content_type": str(rest[1])} if rest and rest[1] else {}
    reply = server.request(method, path, body, **headers)
    assert reply.status == status, reply.text
    assert words in reply.text
    assert reply.type == "text/plain"
    assert (status == 405) == ("allow" in reply.headers)


def test_a_format_that_the_answer_cannot_have_is_refused_with_those_that_it_can(server: Server) -> None:
    for query, accept, offered in ((DIRECTORS, "text/turtle", JSON), (TRIPLES, "text/csv", "text/turtle")):
        reply = server.ask(query, accept)
        assert reply.status == 406
        assert offered in reply.text
    assert server.request("GET", "/sparql", accept="image/png").status == 406
    assert server.ask(DIRECTORS, "nonsense").status == 400


def test_the_page_names_the_endpoint_and_the_questions(server: Server) -> None:
    page = server.request("GET", "/")
    assert (page.status, page.type) == (200, "text/html")
    assert f"http://127.0.0.1:{server.port}/sparql" in page.text
    assert all(each.name in page.text for each in catalogue())
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    style = server.request("GET", "/static/site.css")
    assert (style.status, style.type) == (200, "text/css")
    assert server.request("GET", "/static/../start.html.j2").status == 404
