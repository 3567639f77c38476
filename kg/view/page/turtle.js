"use strict";
/* What the page knows of an entity as Turtle: the facts whose subject it is, and those in full. */
const quoted = (text) => JSON.stringify(text).replace(/\u2028|\u2029/g, (c) => "\\u" + c.charCodeAt(0).toString(16));

function turtleOf(id) {
  const node = nodes[id];
  const types = [...new Set([node.type, node.kind])].filter((type) => type !== "Body" || type === node.type);
  const said = [`a ${types.map((type) => "film:" + type).join(", ")}`, `rdfs:label ${quoted(node.name)}`];
  if (node.names.length) said.push(`skos:altLabel ${node.names.map(quoted).join(", ")}`);
  const own = factsOf[id].map((n) => facts[n]).filter((fact) => fact.subject === id);
  const objects = new Map();
  for (const fact of own) {
    const name = "film:" + relations[fact.relation].name;
    if (!objects.has(name)) objects.set(name, new Set());
    objects.get(name).add(fact.turtle);
  }
  for (const [name, values] of objects) said.push(`${name} ${[...values].join(", ")}`);
  const inFull = [...new Set(own.flatMap((fact) => (fact.in_full ? fact.in_full.split("\n") : [])))];
  const body = [`${node.iri} ${said.join(" ;\n    ")} .`, ...inFull].join("\n");
  const used = Object.entries(prefixes).filter(([prefix]) => body.includes(prefix + ":"));
  return used.map(([prefix, base]) => `@prefix ${prefix}: <${base}> .\n`).join("") + "\n" + body + "\n";
}

/* Where the clipboard is closed to the page, the text is marked, to be copied by hand. */
async function copy(text, from) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(from);
    return false;
  }
}
