"use strict";
/* Names while somebody types: under the search box as links, in the forms of questions as their datalist. */

const PAUSE = 150;

async function names(wanted, kind = "") {
  if (wanted.trim().length < 2) return [];
  const given = new URLSearchParams({ q: wanted, kind, format: "json" });
  const response = await fetch(`/search?${given}`);
  return response.ok ? response.json() : [];
}

/* Runs what was asked last, once nothing was typed for a moment; an older answer never replaces a newer one. */
function settled(act) {
  let timer = 0;
  let turn = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++turn;
      await act(() => mine === turn);
    }, PAUSE);
  };
}

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const search = document.getElementById("search");
const found = document.getElementById("found");

function close() {
  found.hidden = true;
}

search.addEventListener(
  "input",
  settled(async (isLast) => {
    const list = await names(search.value);
    if (!isLast()) return;
    found.replaceChildren(
      ...list.map((each) => {
        const item = document.createElement("li");
        const link = element("a", "", { href: `/entity?${new URLSearchParams({ iri: each.iri })}` });
        link.append(element("bdi", each.name), element("span", each.kind, { class: "quiet" }));
        item.append(link);
        return item;
      }),
    );
    found.hidden = !list.length;
  }),
);

search.form.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    close();
    search.focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || found.hidden) return;
  event.preventDefault();
  const places = [search, ...found.querySelectorAll("a")];
  const now = places.indexOf(document.activeElement);
  places[(now + step + places.length) % places.length].focus();
});
search.form.addEventListener("focusout", (event) => {
  if (!search.form.contains(event.relatedTarget)) close();
});

document.querySelectorAll("form.question input[data-kind]").forEach((input, number) => {
  if (["number", "year", "decade", "relation", "document"].includes(input.dataset.kind)) return;
  const list = element("datalist", "", { id: `names-${number}` });
  input.after(list);
  input.setAttribute("list", list.id);
  input.addEventListener(
    "input",
    settled(async (isLast) => {
      const suggested = await names(input.value, input.dataset.kind);
      if (isLast()) list.replaceChildren(...suggested.map((each) => element("option", "", { value: each.name })));
    }),
  );
});
