// Draws one network on a canvas: vis-network keeps nodes, zoom and hit test; edges and names are painted here,
// because one path for all edges redraws three times faster and names must not cover each other.
// The one-file picture holds these modules in one script: their top-level names must differ.
import { SHAPES, drawArrow, onScreen, palette } from "./network-shapes.js";
import { drawNames } from "./network-names.js";

const PROMINENT = 12; // biggest nodes, named even where the name covers another node
const MARGIN = 44; // px kept free round a fitted picture
const NAME_ASIDE = 150; // the same left and right where names stand beside their nodes

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
    this.lens = this.edges.some((edge) => edge.lit);
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
    const options = { ...payload.options, groups: this.groupStyles() };
    options.interaction = { ...options.interaction, hover: true, keyboard: false, tooltipDelay: 1e6 };
    options.nodes = { ...options.nodes, borderWidth: 0, chosen: false };
    const nodes = new vis.DataSet(payload.nodes.map((node) => this.bare(node)));
    const network = new vis.Network(this.element, { nodes, edges: new vis.DataSet([]) }, options);
    network.canvas.frame.tabIndex = -1; // the element around it is the one tab stop
    return network;
  }

  /** What vis draws of a node: no name, and a shape of ours where it has none. */
  bare(node) {
    const { id, x, y, size, shape, group } = node;
    if (shape !== "plus") return { id, x, y, size, shape, group };
    const ctxRenderer = ({ ctx, x: left, y: top }) => ({
      drawNode: () => this.drawNode(ctx, { ...node, x: left, y: top }),
      nodeDimensions: { width: 2 * size, height: 2 * size },
    });
    return { id, x, y, size, shape: "custom", ctxRenderer, group };
  }

  groupStyles() {
    return Object.fromEntries(this.groups.map((name) => [name, { color: this.colours.group[name] }]));
  }

  /** Edges of one width and dash share one path; rebuilt only when a node was moved. */
  paintEdges() {
    this.paths = new Map();
    for (const edge of this.edges) {
      const key = `${edge.width || 1}|${edge.dashes ? 1 : 0}`;
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
    this.vis.on("dragging", ({ nodes }) => this.moved(nodes));
    this.vis.on("dragEnd", ({ nodes }) => this.moved(nodes));
    this.element.addEventListener("wheel", (event) => this.leaveWheelToPage(event), { capture: true, passive: true });
    this.element.addEventListener("keydown", (event) => this.key(event));
    for (const name of ["focus", "blur"]) this.element.addEventListener(name, () => this.vis.redraw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
  }

  /** The wheel zooms once the picture was clicked or tabbed to; before that it scrolls the page as everywhere. */
  leaveWheelToPage(event) {
    if (!event.ctrlKey && !this.element.contains(document.activeElement)) event.stopPropagation();
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

  get centre() {
    return this.hovered || this.selected;
  }

  /** What stands out: the chosen or hovered node with its neighbours, else the highlighted ones, else nothing. */
  standout() {
    if (this.centre) return new Set([this.centre, ...this.near.get(this.centre).map(({ id }) => id)]);
    return this.lit.size ? this.lit : null;
  }

  drawAbove(c) {
    this.redraws += 1;
    const shown = this.standout();
    if (shown) this.drawStandout(c, shown);
    drawNames(c, this, shown);
    if (this.element.matches(":focus-visible")) this.drawCrosshair(c);
  }

  /** Everything is veiled, then what stands out is painted again above the veil: faded, not hidden. */
  drawStandout(c, shown) {
    const scale = this.vis.getScale();
    c.save();
    onScreen(c, () => {
      c.globalAlpha = 0.82;
      c.fillStyle = this.colours.ground;
      c.fillRect(0, 0, this.element.clientWidth, this.element.clientHeight);
    });
    c.globalAlpha = 1;
    c.strokeStyle = c.fillStyle = this.colours.chosen;
    const edges = this.centre ? this.near.get(this.centre).map(({ edge }) => edge)
      : this.edges.filter(({ from, to, lit }) => shown.has(from) && shown.has(to) && (lit || !this.lens));
    for (const edge of edges) this.drawChosenEdge(c, edge, scale);
    for (const id of shown) this.drawNode(c, this.nodes.get(id), id === this.selected, scale);
    c.restore();
  }

  drawChosenEdge(c, edge, scale) {
    const [from, to] = [this.nodes.get(edge.from), this.nodes.get(edge.to)];
    c.lineWidth = ((this.centre ? 1.1 : 0.5) + 0.5 * (edge.width || 1)) / scale;
    c.setLineDash(edge.dashes ? [6 / scale, 4 / scale] : []);
    c.beginPath();
    c.moveTo(from.x, from.y);
    c.lineTo(to.x, to.y);
    c.stroke();
    c.setLineDash([]);
    if (edge.arrows) drawArrow(c, from, to, to.size + 3 / scale, 9 / scale);
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

/** A picture in `element`, once its fonts are there; `onSelect` hears the id of the chosen node or null. */
export async function draw(element, payload, onSelect) {
  await document.fonts.ready;
  return new Picture(element, payload, onSelect);
}
