"use strict";
/* Puts the parts together: the state decides, everything else follows it. */
function render(look) {
  shown = computeShown();
  shown.folded = new Map(shown.ids.map((id) => [id, foldedAt(id)]));
  draw();
  tickLegend();
  fillPanel();
  fillTable();
  byId("again").hidden = state.only === null && state.group === null && !state.open.some(canFold);
  if (look === "all") lookAtAll(false);
  if (look === "chosen") lookAtChosen();
}

byId("again").addEventListener("click", startAgain);
byId("connect").addEventListener("click", () => connect(state.node, null));
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input[type=search]");
  if (event.key === "Escape") chooseNothing();
  else if (event.key === "/" && !isTyping) {
    byId("search").focus();
    event.preventDefault();
  }
});

const dark = matchMedia("(prefers-color-scheme: dark)");
function changeColours() {
  readColours();
  drawAgain();
}
byId("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  root.dataset.theme = isDark ? "light" : "dark";
  changeColours();
});
dark.addEventListener("change", changeColours);

readColours();
state = read(location.hash);
render("all");
if (state.only === null && state.group === null && isSomethingChosen()) lookAtChosen();
window.filmKG = { network, nodes, edges, facts, relations, go, choose, chooseEdge, state: () => state, shown: () => shown };
