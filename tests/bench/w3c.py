"""The W3C SPARQL 1.1 query tests, answered by the engine in this process and by `kg serve`.

    pip download --no-deps --no-binary rdflib rdflib && tar xf rdflib-*.tar.gz
    python -m tests.bench.w3c rdflib-*/test/data/suites/w3c/sparql11

Evaluation tests without entailment and SERVICE, and syntax tests. Says what passes in process and not over
HTTP: nothing should; the exit code is 1 otherwise.
"""

from __future__ import annotations

import csv
import http.client
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.store import writing

from .server import kg_serve

NOT_OURS = {"entailment", "service", "syntax-fed"}
TESTS = """
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
SELECT ?test ?type ?query ?data ?result (GROUP_CONCAT(STR(?graph)) AS ?graphs) {
  ?test a ?type ; mf:action ?action .
  VALUES ?type {
    mf:QueryEvaluationTest mf:CSVResultFormatTest mf:PositiveSyntaxTest11 mf:NegativeSyntaxTest11
  }
  OPTIONAL { ?action qt:query ?asked } BIND(COALESCE(?asked, ?action) AS ?query)
  OPTIONAL { ?action qt:data ?data } OPTIONAL { ?action qt:graphData ?graph }
  OPTIONAL { ?test mf:result ?result }
} GROUP BY ?test ?type ?query ?data ?result ORDER BY ?test
"""
ROW = ox.NamedNode("urn:row")


@dataclass(frozen=True)
class Test:
    name: str
    type: str
    query: str
    base: str
    quads: list[ox.Quad]
    result: Path | None


def tests_in(suite: Path) -> Iterator[Test]:
    """The tests of the suite that a read-only endpoint without federation can be asked."""
    for manifest in sorted(suite.glob("*/manifest.ttl")):
        if manifest.parent.name in NOT_OURS or "update" in manifest.parent.name:
            continue
        store = ox.Store()
        store.load(path=str(manifest), format=ox.RdfFormat.TURTLE, base_iri=manifest.as_uri())
        for row in solutions(store.query(TESTS)):
            values = {
                n: row[n].value if row[n] else "" for n in ("type", "query", "data", "result", "graphs")
            }
            name = f"{manifest.parent.name}/{row['test'].value.partition('#')[2]}"
            try:
                yield test_of(name, **values)
            except FileNotFoundError:
                print(f"its files are not in the suite: {name}")


def test_of(name: str, type: str, query: str, data: str, result: str, graphs: str) -> Test:  # noqa: A002
    """The test with its data read."""
    text = path_of(query).read_text(encoding="utf-8")
    quads = [*triples_of(data, ox.DefaultGraph())]
    # Where the query names its data itself (FROM), the endpoint would not fetch it, and finds it there.
    for graph in [*graphs.split(), *([data] if "FROM" in text and data else [])]:
        quads += triples_of(graph, ox.NamedNode(graph))
    return Test(name, type.partition("#")[2], text, query, quads, path_of(result) if result else None)


def solutions(found: object) -> ox.QuerySolutions:
    assert isinstance(found, ox.QuerySolutions)
    return found


def path_of(url: str) -> Path:
    return Path(url.removeprefix("file://"))


def triples_of(url: str, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    if url:
        format_ = ox.RdfFormat.from_extension(path_of(url).suffix[1:])
        for quad in ox.parse(path=str(path_of(url)), format=format_, base_iri=url):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def in_process(test: Test) -> tuple[str, bytes]:
    """The media type and the text of the engine's answer; SyntaxError where it has none."""
    store = ox.Store()
    store.extend(test.quads)
    found = store.query(test.query, base_iri=test.base)
    format_ = wanted(test)
    if isinstance(found, ox.QueryTriples):
        return "application/n-triples", found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
    return format_.media_type, found.serialize(format=format_) or b""


def wanted(test: Test) -> ox.QueryResultsFormat:
    """The format whose test it is, else JSON."""
    suffix = test.result.suffix[1:] if test.result else ""
    return {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV}.get(
        suffix, ox.QueryResultsFormat.JSON
    )


def over_http(test: Test, store: Path, connection: http.client.HTTPConnection) -> tuple[str, bytes]:
    """The same by the endpoint, over a store that has just got the data of the test."""
    with writing(store) as writer:
        draft = writer.draft()
        writer.change([*draft.named_graphs(), ox.DefaultGraph()], test.quads)  # type: ignore[list-item]
        writer.publish("")
    body = urlencode({"query": f"BASE <{test.base}>\n{test.query}"})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": f"{wanted(test).media_type}, application/n-triples",
    }
    connection.request("POST", "/sparql", body, headers)
    reply = connection.getresponse()
    text = reply.read()
    if reply.status == 400:
        raise SyntaxError(text.decode())
    if reply.status != 200:
        raise RuntimeError(text.decode())
    return (reply.getheader("Content-Type") or "").partition(";")[0], text


