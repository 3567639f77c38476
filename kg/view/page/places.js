"use strict";
/* Where entities stand. What the page opens with was laid out beforehand; what comes later is put where there is
   room beside its neighbours, and what stands already stays. */
const EDGE = 130;
const ROUNDS = 90;
const TURN = Math.PI * (3 - Math.sqrt(5));
const scenes = new Map();

function placesNow() {
  const key = state.only !== null ? "only " + state.only : state.group !== null ? "group " + state.group : "";
  if (!scenes.has(key)) {
    const laid = key ? [] : nodes.filter((node) => node.x !== undefined);
    scenes.set(key, new Map(laid.map(({ id, x, y }) => [id, { x, y }])));
  }
  return scenes.get(key);
}

/* Room for the name below the shape. */
const halfWide = (id) => Math.max(3.9 * nodes[id].label.length, 30) + 8;
const halfHigh = (id) => nodes[id].size + 18;

function settle(places, ids, drawnEdges) {
  const fresh = ids.filter((id) => !places.has(id));
  if (!fresh.length) return;
  const beside = new Map(ids.map((id) => [id, []]));
  for (const { from, to } of drawnEdges) {
    beside.get(from).push(to);
    beside.get(to).push(from);
  }
  const isFirst = !places.size;
  fresh.forEach((id, n) => places.set(id, beginning(places, beside.get(id), n)));
  for (let round = 0; round < ROUNDS; round += 1) {
    const heat = EDGE * (1 - round / ROUNDS) * (isFirst ? 1 : 0.5) + 2;
    for (const id of fresh) move(id, places, ids, beside.get(id), heat);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!fresh.map((id) => makeRoom(id, places, ids)).some(Boolean)) break;
  }
}

/* Around the neighbours that stand already; else in a spiral around the middle. */
function beginning(places, others, n) {
  const placed = others.filter((id) => places.has(id)).map((id) => places.get(id));
  const middle = { x: 0, y: 0 };
  for (const { x, y } of placed) {
    middle.x += x / placed.length;
    middle.y += y / placed.length;
  }
  const far = EDGE * (placed.length ? 0.8 + Math.sqrt(n) / 4 : Math.sqrt(n + 1));
  return { x: middle.x + far * 1.3 * Math.cos(n * TURN), y: middle.y + far * Math.sin(n * TURN) };
}

/* One step: away from everything near, towards the neighbours. */
function move(id, places, ids, others, heat) {
  const here = places.get(id);
  let across = 0;
  let down = 0;
  for (const other of ids) {
    if (other === id || !places.has(other)) continue;
    const there = places.get(other);
    const x = here.x - there.x || 0.1;
    const y = here.y - there.y || 0.1;
    const squared = x * x + y * y;
    if (squared > EDGE * EDGE * 25) continue;
    across += (x * EDGE * EDGE) / squared;
    down += (y * EDGE * EDGE) / squared;
  }
  for (const other of others) {
    const there = places.get(other);
    const x = there.x - here.x;
    const y = there.y - here.y;
    const pull = Math.hypot(x, y) / EDGE;
    across += x * pull;
    down += y * pull;
  }
  const length = Math.max(Math.hypot(across, down), 0.01);
  const step = Math.min(length, heat) / length;
  here.x += across * step;
  here.y += down * step;
}

/* Moves an entity off the shapes and names of others, the shorter way; true where it had to. */
function makeRoom(id, places, ids) {
  const here = places.get(id);
  let moved = false;
  for (const other of ids) {
    if (other === id) continue;
    const there = places.get(other);
    const x = here.x - there.x;
    const y = here.y - there.y;
    const wide = halfWide(id) + halfWide(other) - Math.abs(x);
    const high = halfHigh(id) + halfHigh(other) - Math.abs(y);
    if (wide <= 0 || high <= 0) continue;
    moved = true;
    if (wide < high) here.x += (x < 0 || (x === 0 && id < other) ? -1 : 1) * wide * 0.6;
    else here.y += (y < 0 || (y === 0 && id < other) ? -1 : 1) * high * 0.6;
  }
  return moved;
}
