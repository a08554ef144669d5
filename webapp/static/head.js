/* The head of every page: suggestions in the search, and menus that close by themselves; and counts that take a moment.
   Without it all of it works too. */

for (const input of document.querySelectorAll("[data-search]")) {
  const words = input.parentElement.querySelector("[data-status]");
  const begin = async () => {
    const before = input.value;
    const { suggest } = await import("./editing-suggestions.js");
    suggest(input, words, input.dataset.search);
    if (input.value !== before) input.dispatchEvent(new Event("input")); // somebody types faster than scripts come
  };
  if (document.activeElement === input) begin();
  else input.addEventListener("focus", begin, { once: true });
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

/* Two frames on, when the page is seen. */
requestAnimationFrame(() => requestAnimationFrame(() => {
  for (const place of document.querySelectorAll("[data-count]")) {
    fetch(place.dataset.count, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : { count: "" }))
      .then(({ count }) => { place.textContent = count.toLocaleString(document.documentElement.lang); })
      .catch(() => {}); // offline: the tile stands without its number
  }
}));