def passes(test: Test, answer: Callable[[], tuple[str, bytes]]) -> bool:
    """Whether the answer is the one that the suite expects."""
    try:
        media_type, text = answer()
    except SyntaxError:
        return test.type.startswith("Negative")
    except (RuntimeError, ValueError):
        return False
    if test.result is None or "Syntax" in test.type:
        return not test.type.startswith("Negative")
    expected = test.result.read_bytes()
    if test.result.suffix == ".csv":
        return rows_of_csv(text) == rows_of_csv(expected)
    if test.result.suffix == ".ttl":
        return graph_of(media_type, text) == graph_of("text/turtle", expected)
    from_suffix = ox.QueryResultsFormat.from_extension(test.result.suffix[1:])
    assert from_suffix
    return rows_of(media_type, text) == rows_of(from_suffix.media_type, expected)


def rows_of_csv(text: bytes) -> Counter[frozenset[tuple[str, str]]]:
    """The rows, in whatever order of columns, with one name for all blank nodes."""
    rows = csv.DictReader(io.StringIO(text.decode()))
    return Counter(frozenset((n, "_:" if v.startswith("_:") else v) for n, v in row.items()) for row in rows)


def graph_of(media_type: str, text: bytes) -> ox.Dataset:
    dataset = ox.Dataset(ox.parse(text, ox.RdfFormat.from_media_type(media_type), base_iri="urn:x"))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def rows_of(media_type: str, text: bytes) -> ox.Dataset | bool:
    """The rows as a graph, so that blank nodes may have other names; their order does not count.

    It passes through a store, which writes all numbers of one value alike.
    """
    found = ox.parse_query_results(text, ox.QueryResultsFormat.from_media_type(media_type))
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    store = ox.Store()
    for row in solutions(found):
        node = ox.BlankNode()
        store.add(ox.Quad(node, ROW, ROW))
        for variable in found.variables:
            value = row[variable]
            if value is not None:
                store.add(ox.Quad(node, ox.NamedNode(f"urn:{variable.value}"), value))
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def main() -> int:
    """Runs both and prints how many pass, by kind of test."""
    suite = Path(sys.argv[1]).resolve()
    counts: Counter[tuple[str, bool, bool]] = Counter()
    lost = []
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with writing(store) as writer:
            writer.draft()
            writer.publish("")
        with kg_serve(store) as port:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            for test in tests_in(suite):
                here = passes(test, lambda test=test: in_process(test))  # type: ignore[misc]
                there = passes(test, lambda test=test: over_http(test, store, connection))  # type: ignore[misc]
                counts[(test.type, here, there)] += 1
                if here and not there:
                    lost.append(test.name)
                elif not here:
                    print(f"fails in process, {'passes' if there else 'fails'} over HTTP: {test.name}")
    for type_ in sorted({each[0] for each in counts}):
        passed = [
            sum(
                number for each, number in counts.items() if each[0] == type_ and (not column or each[column])
            )
            for column in range(3)
        ]
        print("{:<22} {:>4} tests, pass in process {:>4}, over HTTP {:>4}".format(type_, *passed))
    print("passed in process, failed over HTTP:", ", ".join(lost) or "none")
    return 1 if lost or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
