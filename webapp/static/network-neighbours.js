// The list of neighbours beside a picture.
import { shortened } from "./network-names.js";

/**
 * The neighbours of the selection as a list of buttons: the keyboard's way of walking the network.
 * `status` carries its words in data-one and data-many; `icons` is a template with one drawn shape per kind.
 * With `pick(id)` each neighbour can be added to a list of several, in the words of the template's data.
 */
export function showNeighbours(picture, id, { list, status, icons, pick }) {
  list.replaceChildren();
  status.textContent = "";
  if (!id) return;
  const neighbours = picture.neighbours(id);
  const { one, many } = status.dataset;
  const name = document.createElement("bdi");
  name.textContent = shortened(picture.nodes.get(id).label, 120);
  status.append(name, ` – ${neighbours.length === 1 ? one : many.replace("{count}", neighbours.length)}`);
  for (const node of neighbours) list.append(neighbourItem(picture, node, { list, icons, pick }));
}

function neighbourItem(picture, node, { list, icons, pick }) {
  const [item, button, name] = ["li", "button", "bdi"].map((tag) => document.createElement(tag));
  name.textContent = shortened(node.label, 120);
  button.type = "button";
  button.append(name);
  button.addEventListener("click", () => {
    picture.select(node.id, { centre: true });
    list.querySelector("button")?.focus(); // the button that was pressed has made room for the new neighbours
  });
  const icon = icons.content.querySelector(`[data-kind="${node.group}"]`);
  item.append(...[icon?.cloneNode(true), button, pick && addButton(picture, node, icons, pick)].filter(Boolean));
  return item;
}

/** "dazu": takes a neighbour into the list of several, or out of it. */
function addButton(picture, node, icons, pick) {
  const button = document.createElement("button");
  const picked = picture.picked.has(node.id);
  const word = picked ? icons.dataset.added : icons.dataset.add;
  button.type = "button";
  button.className = "network-add";
  button.textContent = picked ? "✓" : "+";
  button.title = word;
  button.ariaPressed = String(picked);
  button.ariaLabel = `${node.label}: ${word}`;
  button.addEventListener("click", () => pick(node.id));
  return button;
}
