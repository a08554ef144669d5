// The live map over the plain one: move, come nearer, see what is at a place. Everything in it stands in the list below, too.

const frame = document.getElementById("map");
const hasColours = "colours" in frame.dataset;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function element(name, text, attributes = {}) {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function popup({ name, page, kind, found, metres, colours }) {
  const box = element("div");
  const title = element("p");
  title.append(page ? element("a", name, { href: page }) : name);
  box.append(title);
  const facts = [kind, ...Object.entries(found).map(([type, count]) => `${frame.dataset[word(type)]}: ${count}`)];
  if (metres !== null) facts.push(`${frame.dataset.wordsMetres}: ${metres}`);
  if (colours.length) facts.push(`${frame.dataset.wordsColours}: ${colours.map((one) => one.name).join(", ")}`);
  for (const fact of facts.filter(Boolean)) box.append(element("p", fact));
  return box;
}

function word(type) {
  return `words${type[0].toUpperCase()}${type.slice(1)}`;
}

function outline(map, feature) {
  const isArea = feature.geometry.type.includes("Polygon");
  const className = `map-outline map-outline--${isArea ? "area" : "line"}`;
  const layer = L.geoJSON(feature, { interactive: false, style: { className } }).addTo(map);
  if (isArea) layer.bringToBack();
  return layer.getBounds();
}

function marker(map, feature) {
  const { name, count, colours } = feature.properties;
  const size = Math.round(14 + Math.sqrt(Math.min(count, 25)) * 5);
  const look = !count ? " map-marker--bare" : hasColours && !colours.length ? " map-marker--plain" : "";
  const html = element("span");
  if (colours.length) html.append(pie(size - 4, colours.map(({ number }) => number)));
  if (count > 1) html.append(element("span", String(count), { class: "map-marker__count" }));
  const icon = L.divIcon({ className: `map-marker${look}`, iconSize: [size, size], html });
  const [longitude, latitude] = middle(feature.geometry);
  const point = L.marker([latitude, longitude], { icon, title: name, alt: name, keyboard: true });
  point.bindPopup(() => popup(feature.properties)).addTo(map);
  return [feature.id.split("/")[1], point];
}

// A disc of as many slices as there are colours: each a thick line round the middle, of which it shows its part.
function pie(size, numbers) {
  const svg = drawn("svg", { class: "map-pie", viewBox: `0 0 ${size} ${size}`, width: size, height: size, "aria-hidden": true });
  for (const [i, number] of numbers.entries()) {
    const part = { pathLength: numbers.length, "stroke-dasharray": `1 ${numbers.length - 1}`, "stroke-dashoffset": -i };
    const disc = { cx: size / 2, cy: size / 2, r: size / 4, "stroke-width": size / 2 };
    svg.append(drawn("circle", { class: `map-part map-part--${number}`, ...disc, ...part }));
  }
  return svg;
}

function drawn(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function middle(geometry) {
  return geometry.type === "Point" ? geometry.coordinates : geometry.coordinates[0];
}

// Pointing at a line of the list shows where it is.
function tie(points) {
  for (const [slug, point] of points) {
    const row = document.getElementById(`spot-${slug}`);
    const show = (on) => point.getElement()?.classList.toggle("is-named", on);
    row?.addEventListener("pointerenter", () => show(true));
    row?.addEventListener("pointerleave", () => show(false));
    row?.addEventListener("focusin", () => show(true));
    row?.addEventListener("focusout", () => show(false));
  }
}

async function begin() {
  const found = await fetch(frame.dataset.source).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  if (!found) return; // the plain map stays
  const { features } = found;
  const live = element("div", "", { class: "map__live" });
  frame.prepend(live);
  frame.classList.add("is-live");
  const map = L.map(live, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomAnimation: !still, fadeAnimation: !still });
  L.control.zoom({ zoomInTitle: frame.dataset.wordsIn, zoomOutTitle: frame.dataset.wordsOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (frame.dataset.tiles) {
    L.control.attribution({ prefix: false }).addTo(map);
    L.tileLayer(frame.dataset.tiles, { attribution: element("span", frame.dataset.attribution).innerHTML, maxZoom: 19 }).addTo(map);
  }
  const spots = features.filter((one) => one.properties.role === "spot");
  const around = L.latLngBounds(spots.map((one) => middle(one.geometry).toReversed()));
  for (const one of features) if (one.properties.role === "outline") around.extend(outline(map, one));
  map.fitBounds(around, { padding: [24, 24], maxZoom: 17 });
  // Big ones first, so that small ones stay within reach.
  spots.sort((one, other) => other.properties.count - one.properties.count);
  tie(spots.map((one) => marker(map, one)));
}

begin();
