"use strict";
/* The drawing: vis-network shows what is shown, where it stands. */
const FADED = 0.15;
let larger = 1;

const network = new vis.Network(
  byId("drawing"),
  { nodes: new vis.DataSet(), edges: new vis.DataSet() },
  {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, hoverConnectedEdges: false, keyboard: false, multiselect: false },
    edges: { smooth: false, arrows: { to: { scaleFactor: 0.5 }, from: { scaleFactor: 0.5 } }, chosen: false },
    nodes: { chosen: false, shapeProperties: { interpolation: false } },
  }
);
const drawn = network.body.data;

/* How much something matters now: 0 faded, 1 plain, 2 near what was chosen, 3 chosen. */
const isSomethingChosen = () => shown.chosen.size > 0 || shown.onPath.size > 0;
function matters(id) {
  if (!isSomethingChosen()) return 1;
  if (shown.chosen.has(id) || shown.onPath.has(id)) return 3;
  return shown.near?.has(id) ? 2 : 0;
}
function edgeMatters(edge) {
  if (!isSomethingChosen()) return 1;
  if (edge.onPath || state.edge === edge.id) return 3;
  return state.node === edge.from || state.node === edge.to ? 2 : 0;
}

function colourOfNode({ kind, group }) {
  if (state.by !== "group") return colours.kinds.get(kind);
  return (group < GROUPS_WITH_COLOUR && colours.groups[group]) || colours.other;
}

function drawnNode(id) {
  const node = nodes[id];
  const { x, y } = placesNow().get(id);
  const colour = colourOfNode(node);
  const weight = matters(id);
  const border = weight === 3 ? colours.ink : colours.ground;
  const look = { background: colour, border };
  return {
    id, shape: node.shape, size: node.size * larger, x, y, borderWidth: weight === 3 ? 3 : 1,
    color: { ...look, highlight: look, hover: { background: colour, border: colours.ink } },
    opacity: weight ? 1 : FADED + 0.05,
  };
}

function drawnEdge(edge) {
  const weight = edgeMatters(edge);
  const color = edge.onPath ? colours.path : weight > 1 ? colours.ink : colours.line;
  return {
    id: edge.id, from: edge.from, to: edge.to, arrows: arrowsOf(edge, edge.said),
    dashes: edge.said.length > 0 && edge.said.every((n) => facts[n].derived === true),
    color: { color, highlight: color, hover: colours.ink, opacity: weight ? 1 : FADED },
    width: (edge.onPath ? 4 : weight > 2 ? 2.5 : 1.2) * larger,
  };
}

function replace(dataset, items) {
  const kept = new Set(items.map(({ id }) => id));
  dataset.remove(dataset.getIds().filter((id) => !kept.has(id)));
  dataset.update(items);
}

/* Draws what is shown; new entities find a place first. */
function draw() {
  settle(placesNow(), shown.ids, shown.edges);
  shown.near = new Set(shown.edges.filter((edge) => edgeMatters(edge) > 1).flatMap(({ from, to }) => [from, to]));
  drawAgain();
}
function drawAgain() {
  replace(drawn.nodes, shown.ids.map(drawnNode));
  replace(drawn.edges, shown.edges.map(drawnEdge));
}

/* From afar shapes are drawn larger, so that they can be told apart and hit. */
function enlarge() {
  const wanted = Math.min(1.6, Math.max(1, Math.round(2 / network.getScale()) / 5));
  if (wanted === larger) return;
  larger = wanted;
  drawAgain();
}
network.on("zoom", enlarge);
network.on("animationFinished", enlarge);
network.on("dragEnd", ({ nodes: moved }) => {
  for (const [id, place] of Object.entries(network.getPositions(moved))) placesNow().set(Number(id), place);
});

/* The camera */
const motion = () => !matchMedia("(prefers-reduced-motion: reduce)").matches && { duration: 300 };
const afterMove = () => motion() || enlarge();
const READABLE = 0.17;
const CLOSEST = 1.2;

