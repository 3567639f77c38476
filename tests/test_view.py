"""The graph that is drawn and the page that it becomes, without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import networkx as nx
import pytest
from conftest import RunKg
from invented import store_of
from rdflib import Dataset

import kg
from kg import view
from kg.errors import FilmKGError
from kg.view.html import SCRIPTS, page, script_json
from kg.view.network import page_data, short
from kg.view.selection import first_shown, hubs_of
from kg.view.still import svg

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
    assert ["director", "writer"] in [edge["says"] for edge in data["edges"]]


def test_an_edge_says_a_role_and_a_prize_in_a_few_words(store: Dataset) -> None:
    data = page_data(view.graph_of(store))
    words = {words for edge in data["edges"] for words in edge["says"]}
    assert {"as Mina in a lead role", "won, for Rain in 1933", "child of"} <= words
    off = {relation["name"] for relation in data["relations"] if relation["off"]}
    assert off == {"plays"}


def test_what_follows_from_facts_is_told_apart(tmp_path: Path) -> None:
    store = store_of(
        tmp_path,
        "Ann Bly/Person | childOf | Dee Bly/Person | gender=female\nAnn Bly/Person | spouse | Cy Orr/Person\n"
        "Ann Bly/Person | awardWon | Bear for Best Actress/Award\nDee Bly/Person | awardWon | Bear/Award",
    )
    assert not any(data.get("derived") for _, _, data in view.graph_of(store).edges(data=True))
    graph = view.graph_of(store, derived=True)
    derived = {
        (graph.nodes[start]["label"], data["relation"], graph.nodes[end]["label"])
        for start, end, data in graph.edges(data=True)
        if data.get("derived")
    }
    assert derived == {("Ann Bly", "daughterOf", "Dee Bly"), ("Bear for Best Actress", "partOf", "Bear")}
    off = {each["name"] for each in page_data(graph)["relations"] if each["off"]}
    assert off == {"daughterOf", "partOf"}
    assert view.draw(store, tmp_path / "out.html").facts == 4


def labels(graph: nx.MultiDiGraph[str]) -> set[str]:
    return set(named(graph))


def test_only_some_types_relations_or_a_document(store: Dataset) -> None:
    assert labels(view.graph_of(store, types=["film", "Person"], relations=["director"])) == {
        "Rain", "Ann Bly", "Far", "Eve Fox",
    }  # fmt: skip
    assert labels(view.graph_of(store, types=["Figure"])) == {"Cy Orr", "Mina", "Ann Bly", "Dee Bly"}
    assert labels(view.graph_of(store, document="0.txt")) == {"Rain", "Ann Bly", "Cy Orr", "Mina"}
    for part, problem in (
        (view.Part(types=["Fim"]), "'Fim' is no type of this graph; did you mean Film"),
        (view.Part(relations=["directer"]), "'directer' is no relation.*did you mean director"),
        (view.Part(document="2.txt"), "'2.txt' is no document"),
    ):
        with pytest.raises(FilmKGError, match=problem):
            view.graph_of(store, **part)


def test_only_what_a_query_finds(store: Dataset, tmp_path: Path) -> None:
    select = "SELECT ?film ?who { ?film film:castMember ?who }"
    assert labels(view.graph_of(store, query=select)) == {"Rain", "Cy Orr"}
    file = tmp_path / "made.rq"
    file.write_text("CONSTRUCT { ?film film:writer ?who } { ?film film:writer ?who }", encoding="utf-8")
    graph = view.graph_of(store, query=str(file))
    assert labels(graph) == {"Rain", "Ann Bly"}
    assert [data["relation"] for _, _, data in graph.edges(data=True)] == ["writer"]
    with pytest.raises(FilmKGError, match="names nothing to draw"):
        view.graph_of(store, query="ASK { ?s ?p ?o }")


def test_hubs_start_folded(tmp_path: Path) -> None:
    prizes = "\n".join(f"Bo{n} Orr/Person | awardWon | Bear/Award" for n in range(12))
    store = store_of(tmp_path, prizes + "\nRain/Film | director | Bo1 Orr/Person")
    graph = view.graph_of(store)
    assert {graph.nodes[iri]["label"] for iri in hubs_of(graph)} == {"Bear"}
    assert {graph.nodes[iri]["label"] for iri in first_shown(graph)} == {"Bear", "Rain", "Bo1 Orr"}
    assert hubs_of(view.graph_of(store, about="Bear")) == set()


def test_a_large_graph_opens_with_what_hangs_together(tmp_path: Path) -> None:
    crews = "\n".join(f"Rain{n // 9}/Film | castMember | Bo{n} Orr/Person" for n in range(90))
    store = store_of(
        tmp_path, crews + "\n" + "\n".join(f"Rain{n}/Film | director | Ann Bly/Person" for n in range(9))
    )
    graph = view.graph_of(store)
    shown = first_shown(graph, 20, 20)
    assert len(shown) == 20
    assert named(graph)["Ann Bly"] in shown
    assert nx.number_connected_components(graph.to_undirected().subgraph(shown)) == 1
    data = page_data(graph, 20)
    assert sum("x" in node for node in data["nodes"]) == len(first_shown(graph, 20))
    assert len(data["groups"]) >= 5


def test_labels_do_not_lie_on_each_other(store: Dataset) -> None:
    nodes = page_data(view.graph_of(store))["nodes"]
    places = [(node["x"], node["y"]) for node in nodes if "x" in node]
    assert len(set(places)) == len(places) == len(nodes) - 1
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
    assert "The 4 best connected of 12 entities are here; 7 facts" in text
    assert "Rain" in {node["name"] for node in data_in(text)["nodes"]}


def test_hundreds_of_nodes_are_laid_out_in_time() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for n in range(600):
        graph.add_node(f"urn:n{n}", label=f"Name {n}", type="Person", kind="Person", names=[], values=[])
        fact = {"relation": "r", "label": "r", "qualifiers": [], "confidence": 1.0, "evidence": []}
        graph.add_edge(f"urn:n{n}", f"urn:n{n // 3}", **fact)
    places = {(node["x"], node["y"]) for node in page_data(graph, 600)["nodes"]}
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


def test_a_page_without_evidence_has_no_words_of_others(tmp_path: Path) -> None:
    review = "Eve Fox/Person | reviewerOf | Far/Film | quote=a wet masterpiece"
    store = store_of(tmp_path, FIRST, f"{SECOND}\n{review}")
    view.draw(store, tmp_path / "out.html")
    assert "a wet masterpiece" in (tmp_path / "out.html").read_text(encoding="utf-8")
    view.draw(store, tmp_path / "out.html", evidence=False)
    assert "a wet masterpiece" not in (tmp_path / "out.html").read_text(encoding="utf-8")
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
    with pytest.raises(FilmKGError, match=r"ends in \.html, \.svg or \.png"):
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


def test_a_picture(store: Dataset, tmp_path: Path) -> None:
    drawing = view.draw(store, tmp_path / "out.svg")
    assert (drawing.entities, drawing.entities_left_out) == (8, 0)
    text = (tmp_path / "out.svg").read_text(encoding="utf-8")
    space = "{http://www.w3.org/2000/svg}"
    picture = Xml.fromstring(text)
    words = {each.text for each in picture.iter(f"{space}text")}
    # Who is only played stands on the edge, not as a shape.
    assert {"Rain", "Ann Bly", "Cy Orr", "Bear", "Dee Bly", "Far", "Eve Fox"} <= words
    assert "Mina" not in words
    assert len(list(picture.iter(f"{space}line"))) == 5
    view.draw(store, tmp_path / "again.svg")
    assert (tmp_path / "again.svg").read_text(encoding="utf-8") == text
    view.draw(store, tmp_path / "out", "png")
    assert (tmp_path / "out").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_hostile_names_are_text_in_a_picture(tmp_path: Path) -> None:
    store = store_of(tmp_path, "</text><script>x&/Film | director | Ann\u202e Bly\ufffe/Person")
    picture = Xml.fromstring(svg(view.graph_of(store), "<b>\u202e\ufffe"))
    tags = {each.tag.rpartition("}")[2] for each in picture.iter()}
    assert "script" not in tags
    assert "</text><script>x&" in {each.text for each in picture.iter() if each.tag.endswith("text")}


def test_a_notebook_shows_the_same_page(store: Dataset, tmp_path: Path) -> None:
    shown = view.show(store, about="Rain", hops=1)
    view.draw(store, tmp_path / "out.html", about="Rain", hops=1)
    html = shown._repr_html_()
    found = re.fullmatch(r'<iframe [^>]*srcdoc="([^"<>]*)"></iframe>', html)
    assert found
    assert unescape(found[1]) == (tmp_path / "out.html").read_text(encoding="utf-8")
    assert 'sandbox="allow-scripts"' in html
    assert kg.show is view.show


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_colours_stand_out_by_day_and_night(root: Path) -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for shapes."""
    themes = re.findall(r"color-scheme: (?:light|dark);([^}]*)", (root / "kg/view/page/page.css").read_text())
    assert len(themes) == 3
    assert re.sub(r"\s+", " ", themes[1]) == re.sub(r"\s+", " ", themes[2])
    for theme in themes:
        colours = dict(re.findall(r"--([\w-]+): (#\w{6})", theme))
        for ground in ("ground", "surface"):
            assert contrast(colours["ink"], colours[ground]) > 4.5
            assert contrast(colours["quiet"], colours[ground]) > 4.5
            for name in (each for each in colours if each.startswith(("kind-", "group-", "path", "focus"))):
                assert contrast(colours[name], colours[ground]) >= 3, (name, ground)
        assert contrast(colours["ink"], colours["mark"]) > 4.5
