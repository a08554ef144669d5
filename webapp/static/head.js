/* The head of every page: suggestions in the search, and menus that close by themselves. Without it both work too. */

import { suggest } from "./editing-suggestions.js";

for (const input of document.querySelectorAll("[data-search]")) {
  const words = input.parentElement.querySelector("[data-status]");
  input.addEventListener("focus", () => suggest(input, words, input.dataset.search), { once: true });
}

const open = () => document.querySelector(".nav--wide details[open]");

document.addEventListener("keydown", (event) => {
  const menu = open();
  if (event.key !== "Escape" || !menu) return;
  const inside = menu.contains(document.activeElement);
  menu.open = false;
  if (inside) menu.querySelector("summary").focus();
});
for (const left of ["pointerdown", "focusin"]) {
  document.addEventListener(left, (event) => {
    const menu = open();
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
}
