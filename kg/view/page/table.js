"use strict";
/* The same facts as a table: of what is chosen, or all whose kinds and relations are on. */
const ROWS_AT_ONCE = 100;

function factsInTable() {
  if (shown.path) return shown.path.flatMap((id) => edges[id].facts).filter(isFactOn);
  if (state.node !== null) return factsOf[state.node];
  if (state.edge !== null) return edges[state.edge].facts;
  const hidden = new Set(state.hide);
  const isHidden = (id) => id !== undefined && hidden.has(nodes[id].kind);
  const isElsewhere = ({ subject, object }) =>
    (state.group !== null && nodes[subject].group !== state.group) ||
    (state.only !== null && subject !== state.only && object !== state.only);
  return facts.flatMap((fact, n) => {
    const isOut = !isFactOn(n) || isHidden(fact.subject) || isHidden(fact.object) || isElsewhere(fact);
    return isOut ? [] : [n];
  });
}

function row(n) {
  const fact = facts[n];
  const cell = (...children) => make("td", "", ...children);
  const subject = make("th", "", nameButton(fact.subject));
  subject.scope = "row";
  const object = fact.object === undefined ? make("bdi", "", fact.value) : nameButton(fact.object);
  const [said] = fact.evidence;
  return make(
    "tr", "", subject, cell(relations[fact.relation].label), cell(object),
    cell(make("bdi", "", fact.qualifiers.join(", "))),
    cell(fact.derived ? "derived" : Math.round(fact.confidence * 100) + " %"),
    cell(make("bdi", "", said ? said.document : "")), cell(make("bdi", "", said ? said.quote : "")),
  );
}

function fillTable() {
  const isTable = state.table !== null;
  byId("table").hidden = !isTable;
  byId("drawing").inert = isTable;
  byId("as-table").setAttribute("aria-pressed", String(isTable));
  document.body.classList.toggle("with-table", isTable);
  if (!isTable) return;
  const numbers = factsInTable();
  const rows = byId("rows");
  const more = byId("more-rows");
  function add(start) {
    const end = Math.min(start + ROWS_AT_ONCE, numbers.length);
    rows.append(...numbers.slice(start, end).map(row));
    byId("rows-shown").textContent = `${end.toLocaleString("en")} of ${numbers.length.toLocaleString("en")} facts`;
    more.hidden = end === numbers.length;
    more.onclick = () => add(end);
  }
  rows.replaceChildren();
  add(0);
}

byId("as-table").addEventListener("click", () => go({ table: state.table === null ? "1" : null }));
