"""The endpoint asks nobody, changes nothing, and answers no page that it does not know."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from serving import JSON, Server, served, store_at

from kg.errors import QueryError
from kg.http.guard import Guard
from kg.query import run
from kg.query.service import without_service
from kg.store import open_store

ASKS_ELSEWHERE = [
    "SELECT * { SERVICE <TRAP> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <TRAP> { ?s ?p ?o } }",
    "ASK { service silent<TRAP>{ ?s ?p ?o } }",
    "DESCRIBE ?s { ?s ?p ?o {SERVICE <TRAP> { ?s ?p ?o }} }",
    "CONSTRUCT { ?s ?p ?o } { SELECT * { OPTIONAL { SERVICE <TRAP> { ?s ?p ?o } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <TRAP> { ?s ?p ?o } } }",
    "SELECT * { ?s rdfs:label ?url BIND(IRI('TRAP') AS ?server) SERVICE ?server { ?a ?b ?c } }",
    # Without blanks a rule about words sees other words; the engine does not.
    "SELECT * { SERVICESILENT <TRAP> { ?s ?p ?o } }",
    "PREFIX : <TRAP> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX SILENT: <TRAP> SELECT * { SERVICESILENT: { ?s ?p ?o } }",
    "ASK { ?s ?p trueSERVICE <TRAP> { ?s ?p ?o } }",
    "ASK { OPTIONAL { ?s ?p 1SERVICE <TRAP> { ?s ?p ?o } } }",
    "ASK { BIND(1 < 2 AS ?x) {}SERVICE<TRAP>{ ?s ?p ?o } FILTER(3 > 2) }",
    'ASK { # "\nSERVICE <TRAP> { ?s ?p ?o } # "\n}',
    "ASK { ?s ?p '\\'' SERVICE <TRAP> { ?s ?p '' } }",
    # Names that would be one with a careless stand-in for the word.
    "PREFIX service: <TRAP> ASK { ?s ?p ?o ~ SERVICE:a { ?s ?p ?o } }",
    "PREFIX seraice: <TRAP> PREFIX : <TRAP> ASK { ?s ?p ?o ~ SERVICE:a { ?s ?p ?o } }",
    "PREFIX Service: <TRAP> PREFIX : <TRAP> ASK { ?s ?p ?o . SERVICE:a { ?s ?p ?o } }",
    "ASK { \\u0053ERVICE <TRAP> { ?s ?p ?o } }",
]
ASKS_NOBODY = [
    'SELECT * { ?film rdfs:label "Her Majesty\'s Secret Service" } # SERVICE <TRAP> {}',
    "SELECT ?service { ?service film:service ?SERVICE . FILTER(?service < 3 && ?SERVICE > 2) }",
    "PREFIX service: <TRAP> SELECT * FROM <TRAP> { ?s service:Service <TRAP#SERVICE> }",
    "SELECT * FROM <TRAP> { ?s ?p ?o }",
    "SELECT * FROM NAMED <TRAP> { GRAPH <TRAP> { ?s ?p ?o } }",
    "SELECT * { GRAPH <TRAP> { ?s ?p ?o } }",
]
CHANGES = [
    "LOAD <TRAP>",
    "LOAD SILENT <TRAP> INTO GRAPH <urn:x>",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "PREFIX a: <urn:a> DELETE WHERE { ?s ?p ?o }",
    "ASK {} ; LOAD <TRAP>",
]


class Trap:
    """A server that notes who calls."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.calls = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            self.calls += 1
            connection.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    assert trap.calls == 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    store = store_at(tmp_path_factory.mktemp("closed"), "Rain/Film | director | Al Poe/Person")
    with served(store) as running:
        yield running


def test_the_trap_works() -> None:
    trap = Trap()
    # Which of the two depends on whether the answer was asked for before the trap hung up.
    with pytest.raises(OSError, match=r"reset|Empty HTTP"):
        ox.Store().query(ASKS_ELSEWHERE[2].replace("silent", "").replace("TRAP", trap.url))
    assert trap.calls > 0


@pytest.mark.parametrize("query", ASKS_ELSEWHERE)
def test_no_query_asks_another_server(server: Server, trap: Trap, query: str) -> None:
    text = query.replace("TRAP", trap.url)
    for reply in (server.ask(text), server.post(text)):
        assert reply.status == 400
    with pytest.raises(QueryError):
        run(open_store(), text)


@pytest.mark.parametrize("query", ASKS_ELSEWHERE[:-4])
def test_it_is_said_why(server: Server, query: str) -> None:
    assert "SERVICE asks another server" in server.ask(query.replace("TRAP", "http://127.0.0.1:9/")).text


