"use strict";
/* What documents say reaches the page as textContent and as text on a canvas, never as markup. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { nodes, edges, facts, kinds } = data;
  const byId = (id) => document.getElementById(id);
  const panel = byId("panel");
  const search = byId("search");
  const found = byId("found");
  const hidden = new Set();
  let chosen = null;
  let larger = 1;
  let near = new Set();

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function button(node, className) {
    const element = make("button", className);
    element.type = "button";
    element.append(symbol(node.kind, node.shape), make("bdi", "", node.name));
    element.addEventListener("click", () => showNode(node.id, true));
    return element;
  }

  const OUTLINES = {
    square: "1,1 11,1 11,11 1,11",
    diamond: "6,0 12,6 6,12 0,6",
    triangle: "6,0 12,11 0,11",
    triangleDown: "0,1 12,1 6,12",
    star: "6,0 7.6,4 12,4.5 8.7,7.3 9.7,11.8 6,9.4 2.3,11.8 3.3,7.3 0,4.5 4.4,4",
    hexagon: "3,1 9,1 12,6 9,11 3,11 0,6",
  };

  function symbol(kind, shape) {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    const outline = document.createElementNS(space, OUTLINES[shape] ? "polygon" : "circle");
    const traits = OUTLINES[shape] ? { points: OUTLINES[shape] } : { cx: 6, cy: 6, r: 5.5 };
    for (const [name, value] of Object.entries(traits)) outline.setAttribute(name, value);
    outline.setAttribute("fill", colourOf(kind));
    outline.dataset.kind = kind;
    drawing.setAttribute("viewBox", "0 0 12 12");
    drawing.setAttribute("class", "symbol");
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(outline);
    return drawing;
  }

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colourOf = (kind) => css("--kind-" + kind.toLowerCase()) || css("--kind-thing");
  let colours = {};
  function readColours() {
    colours = { ground: css("--ground"), ink: css("--ink"), quiet: css("--quiet"), line: css("--line") };
    colours.kinds = Object.fromEntries(kinds.map(({ kind }) => [kind, colourOf(kind)]));
    document.querySelectorAll("[data-kind]").forEach((s) => s.setAttribute("fill", colourOf(s.dataset.kind)));
  }
  readColours();

  /* The drawing */
  const isOff = (node) => hidden.has(node.kind);
  function matters(node) {
    if (isOff(node)) return 0;
    if (!chosen) return 1;
    if (chosen.node === node.id) return 3;
    return near.has(node.id) ? 2 : 0;
  }
  function edgeMatters(edge) {
    if (isOff(nodes[edge.from]) || isOff(nodes[edge.to])) return 0;
    if (!chosen) return 1;
    if (chosen.edge === edge.id) return 3;
    return chosen.node === edge.from || chosen.node === edge.to ? 2 : 0;
  }
  function drawnNode(node) {
    const { id, shape, x, y } = node;
    const size = node.size * larger;
    const colour = colours.kinds[node.kind];
    const chosenNow = chosen && chosen.node === id;
    const border = chosenNow ? colours.ink : colours.ground;
    const look = { background: colour, border };
    return {
      id, shape, size, x, y, hidden: isOff(node), borderWidth: chosenNow ? 3 : 1,
      color: { ...look, highlight: look, hover: { background: colour, border: colours.ink } },
      opacity: matters(node) ? 1 : 0.18,
    };
  }
  function drawnEdge(edge) {
    const { id, from, to, arrows } = edge;
    const weight = edgeMatters(edge);
    const color = chosen && weight > 1 ? colours.ink : colours.line;
    return {
      id, from, to, arrows, hidden: isOff(nodes[from]) || isOff(nodes[to]),
      color: { color, highlight: colours.ink, hover: colours.ink, opacity: weight ? 1 : 0.15 },
      width: (weight > 2 ? 2.5 : 1.2) * larger,
    };
  }
  const drawnNodes = new vis.DataSet(nodes.map(drawnNode));
  const drawnEdges = new vis.DataSet(edges.map(drawnEdge));
  const network = new vis.Network(
    byId("drawing"),
    { nodes: drawnNodes, edges: drawnEdges },
    {
      physics: false,
      layout: { improvedLayout: false },
      interaction: { hover: true, hoverConnectedEdges: false, keyboard: false, multiselect: false },
      edges: { smooth: false, arrows: { to: { scaleFactor: 0.5 }, from: { scaleFactor: 0.5 } }, chosen: false },
      nodes: { chosen: false, shapeProperties: { interpolation: false } },
    }
  );
  drawLabels(network, nodes, edges, () => ({ colours, larger, matters, edgeMatters }));
  /* From afar shapes are drawn larger, so that they can be told apart and hit. */
  function enlarge() {
    const wanted = Math.min(2.5, Math.max(1, Math.round(2 / network.getScale()) / 4));
    if (wanted === larger) return;
    larger = wanted;
    drawnNodes.update(nodes.map(drawnNode));
    drawnEdges.update(edges.map(drawnEdge));
  }
  network.on("zoom", enlarge);
  network.on("animationFinished", enlarge);
  function redraw() {
    readColours();
    drawnNodes.update(nodes.map(drawnNode));
    drawnEdges.update(edges.map(drawnEdge));
  }

  /* A small screen, or one of a large graph, begins with the best connected and its neighbours. */
  function begin() {
    network.fit();
    if (network.getScale() < 0.22) network.fit({ nodes: aroundTheHub() });
    network.moveTo({ scale: network.getScale() * 0.94 });
    enlarge();
  }
  function aroundTheHub() {
    const hub = nodes.reduce((best, node) => (node.degree > best.degree ? node : best)).id;
    const beside = edges.filter(({ from, to }) => from === hub || to === hub);
    return [...new Set([hub, ...beside.flatMap(({ from, to }) => [from, to])])];
  }
  begin();

  /* The panel */
  function saidBy(evidence) {
    const figure = make("figure");
    const words = make("blockquote");
    words.dir = "auto";
    words.append(evidence.before, make("mark", "", evidence.quote), evidence.after);
    const source = make("figcaption");
    source.append(make("bdi", "", evidence.document), " · " + percent(evidence.confidence));
    source.title = evidence.rule;
    figure.append(words, source);
    return figure;
  }
  /* Two rules may have read the same words: they are shown once, with the surer reading. */
  function once(evidence) {
    const best = new Map();
    for (const each of evidence) {
      const key = JSON.stringify([each.document, each.before, each.quote, each.after]);
      if (!best.has(key) || best.get(key).confidence < each.confidence) best.set(key, each);
    }
    return [...best.values()];
  }
  const percent = (share) => Math.round(share * 100) + " % sure";

  function factItem(fact, from) {
    const item = make("li", "fact");
    const says = make("p", "says");
    const isEntity = fact.object !== undefined;
    if (fact.subject !== from) says.append(button(nodes[fact.subject], "name"), " ");
    says.append(make("span", "relation", fact.label), " ");
    if (!isEntity) says.append(make("bdi", "value", fact.value));
    else if (fact.object !== from || fact.subject === from) says.append(button(nodes[fact.object], "name"));
    else says.append(make("bdi", "value", nodes[from].name));
    if (fact.qualifiers.length) says.append(" ", make("bdi", "qualifiers", fact.qualifiers.join(", ")));
    item.append(says);
    if (fact.evidence.length) item.append(...once(fact.evidence).map(saidBy));
    else item.append(make("p", "quiet", percent(fact.confidence)));
    return item;
  }

  function fill(title, below, list) {
    const close = make("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => choose(null));
    panel.replaceChildren(close, title, ...below, list);
    panel.scrollTop = 0;
    document.body.classList.add("with-panel");
  }

  function showNode(id, goThere) {
    const node = nodes[id];
    hidden.delete(node.kind);
    legendBoxes.forEach((box) => (box.checked = !hidden.has(box.value)));
    choose({ node: id });
    const title = make("h2");
    title.append(symbol(node.kind, node.shape), make("bdi", "", node.name));
    const below = [make("p", "quiet", node.type.toLowerCase() + " · " + node.iri)];
    if (node.names.length) below.push(make("p", "quiet", "also " + node.names.join(", ")));
    const list = make("ul", "facts");
    list.append(...node.facts.map((n) => factItem(facts[n], id)));
    fill(title, below, list);
    if (goThere) moved(network.focus(id, { scale: Math.max(0.9, network.getScale()), animation: motion() }));
  }

  function showEdge(id) {
    choose({ edge: id });
    const edge = edges[id];
    const title = make("h2");
    title.append(button(nodes[edge.from], "name"), " – ", button(nodes[edge.to], "name"));
    const list = make("ul", "facts");
    list.append(...edge.facts.map((n) => factItem(facts[n], null)));
    fill(title, [], list);
  }

  function choose(what) {
    chosen = what;
    near = new Set();
    if (what && what.edge !== undefined) near = new Set([edges[what.edge].from, edges[what.edge].to]);
    if (what && what.node !== undefined) {
      for (const edge of edges) {
        if (edge.from === what.node) near.add(edge.to);
        if (edge.to === what.node) near.add(edge.from);
      }
    }
    if (!what) welcome();
    redraw();
  }

  function welcome() {
    document.body.classList.remove("with-panel");
    const list = make("ul", "start");
    const first = [...nodes].sort((a, b) => b.degree - a.degree || a.id - b.id).slice(0, 12);
    first.forEach((node) => list.append(inItem(button(node, "name"))));
    const hint = nodes.length
      ? "Click a shape or a line: here are the sentences that say it, and where they stand."
      : "There are no facts in this graph.";
    panel.replaceChildren(make("p", "", hint));
    if (first.length) panel.append(make("h2", "", "Best connected"), list);
  }
  function inItem(...children) {
    const item = make("li");
    item.append(...children);
    return item;
  }
  const motion = () => !matchMedia("(prefers-reduced-motion: reduce)").matches && { duration: 300 };

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) showNode(node, false);
    else if (edge !== undefined) showEdge(edge);
    else choose(null);
  });

  /* Search */
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = nodes.map((node) => [node.name, ...node.names].map((name) => folded(name.slice(0, 200))));
  function suggestions() {
    const wanted = folded(search.value.trim());
    if (!wanted) return [];
    const rank = (node) => Math.min(...names[node.id].map((name) => (name.startsWith(wanted) ? 0 : 1)));
    return nodes
      .filter((node) => names[node.id].some((name) => name.includes(wanted)))
      .sort((a, b) => rank(a) - rank(b) || b.degree - a.degree || a.id - b.id)
      .slice(0, 8);
  }
  function suggest() {
    const likely = suggestions();
    found.replaceChildren(...likely.map((node) => inItem(button(node, "name"))));
    if (search.value.trim() && !likely.length) found.append(make("li", "quiet", "Nothing is called so here."));
    found.hidden = !found.children.length;
  }
  search.addEventListener("input", suggest);
  search.addEventListener("focus", suggest);
  search.addEventListener("keydown", (event) => {
    const [first] = suggestions();
    if (event.key === "Enter" && first) {
      showNode(first.id, true);
      found.hidden = true;
    }
  });
  found.addEventListener("click", () => (found.hidden = true));
  document.addEventListener("pointerdown", (event) => {
    if (!byId("finder").contains(event.target)) found.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    found.hidden = true;
    choose(null);
  });

  /* The legend, which also filters */
  const legendBoxes = kinds.map(({ kind, shape }) => {
    const label = make("label");
    const box = make("input");
    box.type = "checkbox";
    box.value = kind;
    box.checked = true;
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(kind);
      else hidden.add(kind);
      redraw();
    });
    const count = nodes.filter((node) => node.kind === kind).length;
    label.append(box, symbol(kind, shape), kind, make("span", "quiet", String(count)));
    byId("legend").append(label);
    return box;
  });

  /* Zoom, and light or dark */
  const moved = () => motion() || enlarge();
  const zoomBy = (factor) => moved(network.moveTo({ scale: network.getScale() * factor, animation: motion() }));
  byId("closer").addEventListener("click", () => zoomBy(1.5));
  byId("farther").addEventListener("click", () => zoomBy(1 / 1.5));
  byId("whole").addEventListener("click", () => moved(network.fit({ animation: motion() })));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  byId("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
    root.dataset.theme = isDark ? "light" : "dark";
    redraw();
  });
  dark.addEventListener("change", redraw);

  welcome();
  window.filmKG = { network, nodes, edges, facts, showNode, showEdge };
})();
