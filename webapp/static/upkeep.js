/* Makes upkeep quicker: suggestions while typing, ticking from the keyboard. Without it all of it works by buttons. */

import { suggest } from "./editing-suggestions.js";

const NEW = /^(?:neu|new): /;

for (const input of document.querySelectorAll("[data-choices]")) {
  suggest(input, input.form.querySelector("[data-status]"));
  input.addEventListener("keydown", choose);
}

/* Enter on a typed text marks the first suggestion, and a second Enter takes it: nobody is taken unseen. */
function choose(event) {
  const input = event.currentTarget;
  if (event.key !== "Enter" || event.defaultPrevented || !input.value.trim()) return;
  if ("taken" in input.dataset) return;
  event.preventDefault();
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
}

/* Who is there: taking a suggestion goes on at once. A suggestion sends an "input" of its own making. */
for (const input of document.querySelectorAll("[data-go]")) {
  input.addEventListener("input", (event) => {
    delete input.dataset.taken;
    if (event.isTrusted) return;
    input.dataset.taken = "";
    input.form.requestSubmit();
  });
}

for (const box of document.querySelectorAll("[data-ticks]")) {
  const input = box.querySelector("[data-choices]");
  box.querySelector("[data-search]").remove(); // Enter is then the button that finishes
  input.addEventListener("input", (event) => {
    if (event.isTrusted || !input.value) return;
    tick(box, input.value);
    input.value = "";
  });
}

function tick(box, text) {
  const words = box.querySelector("[data-status]");
  const chosen = box.querySelector("#ticks-chosen");
  const known = [...box.querySelectorAll("input[type=checkbox]")].find((one) => one.value === text);
  const item = known?.closest("li") ?? newTick(text);
  item.querySelector("input").checked = true;
  chosen.querySelector("ul").append(item);
  chosen.hidden = false;
  words.textContent = words.dataset.ticked.replace("{name}", text.replace(NEW, ""));
}

function newTick(text) {
  const [item, label, input, name] = ["li", "label", "input", "bdi"].map((tag) => document.createElement(tag));
  label.className = "tick";
  Object.assign(input, { type: "checkbox", name: "with", value: text });
  name.textContent = text.replace(NEW, "");
  label.append(input, " ", name);
  item.append(label);
  return item;
}

for (const button of document.querySelectorAll("[data-tick-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const one of button.form.querySelectorAll("[name=entry]")) one.checked = true;
  });
}
