"use strict";
/* Which entities and edges are drawn, given the state. */
const MOST_NEIGHBOURS = 40;
const MOST_IN_A_SCENE = 120;
const startNodes = nodes.filter((node) => node.x !== undefined).map(({ id }) => id);
let shown = null;

const isOn = (relation) => Boolean(relation.off) === state.flip.includes(relation.name);
const isFactOn = (n) => isOn(relations[facts[n].relation]);
const isOnDrawn = (edge) => edge.facts.some(isFactOn);

/* What lies on the table before anything is hidden. */
function members() {
  if (state.only !== null) return [state.only, ...neighboursOf(state.only, isOnDrawn).slice(0, MOST_IN_A_SCENE)];
  if (state.group !== null) {
    const inside = nodes.filter((node) => node.group === state.group).map(({ id }) => id);
    return inside.sort(betterConnected).slice(0, MOST_IN_A_SCENE);
  }
  if (small) return nodes.map(({ id }) => id);
  return [...startNodes, ...besideStart().slice(0, MOST_IN_A_SCENE)];
}

/* What a relation that was switched on adds. */
function besideStart() {
  const isAdded = (n) => isFactOn(n) && relations[facts[n].relation].off;
  const added = startNodes.flatMap((id) => neighboursOf(id, (edge) => edge.facts.some(isAdded)));
  return [...new Set(added)].sort(betterConnected);
}

/* A hub's edges are drawn where one of their ends was opened or chosen. */
function isFolded(edge, opened) {
  return (nodes[edge.from].hub || nodes[edge.to].hub) && !opened.has(edge.from) && !opened.has(edge.to);
}

function arrowsOf(edge, said) {
  const ways = new Set(said.map((n) => (facts[n].subject === edge.from ? "to" : "from")));
  return [...ways].sort().reverse().join(", ");
}

/* What an edge says now, its facts joined; an arrow where one goes against the edge. */
const LONGEST_EDGE = 48;
function labelOf(edge, said) {
  const words = said.map((n) => (facts[n].subject === edge.from ? "" : "← ") + edge.says[edge.facts.indexOf(n)]);
  const mixed = new Set(words.map((text) => text.startsWith("← "))).size > 1;
  const joined = [...new Set(mixed ? words : words.map((text) => text.replace(/^← /, "")))].join(", ");
  return joined.length > LONGEST_EDGE ? joined.slice(0, LONGEST_EDGE - 1).trimEnd() + "…" : joined;
}

function pathNow() {
  if (state.from === null || state.to === null) return null;
  return shortestPath(state.from, state.to);
}

function computeShown() {
  const path = pathNow();
  const onPath = new Set([state.from, state.to, ...(path ?? []).flatMap((id) => [edges[id].from, edges[id].to])]);
  const chosen = new Set([state.node, ...(state.edge === null ? [] : [edges[state.edge].from, edges[state.edge].to])]);
  const opened = new Set([...state.open, ...onPath, ...chosen, state.only]);
  for (const set of [onPath, chosen, opened]) set.delete(null);
  const wanted = new Set(members());
  for (const id of state.open) {
    wanted.add(id);
    neighboursOf(id, isOnDrawn).slice(0, MOST_NEIGHBOURS).forEach((each) => wanted.add(each));
  }
  for (const id of [...onPath, ...chosen]) wanted.add(id);
  const hidden = new Set(state.hide);
  const may = new Set([...wanted].filter((id) => !hidden.has(nodes[id].kind) || onPath.has(id)));
  const pathEdges = new Set(path ?? []);
  const drawn = [];
  const degree = new Map();
  for (const edge of new Set([...may].flatMap((id) => edgesOf[id]))) {
    const { from, to } = edges[edge];
    if (!may.has(from) || !may.has(to)) continue;
    const said = edges[edge].facts.filter(isFactOn);
    if (!pathEdges.has(edge) && (!said.length || isFolded(edges[edge], opened))) continue;
    drawn.push({ ...edges[edge], said, onPath: pathEdges.has(edge) });
    for (const end of [from, to]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  // What stands beside nothing is drawn only if somebody asked for it, if it never had an edge, or to be unfolded.
  const isStart = state.only === null && state.group === null;
  const stays = (id) => degree.has(id) || opened.has(id) || (isStart && nodes[id].hub) || !edgesOf[id].length;
  const ids = [...may].filter(stays);
  return { ids, edges: drawn, degree, path, onPath, chosen };
}

/* How many neighbours of an entity are not connected with it in the drawing. */
function foldedAt(id) {
  return neighboursOf(id, (edge) => isOnDrawn(edge) && !state.hide.includes(nodes[otherEnd(edge, id)].kind)).length
    - (shown.degree.get(id) ?? 0);
}
