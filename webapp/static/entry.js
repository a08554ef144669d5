// What takes longer than a page may: fetched when the page stands. Without it a link leads to the same.
const fetched = new Map(); // by address: several places of a page may wait for parts of one

requestAnimationFrame(() => requestAnimationFrame(() => {
  for (const place of document.querySelectorAll("[data-later]")) {
    // What costs much is asked for when somebody unfolds it; all else at once, as paper shows what is folded away too.
    const folded = place.hasAttribute("data-unfolded") && place.closest("details:not([open])");
    if (folded) folded.addEventListener("toggle", () => fill(place), { once: true });
    else fill(place);
  }
}));

async function fill(place) {
  const address = place.dataset.later;
  if (!fetched.has(address)) fetched.set(address, fetchPage(address));
  const later = await fetched.get(address);
  // A place with an id waits for what has its id there, any other for all that comes.
  const part = place.id ? later?.getElementById(place.id) : later?.body;
  if (part) place.replaceChildren(...[...part.children].map((one) => document.adoptNode(one)));
}

/** The page at that address; null of no answer or half of one: the page was left, or is offline. */
async function fetchPage(address) {
  const text = await fetch(address).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
  return text === null ? null : new DOMParser().parseFromString(text, "text/html");
}
