// The list of neighbours beside a picture.
import { shortened } from "./network-names.js";

/**
 * The neighbours of the selection as a list of buttons: the keyboard's way of walking the network.
 * `status` carries its words in data-one and data-many; `icons` is a template with one drawn shape per kind.
 */
export function showNeighbours(picture, id, { list, status, icons }) {
  list.replaceChildren();
  status.textContent = "";
  if (!id) return;
  const neighbours = picture.neighbours(id);
  const { one, many } = status.dataset;
  const name = document.createElement("bdi");
  name.textContent = shortened(picture.nodes.get(id).label, 120);
  status.append(name, ` – ${neighbours.length === 1 ? one : many.replace("{count}", neighbours.length)}`);
  for (const node of neighbours) list.append(neighbourItem(picture, node, list, icons));
}

function neighbourItem(picture, node, list, icons) {
  const [item, button, name] = ["li", "button", "bdi"].map((tag) => document.createElement(tag));
  name.textContent = shortened(node.label, 120);
  button.type = "button";
  button.append(name);
  button.addEventListener("click", () => {
    picture.select(node.id, { centre: true });
    list.querySelector("button")?.focus(); // the button that was pressed has made room for the new neighbours
  });
  const icon = icons.content.querySelector(`[data-kind="${node.group}"]`);
  item.append(...[icon?.cloneNode(true), button].filter(Boolean));
  return item;
}
