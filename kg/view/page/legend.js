"use strict";
/* The legend, which also filters: kinds of entities, relations, groups. */
const MOST_GROUPS = 12;

function checkBox(name, onChange, ...children) {
  const box = make("input");
  box.type = "checkbox";
  box.value = name;
  box.addEventListener("change", onChange);
  return [box, make("label", "", box, ...children)];
}

function fillKinds() {
  const count = new Map();
  for (const { kind } of nodes) count.set(kind, (count.get(kind) ?? 0) + 1);
  return kinds.map(({ kind, shape }) => {
    const number = make("span", "quiet", count.get(kind).toLocaleString("en"));
    const [box, label] = checkBox(kind, () => toggle("hide", kind), symbol(kind, shape), kind, number);
    byId("kinds").append(label);
    return box;
  });
}

function fillRelations() {
  return relations
    .filter((relation) => relation.edges)
    .map((relation) => {
      const words = relation.derived ? relation.label + " (derived)" : relation.label;
      const number = make("span", "quiet", relation.count.toLocaleString("en"));
      const [box, label] = checkBox(relation.name, () => toggle("flip", relation.name), words, number);
      byId("relations").append(label);
      return box;
    });
}

/* The largest groups by the name of their best connected member. */
function fillGroups() {
  const section = byId("groups");
  section.hidden = groups.length < 2;
  const onChange = () => go({ by: state.by ? null : "group" });
  const [box, label] = checkBox("group", onChange, "Colour by group");
  byId("colour").append(label);
  groups.slice(0, MOST_GROUPS).forEach((group, n) => {
    const spot = make("span", "spot");
    spot.dataset.group = n < GROUPS_WITH_COLOUR ? String(n) : "";
    const number = make("span", "quiet", group.size.toLocaleString("en"));
    const button = makeButton("group", () => showGroup(n), spot, make("bdi", "", group.name), number);
    button.title = "Around " + group.name.slice(0, LONGEST);
    byId("group-list").append(inItem(button));
  });
  return box;
}

const kindBoxes = fillKinds();
const relationBoxes = fillRelations();
const groupBox = fillGroups();

function tickLegend() {
  for (const box of kindBoxes) box.checked = !state.hide.includes(box.value);
  for (const box of relationBoxes) {
    box.checked = isOn(relations.find(({ name }) => name === box.value));
  }
  groupBox.checked = state.by === "group";
  document.body.classList.toggle("by-group", state.by === "group");
}

byId("legend").open = innerWidth > 760;
