// Draws one network on a canvas: vis-network keeps nodes, zoom and hit test; edges and labels are painted here,
// because one path for all edges redraws three times faster and labels must not cover each other.
// Used by the explorer page and, inlined, by the one-file picture: therefore no imports.

const LABELS_AT_ONCE = 46;
const LABELS_NEAR = 60;
const PROMINENT = 12; // biggest nodes, named even where the name covers another node
const CROWDED = 400; // nodes from which on names may cover other nodes, because looking costs too much
const MARGIN = 44; // px kept free round a fitted picture
const NAME_ASIDE = 120; // the same left and right where names stand beside their nodes
const SMALLEST_LABELLED = 5.5; // px radius on screen below which a node of a large picture stays unnamed

const SHAPES = {
  dot: (c, x, y, r) => c.arc(x, y, r, 0, 2 * Math.PI),
  square: (c, x, y, r) => c.rect(x - r, y - r, 2 * r, 2 * r),
  diamond: (c, x, y, r) => corners(c, x, y, r, 4, 0),
  triangle: (c, x, y, r) => corners(c, x, y + r / 4, r * 1.15, 3, -Math.PI / 2),
  triangleDown: (c, x, y, r) => corners(c, x, y - r / 4, r * 1.15, 3, Math.PI / 2),
  hexagon: (c, x, y, r) => corners(c, x, y, r, 6, 0),
  star: (c, x, y, r) => star(c, x, y, r * 1.2),
};

