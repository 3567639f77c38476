"use strict";
/* Names and relations, drawn by us: as large as the screen wants them at every zoom, the best connected first,
   and only where they lie on nothing else. vis-network's own labels shrink with the drawing. */
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const FOCUSED = 3;
const wide = new Map();

function widthOf(ctx, text) {
  if (!wide.has(text)) {
    ctx.font = "100px " + FONT;
    wide.set(text, ctx.measureText(text).width / 100);
  }
  return wide.get(text);
}

/* What is drawn after each redraw. look() gives the colours and how much each node and edge matters now:
   0 hidden, 1 plain, 2 near what was chosen, 3 chosen. */
function drawLabels(network, nodes, edges, look) {
  network.on("afterDrawing", (ctx) => {
    const { colours, larger, matters, edgeMatters } = look();
    const scale = network.getScale();
    const zoomed = Math.min(1.5, Math.max(1, scale));
    const places = network.getPositions();
    const taken = [];
    const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const write = (text, x, y, size, colour, must, around) => {
      const half = (widthOf(ctx, text) * size) / 2 + 2 / scale;
      const box = [x - half, y - size * 0.62, x + half, y + size * 0.62];
      if (!must && (taken.some((other) => meet(box, other)) || around.some((shape) => meet(box, shape)))) return;
      taken.push(box);
      ctx.font = size + "px " + FONT;
      ctx.lineWidth = 3.5 / scale;
      ctx.strokeStyle = colours.ground;
      ctx.strokeText(text, x, y);
      ctx.fillStyle = colour;
      ctx.fillText(text, x, y);
    };
    ctx.save();
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const byWeight = nodes
      .filter((n) => matters(n) > 0)
      .sort((a, b) => matters(b) - matters(a) || b.degree - a.degree || a.id - b.id);
    const shapes = byWeight.map((node) => {
      const { x, y } = places[node.id];
      const half = node.size * larger * 0.8;
      return [x - half, y - half, x + half, y + half];
    });
    byWeight.forEach((node, rank) => {
      const size = ((11.5 + Math.min(5, node.degree / 4)) * zoomed) / scale;
      const { x, y } = places[node.id];
      const below = y + node.size * larger + size * 0.8;
      // A name must not hide a shape that matters more.
      write(node.label, x, below, size, colours.ink, matters(node) === FOCUSED, shapes.slice(0, rank));
    });
    const bySpace = edges
      .filter((e) => edgeMatters(e) > 0)
      .sort((a, b) => edgeMatters(b) - edgeMatters(a) || a.id - b.id);
    for (const edge of bySpace) {
      const a = places[edge.from];
      const b = places[edge.to];
      const size = (10.5 * zoomed) / scale;
      const width = widthOf(ctx, edge.label) * size;
      const free = Math.hypot(a.x - b.x, a.y - b.y) - nodes[edge.from].size - nodes[edge.to].size;
      if (edgeMatters(edge) < 2 && free < width * 0.6 + 20 / scale) continue;
      // Nearer to the end that has fewer edges: around a hub it is crowded.
      const share = nodes[edge.from].degree < nodes[edge.to].degree ? 0.4 : 0.6;
      const x = a.x + (b.x - a.x) * share;
      const y = a.y + (b.y - a.y) * share;
      write(edge.label, x, y, size, colours.quiet, edgeMatters(edge) === FOCUSED, shapes);
    }
    ctx.restore();
  });
}
