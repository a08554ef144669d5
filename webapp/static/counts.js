/* Counts that take a moment come after the page. */

for (const place of document.querySelectorAll("[data-count]")) {
  fetch(place.dataset.count, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : { count: "" }))
    .then(({ count }) => { place.textContent = count.toLocaleString(document.documentElement.lang); })
    .catch(() => {}); // offline: the tile stands without its number
}
