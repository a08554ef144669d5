// The explorer page round its picture: what is chosen, and every other way of looking. The server works out the rest.
import { listenForKeys, savePng, toggleFullScreen } from "./network-keys.js";
import { addressWith, ask, catchLinks, exchange } from "./network-live.js";
import { showNeighbours } from "./network-neighbours.js";
import { Picks } from "./network-picks.js";
import { draw } from "./network-picture.js";
import { Pins } from "./network-pins.js";
import { timeline } from "./network-time.js";

const byId = (id) => document.getElementById(`network${id ? `-${id}` : ""}`);
const element = byId("");
let picture;
let picks;
let pins;
let time;

start().catch(() => { byId("failed").hidden = false; });

async function start() {
  const [answer] = await Promise.all([fetch(element.dataset.source, { headers: { Accept: "application/json" } }), seen().then(load)]);
  if (!answer.ok) throw new Error(`${answer.status}`);
  picture = await draw(element, await answer.json(), {
    select: (id) => chosen(id), pick: (id) => picks.toggle(id), open: (id) => unfold(id), moved: (before) => pins.keep(before),
  });
  pins = new Pins(picture, element);
  picks = new Picks(picture, () => chosen(picture.selected, { remember: false }));
  time = timeline(byId("time"), (years) => go(addressWith(years), { remember: "replace" }));
  chosen(selectedInAddress(), { remember: false });
  listen();
  ready();
}

/** Once the page is on the screen. */
function seen() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Brings what draws (`vis`): to read 430 KB of script takes as long as to show the whole page without its picture. */
function load() {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: element.dataset.drawing, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

function listen() {
  catchLinks((address) => go(address));
  addEventListener("popstate", () => go(location.href, { remember: "" }));
  document.addEventListener("click", ({ target }) => act(target.closest?.("[data-do]")?.dataset.do));
  document.addEventListener("fullscreenchange", () => setTimeout(() => picture.camera.fit(), 150));
  listenForKeys({
    1: steps, 2: steps, 3: steps, f: () => act("full"), "?": () => act("help"), undo: () => pins.undo(),
    e: () => picture.centre && unfold(picture.selected || picture.hovered),
    l: () => (picture.selected || element.dataset.focus) && picks.toggle(picture.selected || element.dataset.focus),
  });
}

function act(name) {
  ({
    in: () => picture.camera.zoom(1.25), out: () => picture.camera.zoom(0.8), fit: () => picture.camera.fit(),
    full: () => toggleFullScreen(byId("frame")), help: () => byId("help").showModal(),
    png: () => savePng(element, "netz.png"), unpin: async () => (await pins.reset()) && go(location.href, { remember: "", fit: true }),
  })[name]?.();
}

/** Looks at the network in another way; what was chosen stays chosen as long as it is there. */
async function go(address, { remember = "push", fit = false } = {}) {
  const asked = new URL(address);
  const isLit = asked.search.includes("highlight="); // what is chosen would fade what is highlighted
  const kept = { pick: [...picture.picked], selected: asked.searchParams.get("selected") || (isLit ? null : picture.selected) };
  const found = await ask(remember ? addressWith({ pick: [], selected: null }, address) : address);
  if (!found) return;
  const isOther = found.canvas.dataset.frame !== element.dataset.frame;
  for (const name of ["source", "focus", "frame", "places"]) element.dataset[name] = found.canvas.dataset[name];
  if (isOther || !found.payload.nodes.some(({ id }) => id === kept.selected)) kept.selected = null;
  if (remember) history[`${remember}State`](null, "", addressWith(kept, found.address));
  exchange(found.page);
  picture.update(found.payload, { fit: fit || isOther });
  picks.read();
  time.show();
  byId("heard").textContent = byId("share").textContent;
  chosen(selectedInAddress(), { remember: false });
  ready();
}

/** The page is complete: what only works with a script appears. */
function ready() {
  for (const one of document.querySelectorAll("#network-tools > [hidden], [data-do=png]")) one.hidden = false;
  requestAnimationFrame(() => {
    document.documentElement.dataset.networkReady = "true";
    document.documentElement.dataset.networkViews = Number(document.documentElement.dataset.networkViews || 0) + 1;
  });
}

function selectedInAddress() {
  const id = new URLSearchParams(location.search).get("selected");
  return picture.nodes.has(id) ? id : null;
}

/** Shows what was chosen, and puts it into the address, so that "back" undoes looking. */
function chosen(id, { remember = true } = {}) {
  if (id !== picture.selected) picture.select(id, { quiet: true });
  describe(id || element.dataset.focus);
  if (remember && id !== new URLSearchParams(location.search).get("selected")) {
    history.pushState(null, "", addressWith({ selected: id }));
    picks.show();
  }
}

/** The panel beside the picture: what is chosen, else the focus, else how to choose. */
function describe(id) {
  const parts = { list: byId("neighbours"), status: byId("status"), icons: byId("icons"), pick: (one) => picks.toggle(one) };
  const there = picture.nodes.has(id) ? id : null;
  showNeighbours(picture, there, parts);
  byId("actions").hidden = !there;
  byId("hint").hidden = Boolean(there);
  if (there) offer(there, there === element.dataset.focus);
}

/** What can be done with the one that is chosen. */
function offer(id, isFocus) {
  const node = picture.nodes.get(id);
  byId("centre").hidden = isFocus;
  byId("centre").href = addressWith({ focus: id, selected: null, open: null });
  byId("unfold").hidden = isFocus || !(node.more || node.opened);
  byId("unfold").textContent = node.opened ? byId("unfold").dataset.fold : `${byId("unfold").dataset.unfold} (${node.more})`;
  byId("unfold").href = foldAddress(id);
  byId("pick").hidden = false;
  byId("pick").textContent = picture.picked.has(id) ? byId("pick").dataset.out : byId("pick").dataset.in;
  byId("pick").onclick = () => picks.toggle(id);
  const [segment, slug] = id.split("/");
  byId("entry").href = byId("entry").dataset.address.replace("SEGMENT", segment).replace("SLUG", slug);
  offerToActor(id, isFocus);
}

/** Ways and ties begin at actors; with another actor in the middle it is the other end. */
function offerToActor(id, isFocus) {
  const { focus } = element.dataset;
  const isActor = (one) => one?.startsWith("actor/");
  const other = !isFocus && isActor(focus) ? focus : null;
  byId("way").hidden = !isActor(id);
  const tie = byId("tie"); // only for who may enter one
  if (tie) {
    tie.hidden = byId("way").hidden;
    tie.href = addressWith({ actor: id, with: other }, tie.dataset.address);
  }
  byId("way").href = addressWith({ actor: [other, id].filter(Boolean) }, byId("way").dataset.address);
}

/** Unfolds the neighbours of a node in their place, or folds them; elsewhere than round a focus it takes the middle. */
function unfold(id) {
  const node = picture.nodes.get(id);
  if (!element.dataset.focus) go(addressWith({ focus: id, selected: null, view: "all" }));
  else if (id !== element.dataset.focus && (node?.more || node?.opened)) go(foldAddress(id));
}

function foldAddress(id) {
  const open = new URLSearchParams(location.search).getAll("open");
  return addressWith({ open: open.includes(id) ? open.filter((one) => one !== id) : [...open, id] });
}

/** The digits 1 to 3 set the steps around what is chosen, else around the focus. */
function steps(key) {
  const focus = picture.selected || element.dataset.focus;
  if (focus) go(addressWith({ focus, steps: key, selected: null, open: null }));
}
