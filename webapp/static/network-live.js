// Another way of looking without loading the page anew: the server answers the address as always, and what it wrote
// takes the place of what is there. So every link, form and filter works alike with and without this script.

let running = new AbortController();

/** Follows links and forms of this page with `follow(address)`. */
export function catchLinks(follow) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main a[href]");
    const plain = !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || link.download || link.target || !isHere(link.href)) return;
    event.preventDefault();
    follow(link.href);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get" || !isHere(form.action)) return;
    event.preventDefault();
    const address = new URL(form.action);
    address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    follow(address.href);
  });
}

function isHere(href) {
  const { origin, pathname, hash } = new URL(href, location.href);
  return origin === location.origin && pathname === location.pathname && !hash;
}

/**
 * The page and the picture of an address; null if there is no picture in it, and the browser goes there itself.
 * A second question ends the first, which then never answers.
 */
export async function ask(href) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const answer = await fetch(href, { signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const canvas = page.getElementById("network");
    if (!answer.ok || !canvas) return leave(answer.url);
    const data = await fetch(canvas.dataset.source, { signal, headers: { Accept: "application/json" } });
    if (!data.ok) return leave(answer.url);
    return { page, canvas, address: answer.url, payload: await data.json() };
  } catch (error) {
    if (error.name === "AbortError") return new Promise(() => {});
    return leave(href);
  }
}

function leave(href) {
  location.href = href;
  return null;
}

/** Puts the parts of a page that was asked for in the place of those that are shown; the focus stays where it was. */
export function exchange(page) {
  const here = document.activeElement;
  const [id, key] = [here?.id, here?.dataset?.key];
  document.title = page.title;
  for (const part of document.querySelectorAll("[data-live], .switch, .notices")) {
    const other = part.id ? page.getElementById(part.id) : page.querySelector(`.${part.className}`);
    if (!other) continue;
    const [before, after] = [part, other].map((one) => [...one.querySelectorAll("details")]);
    if (before.length === after.length) before.forEach(({ open }, i) => { after[i].open = open; });
    part.replaceWith(document.importNode(other, true));
  }
  if (here?.isConnected) return;
  const again = (id && document.getElementById(id)) || (key && document.querySelector(`[data-key="${CSS.escape(key)}"]`));
  again?.focus({ preventScroll: true });
}

/** This address with some parameters changed: a text, a list, or null to take it out. */
export function addressWith(changes, base = location.href) {
  const address = new URL(base, location.href);
  for (const [name, value] of Object.entries(changes)) {
    address.searchParams.delete(name);
    for (const one of [value].flat()) if (one) address.searchParams.append(name, one);
  }
  return address.href;
}
