// The explorer page around its picture: selection, neighbours, zoom, history. The server does everything else.
import { showNeighbours } from "./network-neighbours.js";
import { draw } from "./network-picture.js";

const byId = (id) => document.getElementById(`network${id ? `-${id}` : ""}`);
const element = byId("");
const parts = { list: byId("neighbours"), status: byId("status"), icons: byId("icons") };
let picture;

start().catch(() => { byId("failed").hidden = false; });

async function start() {
  const answer = await fetch(element.dataset.source, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  picture = await draw(element, await answer.json(), chosen);
  const selected = selectedInAddress();
  if (selected) chosen(selected, { remember: false });
  byId("zoom").hidden = false;
  listen();
  requestAnimationFrame(() => { document.documentElement.dataset.networkReady = "true"; });
}

function listen() {
  for (const button of document.querySelectorAll("[data-zoom]")) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener("click", () => (factor ? picture.zoom(factor) : picture.fit()));
  }
  document.querySelector("[data-png]").addEventListener("click", (event) => savePng(event.currentTarget.dataset.png));
  document.addEventListener("keydown", steps);
  addEventListener("popstate", () => chosen(selectedInAddress(), { remember: false }));
}

function selectedInAddress() {
  const id = new URLSearchParams(location.search).get("selected");
  return picture.nodes.has(id) ? id : null;
}

/** Shows what was chosen, and puts it into the address, so that "back" undoes looking. */
function chosen(id, { remember = true } = {}) {
  if (id !== picture.selected) picture.select(id, { quiet: true });
  const { focus } = element.dataset;
  describe(id || focus, { isFocus: !id || id === focus });
  if (remember) history.pushState(null, "", addressWith({ selected: id }));
}

/** The panel beside the picture: what is chosen, else the focus, else how to choose. */
function describe(id, { isFocus }) {
  showNeighbours(picture, id, parts);
  byId("actions").hidden = !id;
  byId("hint").hidden = Boolean(id);
  byId("centre").hidden = isFocus;
  if (!id) return;
  byId("centre").href = addressWith({ focus: id, selected: null });
  const [segment, slug] = id.split("/");
  byId("entry").href = byId("entry").dataset.address.replace("SEGMENT", segment).replace("SLUG", slug);
  offerTie(id, isFocus);
}

/** The way to enter a tie: from the chosen actor, with the one in the middle ticked already. */
function offerTie(id, isFocus) {
  const link = byId("tie");
  const { focus } = element.dataset;
  const isActor = (one) => one?.startsWith("actor/");
  link.hidden = !isActor(id);
  const address = new URL(link.dataset.address, location.href);
  address.searchParams.set("actor", id);
  if (!isFocus && isActor(focus)) address.searchParams.set("with", focus);
  link.href = address.href;
}

function addressWith(changes) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  return address.href;
}

/** The digits 1 to 3 set the steps around the focus, or around what is chosen. */
function steps(event) {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (!/^[123]$/.test(event.key) || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const link = document.querySelector(`[data-steps="${event.key}"]`);
  if (picture.selected) location.href = addressWith({ focus: picture.selected, steps: event.key, selected: null });
  else if (link) location.href = link.href;
}

function savePng(name) {
  const drawn = element.querySelector("canvas");
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [drawn.width, drawn.height];
  const c = sheet.getContext("2d");
  c.fillStyle = getComputedStyle(element).backgroundColor;
  c.fillRect(0, 0, sheet.width, sheet.height);
  c.drawImage(drawn, 0, 0);
  sheet.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