/* A small screen, or a large graph, begins with the best connected and its neighbours. */
function lookAtAll(animation) {
  // A panel that grew has made the drawing smaller, and vis-network would zoom when it notices.
  network.setSize("100%", "100%");
  fitTo(shown.ids, animation);
  if (network.getScale() < READABLE && !animation && shown.ids.length) {
    const hub = [...shown.ids].sort((a, b) => (shown.degree.get(b) ?? 0) - (shown.degree.get(a) ?? 0))[0];
    network.moveTo({ position: inside(placesNow().get(hub), READABLE), scale: READABLE });
    enlarge();
  }
}

/* A place so near that the screen is not half empty when it stands in the middle. */
function inside(place, scale) {
  const { clientWidth, clientHeight } = byId("drawing");
  const within = (at, all, room) => {
    const low = Math.min(...all) + room;
    const high = Math.max(...all) - room;
    return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, at));
  };
  const all = shown.ids.map((id) => placesNow().get(id));
  return {
    x: within(place.x, all.map(({ x }) => x), (clientWidth * 0.45) / scale),
    y: within(place.y, all.map(({ y }) => y), (clientHeight * 0.45) / scale),
  };
}
/* Fits them beside the legend, where that leaves the room. */
function fitTo(ids, animation) {
  network.fit({ nodes: ids, maxZoomLevel: CLOSEST, animation: false });
  const all = byId("drawing").clientWidth;
  const covered = byId("legend").open ? byId("legend").offsetWidth + 12 : 0;
  const taken = covered < all / 3 ? covered : 0;
  // Names stand out beside the shapes at the rim.
  const scale = (network.getScale() * 0.9 * (all - taken)) / all;
  network.moveTo({ position: network.getViewPosition(), scale, offset: { x: taken / 2, y: 0 }, animation });
  if (!animation) enlarge();
}
function lookAtChosen() {
  const ids = [...shown.onPath, ...shown.chosen].filter((id) => placesNow().has(id));
  if (shown.onPath.size > 1) fitTo(ids, motion());
  else if (ids.length) {
    const scale = Math.min(CLOSEST, Math.max(0.8, network.getScale()));
    afterMove(network.focus(ids[0], { scale, animation: motion() }));
  }
}
const zoomBy = (factor) => afterMove(network.moveTo({ scale: network.getScale() * factor, animation: motion() }));

network.on("click", ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) choose(node);
  else if (edge !== undefined) chooseEdge(edge);
  else chooseNothing();
});

/* From the keyboard: arrows go to the next entity that way, Enter opens it. */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function nextThatWay([right, down]) {
  const places = placesNow();
  const here = places.get(state.node) ?? network.getViewPosition();
  let best = null;
  let least = Infinity;
  for (const id of shown.ids) {
    const { x, y } = places.get(id);
    const along = (x - here.x) * right + (y - here.y) * down;
    const aside = Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right);
    if (id === state.node || along <= 0 || along + 2 * aside >= least) continue;
    [best, least] = [id, along + 2 * aside];
  }
  return best;
}
byId("drawing").addEventListener("keydown", (event) => {
  if (event.key in WAYS) {
    const next = nextThatWay(WAYS[event.key]);
    if (next !== null) go({ ...NOTHING_CHOSEN, node: next }, "chosen");
  } else if (event.key === "Enter" && state.node !== null) choose(state.node);
  else if (event.key === "+") zoomBy(1.5);
  else if (event.key === "-") zoomBy(1 / 1.5);
  else if (event.key === "0") lookAtAll(motion());
  else return;
  event.preventDefault();
});
byId("closer").addEventListener("click", () => zoomBy(1.5));
byId("farther").addEventListener("click", () => zoomBy(1 / 1.5));
byId("whole").addEventListener("click", () => fitTo(shown.ids, motion()));
