"use strict";
/* The graph of this page, and what it takes to walk in it. */
const { small, nodes, edges, facts, kinds, relations, groups, prefixes } = JSON.parse(byId("data").textContent);

const numberOf = new Map(nodes.map((node) => [node.iri, node.id]));
const edgesOf = nodes.map(() => []);
for (const { id, from, to } of edges) {
  edgesOf[from].push(id);
  edgesOf[to].push(id);
}
const factsOf = nodes.map(() => []);
facts.forEach(({ subject, object }, n) => {
  factsOf[subject].push(n);
  if (object !== undefined && object !== subject) factsOf[object].push(n);
});

const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);
const betterConnected = (a, b) => nodes[b].degree - nodes[a].degree || a - b;

/* The neighbours across edges that pass, the best connected first. */
function neighboursOf(id, passes) {
  const beside = edgesOf[id].filter((edge) => passes(edges[edge]));
  return beside.map((edge) => otherEnd(edges[edge], id)).sort(betterConnected);
}

/* A name as people type it: without accents and case. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const LONGEST = 200;
let names = null;
function nodesCalled(wanted, most) {
  names ??= nodes.map((node) => [node.name, ...node.names].map((name) => folded(name.slice(0, LONGEST))));
  const asked = folded(wanted.trim().slice(0, LONGEST));
  if (!asked) return [];
  const rank = (id) => {
    const places = names[id].map((name) => (name.startsWith(asked) ? 0 : name.includes(" " + asked) ? 1 : 2));
    return Math.min(...places);
  };
  const found = nodes.filter(({ id }) => names[id].some((name) => name.includes(asked))).map(({ id }) => id);
  const ranks = new Map(found.map((id) => [id, rank(id)]));
  return found.sort((a, b) => ranks.get(a) - ranks.get(b) || betterConnected(a, b)).slice(0, most);
}

/* The shortest way between two entities as a list of edges; null where there is none. */
function wayBetween(from, to, passes) {
  const before = new Map([[from, null]]);
  const queue = [from];
  for (let next = 0; next < queue.length && !before.has(to); next += 1) {
    const here = queue[next];
    for (const id of edgesOf[here]) {
      const there = otherEnd(edges[id], here);
      if (before.has(there) || !passes(edges[id], there)) continue;
      before.set(there, id);
      queue.push(there);
    }
  }
  if (!before.has(to)) return null;
  const way = [];
  for (let here = to; here !== from; here = otherEnd(edges[way[0]], here)) way.unshift(before.get(here));
  return way;
}

/* Who won an Oscar is connected with everybody else who did: such ways are taken only where there is no other. */
function shortestPath(from, to) {
  if (from === to) return [];
  const isOnEdge = (edge) => isOnDrawn(edge);
  const aroundHubs = (edge, there) => isOnEdge(edge) && (!nodes[there].hub || there === to);
  return wayBetween(from, to, aroundHubs) ?? wayBetween(from, to, isOnEdge);
}
