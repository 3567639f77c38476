"use strict";
/* Names and relations, drawn by us: as large as the screen wants them at every zoom, the best connected first,
   and only where they lie on nothing else. vis-network's own labels shrink with the drawing. */
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const FOCUSED = 3;
const WORTH_SAYING = 10;
const MAY_COVER = 6;
const wide = new Map();

function widthOf(ctx, text) {
  if (!wide.has(text)) {
    ctx.font = "100px " + FONT;
    wide.set(text, ctx.measureText(text).width / 100);
  }
  return wide.get(text);
}

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/* Writes text where nothing is taken and the screen does not cut it; `must` writes it all the same. */
function writer(ctx, scale) {
  const taken = [];
  const { a, b } = corners();
  const isOff = (box) => box[0] < a.x || box[2] > b.x;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  return (text, x, y, size, colour, must, around) => {
    const half = (widthOf(ctx, text) * size) / 2 + 2 / scale;
    const box = [x - half, y - size * 0.62, x + half, y + size * 0.62];
    const isTaken = taken.some((other) => meet(box, other)) || around.some((shape) => meet(box, shape));
    if ((isTaken || isOff(box)) && !must) return false;
    taken.push(box);
    ctx.font = size + "px " + FONT;
    ctx.lineWidth = 3.5 / scale;
    ctx.strokeStyle = colours.ground;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
    return true;
  };
}

function corners() {
  const { clientWidth, clientHeight } = byId("drawing");
  const b = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  return { a: network.DOMtoCanvas({ x: 0, y: 0 }), b };
}

/* What is on the screen; nothing else is looked at. */
function inView() {
  const { a, b } = corners();
  return ({ x, y }) => x > a.x - 50 && x < b.x + 50 && y > a.y - 50 && y < b.y + 50;
}

function nameOf(id) {
  const more = shown.folded.get(id);
  return more >= WORTH_SAYING || (more > 0 && nodes[id].hub) ? `${nodes[id].label}  +${more}` : nodes[id].label;
}

function drawLabels(ctx) {
  if (!shown) return;
  const scale = network.getScale();
  const zoomed = Math.min(1.5, Math.max(1, scale));
  // vis-network also draws while we replace what it draws: not all that is to be shown is there then.
  const places = network.getPositions();
  const isInView = inView();
  const write = writer(ctx, scale);
  const byWeight = shown.ids
    .filter((id) => places[id] && matters(id) > 0 && isInView(places[id]))
    .sort((a, b) => matters(b) - matters(a) || betterConnected(a, b));
  const shapes = byWeight.map((id) => {
    const { x, y } = places[id];
    const half = nodes[id].size * larger * 0.8;
    return [x - half, y - half, x + half, y + half];
  });
  byWeight.forEach((id, rank) => {
    const size = ((11.5 + Math.min(5, nodes[id].degree / 4)) * zoomed) / scale;
    const { x, y } = places[id];
    const name = nameOf(id);
    const away = nodes[id].size * larger + size * 0.8;
    const beside = nodes[id].size * larger + (widthOf(ctx, name) * size) / 2 + 3 / scale;
    const sides = [[0, away], [0, -away], [beside, 0], [-beside, 0]];
    if (sides.some(([right, down]) => write(name, x + right, y + down, size, colours.ink, false, shapes))) return;
    // What matters most has a name, even over shapes that matter less.
    const must = matters(id) === FOCUSED;
    if (must || rank < MAY_COVER) write(name, x, y + away, size, colours.ink, must, shapes.slice(0, rank));
  });
  const middle = ({ from, to }) => ({
    x: (places[from].x + places[to].x) / 2,
    y: (places[from].y + places[to].y) / 2,
  });
  const lines = shown.edges
    .filter((edge) => places[edge.from] && places[edge.to])
    .filter((edge) => edgeMatters(edge) > 0 && isInView(middle(edge)))
    .sort((a, b) => edgeMatters(b) - edgeMatters(a) || a.id - b.id);
  for (const edge of lines) writeOnEdge(ctx, edge, places, scale, zoomed, shapes, write);
}

function writeOnEdge(ctx, edge, places, scale, zoomed, shapes, write) {
  const a = places[edge.from];
  const b = places[edge.to];
  edge.label ??= labelOf(edge, edge.said);
  const size = (10.5 * zoomed) / scale;
  const width = widthOf(ctx, edge.label) * size;
  const free = Math.hypot(a.x - b.x, a.y - b.y) - nodes[edge.from].size - nodes[edge.to].size;
  if (edgeMatters(edge) < 2 && free < width * 0.6 + 20 / scale) return;
  // Nearer to the end that has fewer edges: around a hub it is crowded.
  const share = nodes[edge.from].degree < nodes[edge.to].degree ? 0.4 : 0.6;
  const x = a.x + (b.x - a.x) * share;
  const y = a.y + (b.y - a.y) * share;
  write(edge.label, x, y, size, colours.quiet, edgeMatters(edge) === FOCUSED, shapes);
}

network.on("afterDrawing", (ctx) => {
  ctx.save();
  drawLabels(ctx);
  ctx.restore();
});
