// A list of several nodes, chosen one after the other; it stands in the address as `pick`.
import { addressWith } from "./network-live.js";

const FEWEST = 2;
const MOST = 5; // actors that can be asked about at once

export class Picks {
  /** `changed()` hears that the list is another one. */
  constructor(picture, changed) {
    this.picture = picture;
    this.changed = changed;
    this.element = document.getElementById("network-picks");
    this.part = (name) => document.getElementById(`network-${name}`);
    this.part("unpick").addEventListener("click", () => this.set([]));
    this.read();
  }

  /** Takes the list from the address. */
  read() {
    this.picture.picked = new Set(new URLSearchParams(location.search).getAll("pick"));
    this.show();
  }

  toggle(id) {
    const picked = new Set(this.picture.picked);
    if (!picked.delete(id)) picked.add(id);
    this.set(picked);
  }

  set(ids) {
    this.picture.picked = new Set(ids);
    history.replaceState(null, "", addressWith({ pick: [...ids] }));
    this.picture.changed();
    this.picture.vis.redraw();
    this.show();
    this.changed();
  }

  show() {
    const ids = [...this.picture.picked];
    this.element.hidden = !ids.length;
    this.part("picked").replaceChildren(...ids.map((id) => this.item(id)));
    const actors = ids.filter((id) => id.startsWith("actor/"));
    this.part("shared").hidden = actors.length < FEWEST || actors.length > MOST;
    this.part("shared").href = addressWith({ actor: actors }, this.part("shared").pathname);
    this.part("only").href = addressWith({ highlight: ids, selected: null });
    const list = new URL(location.href);
    list.pathname = this.part("list").pathname;
    this.part("list").href = list.href;
  }

  item(id) {
    const [item, button, name] = ["li", "button", "bdi"].map((tag) => document.createElement(tag));
    name.textContent = this.picture.nodes.get(id)?.label || id.split("/")[1];
    button.type = "button";
    button.textContent = "×";
    button.ariaLabel = `${name.textContent}: ${this.part("picked").dataset.remove}`;
    button.className = "network-add";
    button.addEventListener("click", () => this.toggle(id));
    item.append(name, button);
    return item;
  }
}
