"use strict";
/* Elements. What documents say reaches them as text, never as markup. */
const byId = (id) => document.getElementById(id);

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function makeButton(className, onClick, ...children) {
  const element = make("button", className, ...children);
  element.type = "button";
  element.addEventListener("click", onClick);
  return element;
}

const inItem = (...children) => make("li", "", ...children);

const OUTLINES = {
  square: "1,1 11,1 11,11 1,11",
  diamond: "6,0 12,6 6,12 0,6",
  triangle: "6,0 12,11 0,11",
  triangleDown: "0,1 12,1 6,12",
  star: "6,0 7.6,4 12,4.5 8.7,7.3 9.7,11.8 6,9.4 2.3,11.8 3.3,7.3 0,4.5 4.4,4",
  hexagon: "3,1 9,1 12,6 9,11 3,11 0,6",
};

/* The shape of a kind of entity, coloured by the style sheet. */
function symbol(kind, shape) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const outline = document.createElementNS(space, OUTLINES[shape] ? "polygon" : "circle");
  const traits = OUTLINES[shape] ? { points: OUTLINES[shape] } : { cx: 6, cy: 6, r: 5.5 };
  for (const [name, value] of Object.entries(traits)) outline.setAttribute(name, value);
  outline.setAttribute("fill", colourOf(kind));
  outline.dataset.kind = kind;
  drawing.setAttribute("viewBox", "0 0 12 12");
  drawing.setAttribute("class", "symbol");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(outline);
  return drawing;
}

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colourOf = (kind) => css("--kind-" + kind.toLowerCase()) || css("--kind-thing");

/* Colours as a canvas wants them; read again when it gets light or dark. */
const GROUPS_WITH_COLOUR = 8;
let colours = {};
function readColours() {
  colours = { ground: css("--ground"), ink: css("--ink"), quiet: css("--quiet"), line: css("--line") };
  colours.path = css("--path");
  colours.kinds = new Map(kinds.map(({ kind }) => [kind, colourOf(kind)]));
  colours.other = css("--kind-thing");
  colours.groups = Array.from({ length: GROUPS_WITH_COLOUR }, (_, n) => css("--group-" + n));
  document.querySelectorAll("[data-kind]").forEach((s) => s.setAttribute("fill", colourOf(s.dataset.kind)));
}
