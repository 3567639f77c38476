"""Nobody can hold up others: time, size, memory, nesting, queues, slow and departed clients; a clean end."""

from __future__ import annotations

import gzip
import http.client
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import RunKg
from serving import CARTESIAN, PATIENCE, Reply, Server, add, many, running, served, status_line, store_at

from kg.store.folder import remove_unused

SHORT = "SELECT ?film { ?film film:director person:person-7 }"
QUERY = "application/sparql-query"
DEEP = "ASK " + "{" * 10_000 + "}" * 10_000
LONG = "ASK { ?s " + "|".join(["film:director"] * 60_000) + " ?o }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_at(tmp_path_factory.mktemp("limits"), *many(300))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    """Two workers, and little of everything."""
    options = "--timeout 3 --workers 2 --max-request 900kB --max-result 200kB --memory 600MB".split()
    with served(store, *options) as running:
        yield running


def test_a_query_over_the_time_limit_is_cut_off_and_short_ones_go_on_beside_it(server: Server) -> None:
    with ThreadPoolExecutor() as threads:
        slow = threads.submit(server.ask, CARTESIAN)
        answered = 0
        while not slow.done():
            assert len(server.ask(SHORT).rows) == 6
            answered += 1
    assert slow.result().status == 504
    assert "3 seconds" in slow.result().text
    assert answered > 1
    assert len(server.ask(SHORT).rows) == 6


@pytest.mark.parametrize("query", [DEEP, LONG], ids=["brackets", "alternation"])
def test_a_query_that_kills_the_parser_is_an_error_for_who_sent_it_alone(server: Server, query: str) -> None:
    with ThreadPoolExecutor() as threads:
        bombs = [threads.submit(server.post, query) for _ in range(4)]
        short = [threads.submit(server.ask, SHORT) for _ in range(20)]
    assert [bomb.result().text for bomb in bombs if bomb.result().status != 400] == []
    assert "breaks the parser" in bombs[0].result().text
    assert [len(each.result().rows) for each in short] == [6] * 20


def test_a_query_that_eats_memory_is_stopped(server: Server) -> None:
    pairs = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f ?i"
    reply = server.ask(pairs)
    assert (reply.status, "memory" in reply.text) == (500, True), reply.text
    assert len(server.ask(SHORT).rows) == 6


def test_a_result_that_is_too_large_never_looks_whole(server: Server, store: Path) -> None:
    with pytest.raises(http.client.IncompleteRead):
        server.ask("SELECT * { ?s ?p ?o . ?a ?b ?c }")
    assert len(server.ask(SHORT).rows) == 6
    with served(store, "--max-result", "10kB") as small:
        reply = small.ask("SELECT * { ?s ?p ?o }")
        assert (reply.status, "--max-result" in reply.text) == (500, True)
        assert small.ask("SELECT * { ?s ?p ?o } LIMIT 3").status == 200


def test_a_request_that_is_too_large_is_refused(server: Server) -> None:
    large = b"ASK {} #" + b"x" * 900_000
    for body in (large, iter([large[:500_000], large[500_000:]])):
        reply = server.request("POST", "/sparql", body, content_type=QUERY)
        assert (reply.status, "900000 bytes" in reply.text) == (413, True)
    assert server.ask("ASK {} #" + "x" * 100_000).status in {400, 414}


def test_a_compressed_request_is_refused(server: Server) -> None:
    body = gzip.compress(b"ASK {}")
    reply = server.request("POST", "/sparql", body, content_type=QUERY, content_encoding="gzip")
    assert (reply.status, "compressed" in reply.text) == (415, True)


def test_a_request_that_never_ends_is_refused(server: Server) -> None:
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {QUERY}\r\nContent-Length: 100\r\n\r\nASK"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as slow:
        slow.sendall(head.encode())
        assert status_line(slow.recv(1000)) == 408


def test_a_header_that_never_ends_is_refused(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as long:
        long.sendall(b"GET /sparql HTTP/1.1\r\nX-Long: ")
        try:
            for _ in range(100):
                long.sendall(b"x" * 10_000)
            reply = long.recv(1000)
        except ConnectionError:
            reply = b""
    assert reply == b"" or status_line(reply) == 400
    assert len(server.ask(SHORT).rows) == 6


def test_what_finds_no_place_in_the_queue_is_told_to_come_back(store: Path) -> None:
    with served(store, *"--workers 1 --queue 0 --timeout 3".split()) as narrow:
        with ThreadPoolExecutor(8) as threads:
            replies = [each.result() for each in [threads.submit(narrow.ask, CARTESIAN) for _ in range(8)]]
        assert sorted({reply.status for reply in replies}) == [503, 504]
        assert all(int(each.headers["retry-after"]) > 0 for each in replies if each.status == 503)
        assert answer_of(narrow).status == 200


def answer_of(server: Server) -> Reply:
    """The answer to a short query, once a worker is there again."""
    until = time.monotonic() + PATIENCE
    while (reply := server.ask(SHORT)).status == 503 and time.monotonic() < until:
        time.sleep(0.05)
    return reply


def test_the_query_of_a_client_that_left_is_ended(store: Path) -> None:
    with served(store, *"--workers 1 --timeout 600".split()) as patient:
        connection = http.client.HTTPConnection("127.0.0.1", patient.port)
        connection.request("POST", "/sparql", CARTESIAN, {"Content-Type": QUERY})
        time.sleep(0.2)
        connection.close()
        assert len(patient.ask(SHORT).rows) == 6


def test_what_is_built_meanwhile_is_seen_without_a_restart(tmp_path: Path) -> None:
    store = store_at(tmp_path, "Rain/Film | director | Al Poe/Person")
    films = "SELECT ?title { ?film a film:Film ; rdfs:label ?title }"
    with served(store, "--workers", "2") as server, ThreadPoolExecutor() as threads:
        assert [row["title"] for row in server.ask(films).rows] == ["Rain"]
        built: Future[None] = threads.submit(add, store, ["Drought/Film | director | Bo Ray/Person"], "2.txt")
        seen = [len(server.ask(films).rows)]
        while not built.done():
            seen.append(len(server.ask(films).rows))
        built.result()
        assert set(seen) <= {1, 2}
        for _ in range(4):  # by each worker
            assert {row["title"] for row in server.ask(films).rows} == {"Rain", "Drought"}


def test_a_graph_that_is_no_longer_current_is_let_go_of(tmp_path: Path) -> None:
    """Also where nobody asks: the next build removes it."""
    store = store_at(tmp_path, "Rain/Film | director | Al Poe/Person")
    (before,) = store.glob("graph-*")
    with served(store, "--workers", "1") as server:
        assert server.ask(SHORT).status == 200
        add(store, ["Drought/Film | director | Bo Ray/Person"], "2.txt")
        assert before.exists()
        until = time.monotonic() + PATIENCE
        while before.exists() and time.monotonic() < until:
            time.sleep(0.1)
            remove_unused(store)
        assert not before.exists()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_in_the_middle_of_a_query(store: Path, end: signal.Signals) -> None:
    with served(store, "--timeout", "600") as server, ThreadPoolExecutor() as threads:
        slow = threads.submit(server.ask, CARTESIAN)
        time.sleep(0.3)
        workers = server.workers()
        assert len(workers) == 4
        server.process.send_signal(end)
        assert server.process.wait(PATIENCE) == 0
        assert slow.result().status == 503
        assert not running(workers)


def test_the_workers_of_a_server_that_was_killed_end_too(store: Path) -> None:
    with served(store) as server:
        workers = server.workers()
        server.process.kill()
        until = time.monotonic() + PATIENCE
        while running(workers) and time.monotonic() < until:
            time.sleep(0.05)
        assert not running(workers)


def test_what_cannot_be_served_is_an_error(server: Server, store: Path, kg: RunKg, tmp_path: Path) -> None:
    for args, words in (
        (("--store", store, "--port", str(server.port)), "address already in use"),
        (("--store", tmp_path / "none"), "there is no store here"),
        (("--store", store, "--cors", "example.org"), "no origin"),
        (("--store", store, "--memory", "1MB"), "too little"),
        (("--store", store, "--host", "no.such.host.invalid"), "cannot listen"),
    ):
        done = kg("serve", *args)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
        assert "Traceback" not in done.stderr