@pytest.mark.parametrize("query", ASKS_NOBODY)
def test_what_only_looks_like_it_is_answered_without_a_call(server: Server, trap: Trap, query: str) -> None:
    reply = server.ask(query.replace("TRAP", trap.url))
    assert (reply.status, reply.rows) == (200, [])


@pytest.mark.parametrize("kind", ["default-graph-uri", "named-graph-uri"])
def test_graphs_are_not_fetched(server: Server, trap: Trap, kind: str) -> None:
    for query in ("SELECT * { ?s ?p ?o }", "SELECT * { GRAPH ?g { ?s ?p ?o } }"):
        assert server.ask(query, **{kind: trap.url}).rows == []


@pytest.mark.parametrize("query", CHANGES)
def test_nothing_changes_the_graph(server: Server, trap: Trap, query: str) -> None:
    everything = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = server.ask(everything).rows
    assert server.post(query.replace("TRAP", trap.url)).status == 400
    assert server.ask(everything).rows == before
    assert before


def test_a_query_without_the_word_stays_as_it_is_and_names_stay_apart() -> None:
    assert without_service("ASK { ?s ?p 'servant' }") == "ASK { ?s ?p 'servant' }"
    assert without_service("?service SERVICE ?Seraice") == "?serbice SERBICE ?Seraice"
    every = " ".join(f"ser{letter}ice" for letter in "abcdefghijklmnopqrstuvwxyz")
    with pytest.raises(SyntaxError):
        without_service(every)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can deny sockets")
def test_a_worker_could_not_call_even_if_the_check_failed(trap: Trap) -> None:
    code = """
import sys, pyoxigraph as ox
from kg.http.confine import deny_sockets
assert deny_sockets()
try:
    ox.Store().query("ASK { SERVICE <%s> { ?s ?p ?o } }")
except OSError as problem:
    print(problem)
"""
    done = subprocess.run([sys.executable, "-c", code % trap.url], capture_output=True, text=True)
    assert "Permission denied" in done.stdout, done.stderr


def test_the_server_itself_calls_nobody(tmp_path: Path) -> None:
    """With every way out closed for Python as well, all of it works."""
    (tmp_path / "sitecustomize.py").write_text(
        """
import socket, sys
def refuse(event, arguments):
    calls = event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}
    if calls and "127.0.0.1" not in str(arguments):
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(refuse)
"""
    )
    store = store_at(tmp_path, "Rain/Film | director | Al Poe/Person")
    with served(store, env={"PYTHONPATH": str(tmp_path)}) as server:
        assert server.ask("ASK { ?film film:director ?who }").body == b'{"head":{},"boolean":true}'
        assert server.ask("ASK { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }").status == 400
        assert server.request("GET", "/").status == 200


@pytest.mark.parametrize("path", ["/", "/sparql", "/static/site.css"])
def test_a_name_that_is_not_ours_gets_nothing(server: Server, path: str) -> None:
    for host in (
        "evil.example",
        f"evil.example:{server.port}",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "",
        "@",
    ):
        assert server.request("GET", path, host=host).status in {400, 421}
    for host in ("localhost", f"LOCALHOST:{server.port}", "127.0.0.1", "[::1]:80", "192.0.2.7:8000"):
        assert server.request("GET", path, host=host).status == 200


def test_a_name_can_be_allowed(server: Server) -> None:
    guard = Guard(lambda *_: None, ["films.example.org"])  # type: ignore[arg-type]
    assert guard.knows("Films.example.org:80")
    assert not guard.knows("example.org")


def test_no_page_of_another_site_may_ask_unless_it_is_named(server: Server, tmp_path: Path) -> None:
    named, other = "https://films.example.org", "https://evil.example"
    preflight = {"access_control_request_method": "POST", "access_control_request_headers": "content-type"}
    allow = "access-control-allow-origin"
    for origin in (named, other):
        assert allow not in server.request("GET", "/sparql?query=ASK%7B%7D", origin=origin).headers
        assert allow not in server.request("OPTIONS", "/sparql", origin=origin, **preflight).headers
    store = store_at(tmp_path, "Rain/Film | director | Al Poe/Person")
    with served(store, "--cors", named, "--cors", "http://localhost:3000") as open_server:
        for origin, expected in (
            (named, named),
            ("http://localhost:3000", "http://localhost:3000"),
            (other, None),
        ):
            for method, headers in (("OPTIONS", preflight), ("GET", {"accept": JSON})):
                reply = open_server.request(method, "/sparql?query=ASK%7B%7D", origin=origin, **headers)
                assert reply.headers.get(allow) == expected
        assert open_server.request("GET", "/sparql", host="evil.example", origin=named).status == 421
