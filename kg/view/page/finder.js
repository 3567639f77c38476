"use strict";
/* A field that suggests entities as one types: arrows choose, Enter takes, Escape leaves. */
const SUGGESTIONS = 8;

function suggesting(field, list, take) {
  let likely = [];
  let at = -1;
  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  function mark(next) {
    at = next;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at >= 0 && likely.length) field.setAttribute("aria-activedescendant", list.children[at].id);
  }
  function pick(id) {
    close();
    take(id);
  }
  function option(id, n) {
    const node = nodes[id];
    const what = make("span", "quiet", node.type.toLowerCase());
    const item = make("li", "option", symbol(node.kind, node.shape), make("bdi", "", node.name), what);
    item.id = `${list.id}-${n}`;
    item.setAttribute("role", "option");
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      pick(id);
    });
    return item;
  }
  function suggest() {
    likely = nodesCalled(field.value, SUGGESTIONS);
    list.replaceChildren(...likely.map(option));
    const none = field.value.trim() && !likely.length;
    if (none) list.append(make("li", "quiet", "Nothing is called so here."));
    list.hidden = !list.children.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    mark(likely.length ? 0 : -1);
  }
  field.addEventListener("input", suggest);
  field.addEventListener("focus", suggest);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && likely.length) {
      mark((at + step + likely.length) % likely.length);
      event.preventDefault();
    } else if (event.key === "Enter" && likely[at] !== undefined && !list.hidden) {
      event.preventDefault();
      pick(likely[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
}

function comboBox(field, list) {
  const traits = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(traits)) field.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
}

comboBox(byId("search"), byId("found"));
suggesting(byId("search"), byId("found"), (id) => {
  byId("search").value = "";
  const isElsewhere = state.group !== null || (state.only !== null && state.only !== id);
  if (isElsewhere) state = { ...state, only: null, group: null };
  choose(id, "chosen");
});