function corners(c, x, y, r, n, turn) {
  for (let i = 0; i < n; i++) {
    const angle = turn + (2 * Math.PI * i) / n;
    c.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  c.closePath();
}

function star(c, x, y, r) {
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (Math.PI * i) / 5;
    const reach = i % 2 ? r * 0.45 : r;
    c.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  c.closePath();
}

/** The colours of the page's style sheet, so that light, dark and print need no second list here. */
function palette(element, groups) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--network-${name}`).trim();
  return {
    ground: colour("ground"), ink: colour("ink"), edge: colour("edge"), chosen: colour("chosen"),
    font: style.fontFamily, group: Object.fromEntries(groups.map((name) => [name, colour(name)])),
  };
}

/** Neighbours by node id: [{id, edge}], in the order of the edges. */
function neighbourhood(payload) {
  const near = new Map(payload.nodes.map((node) => [node.id, []]));
  for (const edge of payload.edges) {
    near.get(edge.from).push({ id: edge.to, edge });
    near.get(edge.to).push({ id: edge.from, edge });
  }
  return near;
}

class Picture {
  constructor(element, payload, onSelect) {
    this.element = element;
    this.nodes = new Map(payload.nodes.map((node) => [node.id, node]));
    this.edges = payload.edges;
    this.near = neighbourhood(payload);
    this.bySize = [...payload.nodes].sort((a, b) => b.size - a.size);
    this.prominent = new Set(this.bySize.slice(0, PROMINENT).map((node) => node.id));
    this.lit = new Set(payload.nodes.filter((node) => node.lit).map((node) => node.id));
    this.onSelect = onSelect;
    this.selected = this.hovered = null;
    this.redraws = 0;
    this.groups = [...new Set(payload.nodes.map((node) => node.group))];
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.vis = this.start(payload);
    this.paintEdges();
    this.listen();
    this.fit();
  }

  start(payload) {
    this.colours = palette(this.element, this.groups);
    const bare = payload.nodes.map(({ id, x, y, size, shape, group }) => ({ id, x, y, size, shape, group }));
    const options = { ...payload.options, groups: this.groupStyles() };
    options.interaction = { ...options.interaction, hover: true, keyboard: false, tooltipDelay: 1e6 };
    options.nodes = { ...options.nodes, borderWidth: 0, chosen: false };
    const nodes = new vis.DataSet(bare);
    const network = new vis.Network(this.element, { nodes, edges: new vis.DataSet([]) }, options);
    network.canvas.frame.tabIndex = -1; // the element around it is the one tab stop
    return network;
  }

  groupStyles() {
    return Object.fromEntries(this.groups.map((name) => [name, { color: this.colours.group[name] }]));
  }

  /** Edges of one width and dash share one path; rebuilt only when a node was moved. */
  paintEdges() {
    this.paths = new Map();
    for (const edge of this.edges) {
      const key = `${edge.width || 1}|${edge.dashed ? 1 : 0}`;
      if (!this.paths.has(key)) this.paths.set(key, new Path2D());
      const [from, to] = [this.nodes.get(edge.from), this.nodes.get(edge.to)];
      const path = this.paths.get(key);
      path.moveTo(from.x, from.y);
      path.lineTo(to.x, to.y);
    }
  }

  listen() {
    this.vis.on("beforeDrawing", (c) => this.drawEdges(c));
    this.vis.on("afterDrawing", (c) => this.drawAbove(c));
    this.vis.on("click", ({ nodes }) => this.select(nodes[0] || null));
    this.vis.on("hoverNode", ({ node }) => this.hover(node));
    this.vis.on("blurNode", () => this.hover(null));
    this.vis.on("dragEnd", ({ nodes }) => this.moved(nodes));
    this.element.addEventListener("keydown", (event) => this.key(event));
    for (const name of ["focus", "blur"]) this.element.addEventListener(name, () => this.vis.redraw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
  }

  recolour() {
    this.colours = palette(this.element, this.groups);
    this.vis.setOptions({ groups: this.groupStyles() });
    this.vis.redraw();
  }

  moved(ids) {
    for (const [id, place] of Object.entries(this.vis.getPositions(ids))) Object.assign(this.nodes.get(id), place);
    if (ids.length) this.paintEdges();
  }

  hover(id) {
    this.hovered = id;
    this.element.classList.toggle("is-over-node", Boolean(id));
    this.vis.redraw();
  }

  drawEdges(c) {
    const scale = this.vis.getScale();
    c.save();
    c.strokeStyle = this.colours.edge;
    for (const [key, path] of this.paths) {
      const [width, dashed] = key.split("|").map(Number);
      c.lineWidth = Math.min(1.3, 0.8 / scale) * width;
      c.setLineDash(dashed ? [6 / scale, 4 / scale] : []);
      c.stroke(path);
    }
    c.restore();
  }

  /** What stands out: the chosen or hovered node with its neighbours, else the highlighted ones, else nothing. */
  standout() {
    const centre = this.hovered || this.selected;
    if (centre) return new Set([centre, ...this.near.get(centre).map(({ id }) => id)]);
    return this.lit.size ? this.lit : null;
  }

  drawAbove(c) {
    this.redraws += 1;
    const shown = this.standout();
    if (shown) this.drawStandout(c, shown);
    this.drawLabels(c, shown);
    if (this.element.matches(":focus-visible")) this.drawCrosshair(c);
  }

  /** Everything is veiled, then what stands out is painted again above the veil: faded, not hidden. */
  drawStandout(c, shown) {
    const scale = this.vis.getScale();
    const centre = this.hovered || this.selected;
    c.save();
    onScreen(c, () => {
      c.globalAlpha = 0.82;
      c.fillStyle = this.colours.ground;
      c.fillRect(0, 0, this.element.clientWidth, this.element.clientHeight);
    });
    c.globalAlpha = 1;
    c.strokeStyle = c.fillStyle = this.colours.chosen;
    const edges = centre ? this.near.get(centre).map(({ edge }) => edge)
      : this.edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
    for (const edge of edges) this.drawChosenEdge(c, edge, scale);
    for (const id of shown) this.drawNode(c, this.nodes.get(id), id === this.selected, scale);
    c.restore();
  }

  drawChosenEdge(c, edge, scale) {
    const [from, to] = [this.nodes.get(edge.from), this.nodes.get(edge.to)];
    c.lineWidth = (1.1 + 0.5 * (edge.width || 1)) / scale;
    c.setLineDash(edge.dashed ? [6 / scale, 4 / scale] : []);
    c.beginPath();
    c.moveTo(from.x, from.y);
    c.lineTo(to.x, to.y);
    c.stroke();
    c.setLineDash([]);
    if (edge.directed) drawArrow(c, from, to, to.size + 3 / scale, 9 / scale);
  }

  drawNode(c, node, chosen, scale) {
    c.beginPath();
    SHAPES[node.shape](c, node.x, node.y, node.size);
    c.fillStyle = this.colours.group[node.group];
    c.fill();
    if (!chosen) return;
    c.lineWidth = 3 / scale;
    c.strokeStyle = this.colours.ink;
    c.stroke();
  }

  labelled(shown) {
    if (!shown) return this.bySize;
    const centre = this.nodes.get(this.hovered || this.selected);
    const rest = this.bySize.filter((node) => shown.has(node.id) && node !== centre);
    return centre ? [centre, ...rest] : rest;
  }

  drawLabels(c, shown) {
    const { a, d, e, f } = c.getTransform();
    const [ratio, scale] = [devicePixelRatio || 1, this.vis.getScale()];
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    const most = shown ? LABELS_NEAR : LABELS_AT_ONCE;
    const taken = [];
    const place = (node) => [(a * node.x + e) / ratio, (d * node.y + f) / ratio, node.size * scale];
    const discs = this.bySize.length > CROWDED || shown ? [] : this.bySize.map((node) => around(...place(node)));
    onScreen(c, () => {
      c.lineJoin = "round";
      c.strokeStyle = this.colours.ground;
      c.fillStyle = this.colours.ink;
      c.lineWidth = 3.5;
      for (const node of this.labelled(shown)) {
        if (taken.length >= most) break;
        const [x, y, r] = place(node);
        if (x < 0 || y < 0 || x > width || y > height) continue;
        if (!shown && !node.side && r < SMALLEST_LABELLED && taken.length > 24) continue;
        this.drawLabel(c, node, x, y, r, taken, discs);
      }
    });
  }

  /** Writes a name below its node, else above, right or left of it; not at all where it would cover something. */
  drawLabel(c, node, x, y, r, taken, discs) {
    const strong = node.strong || node.id === this.selected;
    const size = strong ? 14 : r > 7 ? 12.5 : 11.5;
    c.font = `${strong ? "600 " : ""}${size}px ${this.colours.font}`;
    const lines = wrapped(node.label + (node.more ? ` (+${node.more})` : ""), node.id === this.hovered ? 40 : 22);
    const length = Math.max(...lines.map((line) => c.measureText(line).width));
    const height = lines.length * size + 3;
    const sides = node.side ? [node.side, node.y < 0 ? "above" : "below"] : ["below", "above", "left", "right"];
    const rooms = sides.map((side) => ({ side, box: labelBox(side, x, y, r, length, height, this.element.clientWidth) }));
    const free = rooms.filter(({ box }) => !taken.some((other) => overlap(box, other)));
    const clear = free.find(({ box }) => !discs.some((disc) => overlap(box, disc)));
    const room = clear || (this.prominent.has(node.id) ? free[0] : null);
    if (!room) return;
    const { side, box } = room;
    taken.push(box);
    c.textAlign = { left: "left", right: "right" }[side] || "center";
    const anchor = { left: box[0], right: box[2] }[side] ?? (box[0] + box[2]) / 2;
    lines.forEach((line, number) => {
      c.strokeText(line, anchor, box[1] + size * (number + 0.9));
      c.fillText(line, anchor, box[1] + size * (number + 0.9));
    });
  }

  drawCrosshair(c) {
    const [x, y] = [this.element.clientWidth / 2, this.element.clientHeight / 2];
    onScreen(c, () => {
      c.strokeStyle = this.colours.chosen;
      c.lineWidth = 2;
      c.beginPath();
      c.moveTo(x - 9, y);
      c.lineTo(x + 9, y);
      c.moveTo(x, y - 9);
      c.lineTo(x, y + 9);
      c.stroke();
    });
  }

  /** Selects a node (null: none), tells the page, brings it into view if asked. */
  select(id, { centre = false, quiet = false } = {}) {
    this.selected = this.nodes.has(id) ? id : null;
    this.hovered = null;
    if (this.selected && centre) this.centreOn(this.nodes.get(id));
    this.vis.redraw();
    if (!quiet) this.onSelect(this.selected);
  }

  neighbours(id) {
    const seen = new Map();
    for (const { id: other } of this.near.get(id)) seen.set(other, this.nodes.get(other));
    return [...seen.values()].sort((a, b) => a.label.localeCompare(b.label, "de"));
  }

  animation() {
    return this.calm.matches ? false : { duration: 250 };
  }

  centreOn({ x, y }) {
    this.vis.moveTo({ position: { x, y }, scale: Math.max(this.vis.getScale(), 0.9), animation: this.animation() });
  }

  fit() {
    const [xs, ys] = ["x", "y"].map((axis) => [...this.nodes.values()].map((node) => node[axis]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { clientWidth: width, clientHeight: height } = this.element;
    const aside = this.bySize.some((node) => node.side) ? Math.min(NAME_ASIDE, width * 0.22) : MARGIN;
    const scale = Math.min((width - 2 * aside) / (right - left || 1), (height - 2 * MARGIN) / (bottom - top || 1), 1.5);
    this.vis.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) });
  }

  zoom(factor) {
    const scale = Math.min(5, Math.max(0.05, this.vis.getScale() * factor));
    this.vis.moveTo({ scale, animation: this.animation() });
  }

  pan(right, down) {
    const { x, y } = this.vis.getViewPosition();
    const step = 80 / this.vis.getScale();
    this.vis.moveTo({ position: { x: x + right * step, y: y + down * step } });
  }

  nearest() {
    const { x, y } = this.vis.getViewPosition();
    const distance = (node) => (node.x - x) ** 2 + (node.y - y) ** 2;
    return this.bySize.reduce((best, node) => (distance(node) < distance(best) ? node : best)).id;
  }

  key(event) {
    const action = {
      ArrowLeft: () => this.pan(-1, 0), ArrowRight: () => this.pan(1, 0),
      ArrowUp: () => this.pan(0, -1), ArrowDown: () => this.pan(0, 1),
      "+": () => this.zoom(1.25), "-": () => this.zoom(0.8), 0: () => this.fit(),
      Enter: () => this.select(this.nearest(), { centre: true }), Escape: () => this.select(null),
    }[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  }
}

function onScreen(c, paint) {
  const ratio = devicePixelRatio || 1;
  c.save();
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint();
  c.restore();
}

/** Room of a node on screen, a little less than its disc: names may touch it. */
function around(x, y, r) {
  return [x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8];
}

/** Room of a name; "left" means that it begins right of its node, as canvas text alignment does. */
function labelBox(side, x, y, r, length, height, width) {
  const beside = { left: x + r + 4, right: x - r - 4 - length }[side] ?? x - length / 2;
  const left = Math.max(4, Math.min(width - length - 4, beside));
  const top = { below: y + r + 2, above: y - r - 2 - height }[side] ?? y - height / 2;
  return [left, top, left + length, top + height];
}

function overlap([left, top, right, bottom], [left2, top2, right2, bottom2]) {
  return left < right2 && right > left2 && top < bottom2 && bottom > top2;
}

/** A name in at most two lines of about `most` letters, broken between words where that is possible. */
function wrapped(text, most) {
  const name = shortened(text, 2 * most);
  if (name.length <= most) return [name];
  const space = name.lastIndexOf(" ", most);
  const at = space > most / 3 ? space : most;
  return [name.slice(0, at).trim(), name.slice(at).trim()];
}

function shortened(text, most) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
}

function drawArrow(c, from, to, gap, length) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const [x, y] = [to.x - gap * Math.cos(angle), to.y - gap * Math.sin(angle)];
  c.beginPath();
  for (const turn of [0, 2.7, -2.7]) {
    const reach = turn ? length : 0;
    c.lineTo(x + reach * Math.cos(angle + turn), y + reach * Math.sin(angle + turn));
  }
  c.closePath();
  c.fill();
}

/** A picture in `element`, once its fonts are there; `onSelect` hears the id of the chosen node or null. */
export async function draw(element, payload, onSelect) {
  await document.fonts.ready;
  return new Picture(element, payload, onSelect);
}

/**
 * The neighbours of the selection as a list of buttons: the keyboard's way of walking the network.
 * `status` carries its words in data-one and data-many; `icons` is a template with one drawn shape per kind.
 */
export function showNeighbours(picture, id, { list, status, icons }) {
  list.replaceChildren();
  status.textContent = "";
  if (!id) return;
  const neighbours = picture.neighbours(id);
  const { one, many } = status.dataset;
  const name = document.createElement("bdi");
  name.textContent = shortened(picture.nodes.get(id).label, 120);
  status.append(name, ` – ${neighbours.length === 1 ? one : many.replace("{count}", neighbours.length)}`);
  for (const node of neighbours) list.append(neighbourItem(picture, node, list, icons));
}

function neighbourItem(picture, node, list, icons) {
  const [item, button, name] = ["li", "button", "bdi"].map((tag) => document.createElement(tag));
  name.textContent = shortened(node.label, 120);
  button.type = "button";
  button.append(name);
  button.addEventListener("click", () => {
    picture.select(node.id, { centre: true });
    list.querySelector("button")?.focus(); // the button that was pressed has made room for the new neighbours
  });
  const icon = icons.content.querySelector(`[data-kind="${node.group}"]`);
  item.append(...[icon?.cloneNode(true), button].filter(Boolean));
  return item;
}
