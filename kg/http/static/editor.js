"use strict";
/* The editor, and the answer below it. All that documents say comes as a page drawn by the server, in which it
   is escaped; of that only the answer is taken over. */

const form = document.getElementById("query-form");
const textarea = document.getElementById("query");
const answer = document.getElementById("answer");
const state = document.getElementById("status");
const LONGEST_ADDRESS = 4000;
const narrow = matchMedia("(max-width: 800px)");
const PLACE = /line (\d+), column (\d+)/;

const ask = () => form.requestSubmit(document.getElementById("ask"));
const place = document.createElement("div");
place.id = "editor";
textarea.after(place);
textarea.hidden = true;

const editor = new Yasgui.Yasqe(place, {
  mode: "film-kg",
  value: textarea.value,
  autocompleters: ["film-kg", "variables"],
  // Neither the address nor what was typed last time changes what the page asks.
  consumeShareLink: null,
  createShareableLink: null,
  persistenceId: null,
  showQueryButton: false,
  resizeable: false,
  editorHeight: "auto",
  extraKeys: {
    ...Yasgui.Yasqe.defaults.extraKeys,
    "Ctrl-Enter": ask,
    "Cmd-Enter": ask,
    // Tab leaves the editor, as it leaves any field.
    Tab: false,
    "Shift-Tab": false,
  },
});
// Whoever lets it ask all the same asks this server.
editor.config.requestConfig.endpoint = new URL("/sparql", location.href).href;
editor.getInputField().setAttribute("aria-label", "A query in SPARQL");
window.filmKG = { editor };

let wrong = [];
let running = null;

function clearWrong() {
  wrong.forEach((each) => each.clear());
  wrong = [];
  editor.getDoc().eachLine((line) => editor.removeLineClass(line, "background", "wrong-line"));
}

/* Marks the place that an error names, from there to the end of the word, and goes there. */
function markWrong(text) {
  const found = PLACE.exec(text);
  if (!found) return;
  const line = Math.min(Number(found[1]) - 1, editor.lastLine());
  const column = Math.min(Number(found[2]) - 1, editor.getLine(line).length);
  editor.addLineClass(line, "background", "wrong-line");
  // One mark is enough: the server's says more.
  editor.clearGutter("gutterErrorBar");
  const end = column + Math.max(1, /^\S*/.exec(editor.getLine(line).slice(column))[0].length);
  wrong.push(editor.getDoc().markText({ line, ch: column }, { line, ch: end }, { className: "wrong" }));
  editor.getDoc().setCursor({ line, ch: column });
  editor.focus();
}

function shown(page) {
  const found = new DOMParser().parseFromString(page, "text/html").getElementById("answer");
  return found ? [...found.childNodes].map((each) => document.adoptNode(each)) : [];
}

function tell(words) {
  state.textContent = words;
}

async function run() {
  running?.abort();
  const mine = (running = new AbortController());
  clearWrong();
  const query = editor.getValue();
  tell("Asking…");
  answer.setAttribute("aria-busy", "true");
  try {
    const response = await fetch("/ask", {
      method: "POST",
      headers: { Accept: "text/html" },
      body: new URLSearchParams({ query }),
      signal: mine.signal,
    });
    answer.replaceChildren(...shown(await response.text()));
    answer.querySelector(".edit")?.remove();
    tell(response.ok ? "" : "No answer");
    if (response.ok) remember(query);
    else markWrong(answer.textContent);
    prepareRaw(query);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    const said = document.createElement("p");
    said.className = "error";
    said.textContent = "The server does not answer.";
    answer.replaceChildren(said);
    tell("No answer");
  }
  if (running === mine) answer.removeAttribute("aria-busy");
}

/* The address shows the query, so that it can be passed on; opened, it is shown there and not asked. */
function remember(query) {
  const address = `/?${new URLSearchParams({ query })}`;
  history.replaceState(null, "", address.length < LONGEST_ADDRESS ? address : "/");
}

function prepareRaw(query) {
  const raw = answer.querySelector(".raw");
  if (!raw) return;
  raw.hidden = false;
  raw.addEventListener(
    "toggle",
    async () => {
      const accept = "application/sparql-results+json, text/turtle";
      const response = await fetch("/sparql", {
        method: "POST",
        headers: { Accept: accept, "Content-Type": "application/sparql-query" },
        body: query,
      });
      raw.querySelector("pre").textContent = await response.text();
    },
    { once: true },
  );
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});

document.querySelectorAll("#catalogue form.question").forEach((question) => {
  question.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new URLSearchParams(new FormData(question));
    given.set("format", "sparql");
    const response = await fetch(`${question.getAttribute("action")}?${given}`, {
      headers: { Accept: "text/html" },
    });
    if (!response.ok) {
      answer.replaceChildren(...shown(await response.text()));
      tell("No answer");
      answer.focus();
      return;
    }
    editor.setValue((await response.json()).query);
    await run();
    answer.focus({ preventScroll: true });
    answer.scrollIntoView({ block: narrow.matches ? "start" : "nearest" });
  });
});

// On a phone the editor is near the top: the questions fold up.
if (narrow.matches) document.querySelectorAll("#catalogue .group").forEach((each) => each.removeAttribute("open"));
