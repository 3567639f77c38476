"""The graph that is drawn and the page that it becomes, without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from conftest import RunKg
from invented import store_of
from rdflib import Dataset

from kg import view
from kg.errors import FilmKGError
from kg.view.html import SCRIPTS, page, script_json
from kg.view.network import page_data, short

VIS = "6e30a2350474cdf92a0932c6d55b8adcb91929066817ed3eec7b87907a4612f3"
"""The sha256 of dist/vis-network.min.js in the npm package vis-network 9.1.2."""

FIRST = """Rain/Film | director | Ann Bly/Person
Rain/Film | castMember | Cy Orr/Person | portrayed=Mina/Character | billing=lead
Rain/Film | releaseYear | 1932^xsd:integer
Rain/Film | budget | 1200000^xsd:decimal^USD
Cy Orr/Person | plays | Mina/Character"""
SECOND = """Rain/Film | director | Ann Bly/Person
Rain/Film | releaseYear | 1932^xsd:integer
Rain/Film | writer | Ann Bly/Person
Ann Bly/Person | awardWon | Bear/Award | year=1933^xsd:integer | forFilm=Rain/Film
Ann Bly/Person | childOf | Dee Bly/Person
Far/Film | director | Eve Fox/Person"""


@pytest.fixture
def store(tmp_path: Path) -> Dataset:
    return store_of(tmp_path, FIRST, SECOND)


def named(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    return {data["label"]: iri for iri, data in graph.nodes(data=True)}


def data_in(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def markup_of(text: str) -> str:
    """The page without what stands in its scripts and its style."""
    return re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)


def test_entities_are_nodes_and_facts_are_edges(store: Dataset) -> None:
    graph = view.graph_of(store)
    at = named(graph)
    assert set(at) == {"Rain", "Ann Bly", "Cy Orr", "Mina", "Bear", "Dee Bly", "Far", "Eve Fox"}
    assert graph.nodes[at["Rain"]]["type"] == "Film"
    edges = {
        (graph.nodes[s]["label"], data["relation"], graph.nodes[o]["label"])
        for s, o, data in graph.edges(data=True)
    }
    assert edges == {
        ("Rain", "director", "Ann Bly"),
        ("Rain", "writer", "Ann Bly"),
        ("Rain", "castMember", "Cy Orr"),
        ("Cy Orr", "plays", "Mina"),
        ("Ann Bly", "awardWon", "Bear"),
        ("Ann Bly", "childOf", "Dee Bly"),
        ("Far", "director", "Eve Fox"),
    }


def test_an_edge_has_its_words_and_its_evidence(store: Dataset) -> None:
    graph = view.graph_of(store)
    at = named(graph)
    (cast,) = graph.get_edge_data(at["Rain"], at["Cy Orr"]).values()
    assert cast["label"] == "cast member"
    assert cast["qualifiers"] == ["as Mina", "in a lead role"]
    (award,) = graph.get_edge_data(at["Ann Bly"], at["Bear"]).values()
    assert award["qualifiers"] == ["for Rain", "in 1933"]
    both = graph.get_edge_data(at["Rain"], at["Ann Bly"]).values()
    (director,) = [each for each in both if each["relation"] == "director"]
    assert [each["document"] for each in director["evidence"]] == ["0.txt", "1.txt"]
    assert director["evidence"][0]["quote"] == "Rain/Film | director | Ann Bly/Person"
    assert 0.9 < director["confidence"] < 1


def test_values_stand_at_their_node(store: Dataset) -> None:
    graph = view.graph_of(store)
    values = graph.nodes[named(graph)["Rain"]]["values"]
    assert [(each["label"], each["value"]) for each in values] == [
        ("release year", "1932"),
        ("budget", "1,200,000 USD"),
    ]


def test_around_a_name(store: Dataset) -> None:
    assert set(named(view.graph_of(store, about="cy orr", hops=1))) == {"Cy Orr", "Rain", "Mina"}
    assert set(named(view.graph_of(store, about="movie:far", hops=5))) == {"Far", "Eve Fox"}
    with pytest.raises(FilmKGError, match="did you mean Ann Bly"):
        view.graph_of(store, about="Anne Bly")


def test_only_what_is_sure(store: Dataset) -> None:
    sure = view.graph_of(store, min_confidence=0.91)
    assert [data["relation"] for _, _, data in sure.edges(data=True)] == ["director"]
    with pytest.raises(FilmKGError, match="between 0 and 1"):
        view.graph_of(store, min_confidence=90)


def test_a_page_holds_what_the_graph_holds(store: Dataset, tmp_path: Path) -> None:
    drawing = view.draw(store, tmp_path / "out.html")
    graph = view.graph_of(store)
    data = data_in((tmp_path / "out.html").read_text(encoding="utf-8"))
    values = sum(len(each) for _, each in graph.nodes(data="values"))
    assert drawing.entities == len(data["nodes"]) == len(graph)
    assert drawing.facts == len(data["facts"]) == graph.number_of_edges() + values
    assert len(data["edges"]) == len({frozenset(edge[:2]) for edge in graph.edges})
    assert "director, writer" in {edge["label"] for edge in data["edges"]}


def test_labels_do_not_lie_on_each_other(store: Dataset) -> None:
    places = [(node["x"], node["y"]) for node in page_data(view.graph_of(store))["nodes"]]
    assert len(set(places)) == len(places)
    assert all(
        abs(x - u) > 50 or abs(y - v) > 30
        for n, (x, y) in enumerate(places)
        for u, v in places[n + 1 :]
    )  # fmt: skip


def test_the_same_store_gives_the_same_bytes(sample_store: Path, tmp_path: Path) -> None:
    pages = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.html"
        command = [sys.executable, "-m", "kg", "draw", str(out), "--store", str(sample_store)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"})
        pages.append(out.read_bytes())
    assert pages[0] == pages[1]


def test_of_a_large_graph_the_best_connected_are_drawn(tmp_path: Path) -> None:
    hub = "\n".join(f"Rain/Film | castMember | Bo{n} Orr/Person" for n in range(9))
    store = store_of(tmp_path, hub + "\nFar/Film | director | Eve Fox/Person")
    drawing = view.draw(store, tmp_path / "out.html", most=4)
    assert (drawing.entities, drawing.entities_left_out) == (4, 8)
    assert (drawing.facts, drawing.facts_left_out) == (3, 7)
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "The 4 best connected of 12 entities are shown; 7 facts" in text
    assert "Rain" in {node["name"] for node in data_in(text)["nodes"]}


def test_hundreds_of_nodes_are_laid_out_in_time() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for n in range(600):
        graph.add_node(str(n), label=f"Name {n}", type="Person", kind="Person", names=[], values=[])
        fact = {"relation": "r", "label": "r", "qualifiers": [], "confidence": 1.0, "evidence": []}
        graph.add_edge(str(n), str(n // 3), **fact)
    places = {(node["x"], node["y"]) for node in page_data(graph)["nodes"]}
    assert len(places) == 600


def test_an_empty_graph_has_a_page() -> None:
    assert data_in(page(nx.MultiDiGraph()))["nodes"] == []


def test_nothing_in_the_data_ends_the_script() -> None:
    hostile = [
        "</script><script>alert(1)</script>",
        "<!--",
        "&quot;",
        "a\u2028b\u2029c",
        "\u202etxt.exe\u2066",
    ]
    text = script_json(hostile)
    assert json.loads(text) == hostile
    assert not re.search("[<>&\u2028\u2029\u202e\u2066]", text)


def test_the_name_in_the_title_is_escaped(tmp_path: Path) -> None:
    store = store_of(tmp_path, "<b>&</b>=1/Film | director | Ann Bly/Person")
    graph = view.graph_of(store)
    text = page(graph, about="<b>&</title><script>")
    assert "<b>" not in markup_of(text)
    assert "&lt;b&gt;&amp;&lt;/title&gt;" in text


def test_a_label_is_one_short_line() -> None:
    assert short("a\u202eb\n\tc\x00d", 20) == "ab cd"
    assert short("x" * 100_000, 20) == "x" * 19 + "…"
    assert short("\u200f", 20) == "?"


def test_the_policy_names_every_script_and_allows_no_other(store: Dataset) -> None:
    text = page(view.graph_of(store))
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    policy = found[1].replace("&#39;", "'")
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == len(SCRIPTS)
    for part in [*scripts, *re.findall(r"<style>(.*?)</style>", text, re.DOTALL)]:
        assert base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_page_names_nothing_to_fetch(store: Dataset) -> None:
    markup = markup_of(page(view.graph_of(store)))
    assert re.findall(r"""(?:src|href)=["']([^"']*)""", markup) == ["data:,"]
    assert "sourceMappingURL" not in page(view.graph_of(store))


def test_the_library_is_what_its_makers_published(root: Path) -> None:
    file = root / "kg" / "view" / "vis-network" / "vis-network.min.js"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == VIS
    assert "vis-network" in (root / "NOTICE").read_text(encoding="utf-8")


def test_a_page_without_evidence_has_no_words_of_the_documents(store: Dataset, tmp_path: Path) -> None:
    view.draw(store, tmp_path / "out.html", evidence=False)
    facts = data_in((tmp_path / "out.html").read_text(encoding="utf-8"))["facts"]
    assert facts
    assert all(fact["evidence"] == [] for fact in facts)


def test_nothing_but_a_page_is_overwritten(store: Dataset, tmp_path: Path) -> None:
    page_file, article = tmp_path / "page.html", tmp_path / "article.html"
    view.draw(store, page_file)
    view.draw(store, page_file)
    article.write_text("<p>An article.", encoding="utf-8")
    with pytest.raises(FilmKGError, match="no page that kg draw made"):
        view.draw(store, article)
    assert article.read_text(encoding="utf-8") == "<p>An article."
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(FilmKGError, match="is a folder"):
        view.draw(store, tmp_path / "folder.html")
    os.mkfifo(tmp_path / "pipe.html")
    with pytest.raises(FilmKGError, match="no plain file"):
        view.draw(store, tmp_path / "pipe.html")
    with pytest.raises(FilmKGError, match=r"ends in \.html"):
        view.draw(store, tmp_path / "page.txt")
    with pytest.raises(FilmKGError, match="cannot be written: no such file"):
        view.draw(store, tmp_path / "missing" / "page.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "article.html", "documents", "folder.html", "page.html", "pipe.html",
    ]  # fmt: skip


def test_the_command(kg: RunKg, sample_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    done = kg("draw", out, "--store", sample_store, "--about", "Chinatown", "--hops", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert f"The page is in {out}" in done.stderr
    nodes = data_in(out.read_text(encoding="utf-8"))["nodes"]
    assert f" {len(nodes)} entities" in done.stderr
    wrong = kg("draw", sample_store / "out.html", "--store", sample_store)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert "lies in the store" in wrong.stderr
    nobody = kg("draw", out, "--store", sample_store, "--about", "Nobody at all")
    assert nobody.returncode == 2
    assert "nothing in this graph is called" in nobody.stderr
