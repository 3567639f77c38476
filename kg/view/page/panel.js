"use strict";
/* The panel: what is chosen, its facts, and the words that say them. */
const panel = byId("panel");
const FACTS_AT_ONCE = 40;

const nameButton = (id) =>
  makeButton("name", () => choose(id, "chosen"), symbol(nodes[id].kind, nodes[id].shape), make("bdi", "", nodes[id].name));
const percent = (share) => Math.round(share * 100) + " % sure";

function saidBy(evidence) {
  const words = make("blockquote", "", evidence.before, make("mark", "", evidence.quote), evidence.after);
  words.dir = "auto";
  const document = make("bdi", "", evidence.document);
  const rule = make("span", "rule", " · read as ", make("bdi", "", evidence.rule));
  return make("figure", "", words, make("figcaption", "", document, " · " + percent(evidence.confidence), rule));
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

function factItem(fact, from) {
  const says = make("p", "says");
  const end = (id) => (id === from ? make("bdi", "value", nodes[id].name) : nameButton(id));
  const isOfOther = fact.subject !== from;
  if (isOfOther) says.append(end(fact.subject), " ");
  says.append(make("span", "relation", relations[fact.relation].label), " ");
  if (fact.object === undefined) says.append(make("bdi", "value", fact.value));
  else says.append(end(fact.object));
  if (fact.qualifiers.length) says.append(" ", make("bdi", "qualifiers", fact.qualifiers.join(", ")));
  const item = make("li", "fact", says);
  if (fact.derived) item.append(make("p", "quiet", "follows from other facts"));
  else if (fact.evidence.length) item.append(...once(fact.evidence).map(saidBy));
  else item.append(make("p", "quiet", percent(fact.confidence)));
  return item;
}

/* The facts as a list; of a long one the start, and a button for the rest. */
function factList(numbers, from) {
  const list = make("ul", "facts");
  function add(start, end) {
    list.append(...numbers.slice(start, end).map((n) => factItem(facts[n], from)));
    if (end >= numbers.length) return;
    const rest = numbers.length - end;
    const more = inItem(makeButton("more", () => (more.remove(), add(end, end + 5 * FACTS_AT_ONCE)), `${rest} more`));
    list.append(more);
  }
  add(0, FACTS_AT_ONCE);
  return list;
}

function fill(...children) {
  const close = makeButton("close", chooseNothing, "×");
  close.setAttribute("aria-label", "Close");
  panel.replaceChildren(close, ...children);
  panel.scrollTop = 0;
  document.body.classList.add("with-panel");
}

function showNode(id) {
  const node = nodes[id];
  const title = make("h2", "", symbol(node.kind, node.shape), make("bdi", "", node.name));
  const below = [make("p", "quiet", node.type.toLowerCase() + " · ", make("bdi", "", node.iri))];
  if (node.names.length) below.push(make("p", "quiet", "also ", make("bdi", "", node.names.join(", "))));
  const actions = make("p", "actions");
  if (state.only === id) actions.append(makeButton("", () => go({ only: null }, "all"), "Show everything"));
  else actions.append(makeButton("", () => showOnly(id), "Only its neighbours"));
  actions.append(makeButton("", () => connect(id, null), "Connect with …"));
  if (state.open.includes(id) && canFold(id)) {
    const open = state.open.filter((each) => each !== id);
    actions.append(makeButton("", () => go({ ...NOTHING_CHOSEN, open }), "Fold"));
  }
  fill(title, ...below, actions, factList(factsOf[id], id), turtleSection(id));
}

/* A click on what stood there as a whole has unfolded nothing. */
const canFold = (id) => !small || nodes[id].hub;

function turtleSection(id) {
  const text = turtleOf(id);
  const code = make("pre", "turtle", text);
  code.tabIndex = 0;
  code.dir = "ltr";
  const copied = make("span", "quiet");
  copied.setAttribute("role", "status");
  const onClick = async () => {
    copied.textContent = (await copy(text, code)) ? " copied" : " marked: copy it with Ctrl+C";
  };
  const summary = make("summary", "", "Turtle");
  return make("details", "", summary, make("p", "", makeButton("", onClick, "Copy"), copied), code);
}

function showEdge(id) {
  const { from, to } = edges[id];
  fill(make("h2", "", nameButton(from), " – ", nameButton(to)), factList(edges[id].facts, null));
}

/* Six degrees: who or what connects two entities. */
function showPath() {
  const title = make("h2", "", "How are these connected?");
  const ends = ["from", "to"].map((end) => pathField(end));
  fill(title, ...ends, ...pathSteps());
  const empty = ["from", "to"].find((end) => state[end] === null);
  if (empty) byId("path-" + empty).focus();
}

function pathField(end) {
  const field = make("input");
  field.id = "path-" + end;
  field.type = "search";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.value = state[end] === null ? "" : nodes[state[end]].name.slice(0, LONGEST);
  const list = make("ul", "suggestions");
  list.id = field.id + "-found";
  list.hidden = true;
  comboBox(field, list);
  suggesting(field, list, (id) => connect(end === "from" ? id : state.from, end === "to" ? id : state.to));
  const label = make("label", "", end === "from" ? "From" : "To");
  label.htmlFor = field.id;
  return make("div", "field", label, field, list);
}

function pathSteps() {
  if (!shown.path) {
    if (state.from === null || state.to === null) return [];
    return [make("p", "notice", "Nothing that is shown connects them. Relations that are off do not count.")];
  }
  const count = shown.path.length;
  const list = make("ol", "facts path");
  let here = state.from;
  for (const id of shown.path) {
    const there = otherEnd(edges[id], here);
    list.append(...edges[id].facts.filter(isFactOn).slice(0, 3).map((n) => factItem(facts[n], null)));
    here = there;
  }
  return [make("p", "quiet", count === 1 ? "One step" : `${count} steps`), list];
}

function welcome() {
  document.body.classList.remove("with-panel");
  const first = [...startNodes].sort(betterConnected).slice(0, 12);
  const hint = nodes.length
    ? "Click a shape or a line: here are the sentences that say it, and where they stand."
    : "There are no facts in this graph.";
  panel.replaceChildren(make("p", "", hint));
  const leftOut = byId("left-out");
  if (leftOut) panel.append(make("p", "quiet", leftOut.textContent));
  if (first.length) {
    panel.append(make("h2", "", "Best connected"), make("ul", "start", ...first.map((id) => inItem(nameButton(id)))));
  }
}

/* Who reaches the panel by keyboard stays in it; who listens hears what was chosen, not all of it. */
function fillPanel() {
  const hadFocus = panel.contains(document.activeElement);
  fillWithChosen();
  if (hadFocus && !panel.contains(document.activeElement)) panel.focus();
  const title = panel.querySelector("h2")?.textContent ?? "";
  byId("status").textContent = isSomethingChosen() ? title.slice(0, LONGEST) : "";
}

function fillWithChosen() {
  if (state.path !== null) showPath();
  else if (state.node !== null) showNode(state.node);
  else if (state.edge !== null) showEdge(state.edge);
  else welcome();
}
