"use strict";
/* What the editor knows of film-kg: its prefixes, declared or not, and the classes and properties to complete. */

const prefixes = JSON.parse(document.getElementById("query").dataset.prefixes);
const vocabulary = fetch("/terms.json").then(
  (response) => (response.ok ? response.json() : {}),
  () => ({}),
);
const NO_TERM = new Set(["string", "comment", "variable-2", "variable-3", "number"]);

function follows(editor, token) {
  return editor.getPreviousNonWsToken(editor.getDoc().getCursor().line, token)?.string.toUpperCase() === "PREFIX";
}

/* A name that is being typed: `film:dir`, `fil`, but neither ?variable, <iri>, "text" nor # comment. */
function isName(editor) {
  const token = editor.getCompleteToken();
  return !NO_TERM.has(token.type) && /^[\w-]*:?[\w-]*$/.test(token.string) && /\w/.test(token.string);
}

Yasgui.Yasqe.registerAutocompleter(
  {
    name: "film-kg",
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: isName,
    async get(editor, token) {
      const typed = token.string.toLowerCase();
      if (follows(editor, token)) {
        return Object.entries(prefixes)
          .map(([name, namespace]) => `${name}: <${namespace}>`)
          .filter((each) => each.startsWith(typed));
      }
      const names = Object.keys(await vocabulary);
      if (!typed.includes(":")) {
        const starting = Object.keys(prefixes).map((name) => `${name}:`);
        const local = names.filter((name) => name.toLowerCase().split(":")[1]?.startsWith(typed));
        return [...starting.filter((name) => name.startsWith(typed)), ...local];
      }
      return names.filter((name) => name.toLowerCase().startsWith(typed) && name !== token.string);
    },
  },
  false,
);

/* The SPARQL of the editor, for which a query need not declare our prefixes: nor does it for the server. */
Yasgui.Yasqe.defineMode("film-kg", (config) => {
  const sparql = Yasgui.Yasqe.getMode(config, "sparql11");
  return { ...sparql, startState: () => ({ ...sparql.startState(), prefixes: { ...prefixes } }) };
});
