"use strict";
/* What the page shows, as one value that the address holds too: back, forward and links go by it.
   The address is input: what it names and the page does not know is left out. */
const START = Object.freeze({
  node: null, // chosen: its facts are in the panel
  edge: null,
  path: null, // the panel connects two entities: "from" and "to"
  from: null,
  to: null,
  only: null, // nothing but this entity and its neighbours is drawn
  group: null, // nothing but this group is drawn
  open: [], // entities whose neighbours are drawn
  hide: [], // kinds that are not drawn
  flip: [], // relations that are not as they are at first: on or off
  by: null, // "group": coloured by it
  table: null,
});
const MOST_OPEN = 12;
let state = START;

const ONE_NODE = ["node", "from", "to", "only"];
const FLAGS = { path: "1", by: "group", table: "1" };

function written(value) {
  const said = new URLSearchParams();
  for (const key of ONE_NODE) if (value[key] !== null) said.append(key, nodes[value[key]].iri);
  if (value.edge !== null) for (const end of ["from", "to"]) said.append("edge", nodes[edges[value.edge][end]].iri);
  if (value.group !== null) said.append("group", value.group);
  for (const id of value.open) said.append("open", nodes[id].iri);
  for (const kind of value.hide) said.append("hide", kind);
  for (const name of value.flip) said.append("flip", name);
  for (const key of Object.keys(FLAGS)) if (value[key] !== null) said.append(key, FLAGS[key]);
  return said.toString();
}

function read(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const found = { ...START };
  for (const key of ONE_NODE) found[key] = numberOf.get(said.get(key)) ?? null;
  const ends = said.getAll("edge").map((iri) => numberOf.get(iri));
  found.edge = (edgesOf[ends[0]] ?? []).find((id) => otherEnd(edges[id], ends[0]) === ends[1]) ?? null;
  const group = said.get("group");
  found.group = /^\d{1,6}$/.test(group ?? "") && Number(group) < groups.length ? Number(group) : null;
  const known = said.getAll("open").map((iri) => numberOf.get(iri));
  found.open = [...new Set(known.filter((id) => id !== undefined))].slice(-MOST_OPEN);
  found.hide = kinds.map(({ kind }) => kind).filter((kind) => said.getAll("hide").includes(kind));
  found.flip = relations.map(({ name }) => name).filter((name) => said.getAll("flip").includes(name));
  for (const [key, value] of Object.entries(FLAGS)) found[key] = said.get(key) === value ? value : null;
  return found;
}

/* Changes what is shown. `look` says where the eye goes: to all, to what is chosen, or nowhere. */
function go(changes, look = null) {
  state = { ...state, ...changes };
  render(look);
  const hash = written(state);
  if (hash !== location.hash.replace(/^#/, "")) location.hash = hash;
}

window.addEventListener("hashchange", () => {
  const asked = read(location.hash);
  if (written(asked) === written(state)) return;
  state = asked;
  render("chosen");
});

const NOTHING_CHOSEN = { node: null, edge: null, path: null, from: null, to: null };
const withOpen = (id) => [...state.open.filter((each) => each !== id), id].slice(-MOST_OPEN);

/* What a click means: the entity, its facts, and its neighbours. */
function choose(id, look = null) {
  const hide = state.hide.filter((kind) => kind !== nodes[id].kind);
  go({ ...NOTHING_CHOSEN, node: id, hide, open: withOpen(id), table: null }, look);
}
const chooseEdge = (id) => go({ ...NOTHING_CHOSEN, edge: id });
const chooseNothing = () => go(NOTHING_CHOSEN);
const showOnly = (id) => go({ ...NOTHING_CHOSEN, node: id, only: id, group: null }, "all");
const showGroup = (group) => go({ ...NOTHING_CHOSEN, only: null, group, open: [], table: null }, "all");
const connect = (from, to) => go({ ...NOTHING_CHOSEN, path: "1", from, to, only: null, group: null, table: null }, "chosen");
const startAgain = () => go({ ...START, hide: state.hide, flip: state.flip, by: state.by }, "all");
function toggle(key, name) {
  const list = state[key];
  go({ [key]: list.includes(name) ? list.filter((each) => each !== name) : [...list, name] });
}
