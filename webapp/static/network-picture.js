// Draws one network on a canvas. vis-network keeps zoom, drag and hit test, its own nodes being invisible: one path for
// all connections of a look and all nodes of a kind, kept while the picture is moved, redraws many times faster.
// The one-file picture holds these modules in one script: their top-level names must differ.
import { drawArrow, onScreen, palette } from "./network-shapes.js";
import { drawNames } from "./network-names.js";
import { Fading, Layer } from "./network-layer.js";
import { edgePaths, strokeCrosses, strokeLit, strokePaths } from "./network-edges.js";
import { paintGroups, paintNode, paintNodes, paintSectors } from "./network-nodes.js";
import { Camera } from "./network-camera.js";

const PROMINENT = 12; // biggest nodes, named even where the name covers another node

class Picture {
  constructor(element, payload, on) {
    this.element = element;
    this.on = on;
    this.selected = this.hovered = null;
    this.picked = new Set();
    this.held = new Set();
    this.redraws = this.version = 0;
    this.moving = false;
    this.layer = new Layer((c) => this.paintAll(c));
    this.fading = new Fading(() => this.vis.redraw());
    this.take(payload);
    this.vis = this.start(payload.options);
    this.camera = new Camera(this);
    this.listen();
    this.camera.fit();
  }

  take({ nodes, edges, looks, clusters, sectors }) {
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    [this.edges, this.looks, this.sectors] = [edges, looks, sectors];
    this.clusters = clusters.filter(({ members }) => members.every((id) => this.nodes.has(id)));
    this.near = new Map(nodes.map((node) => [node.id, []]));
    for (const edge of edges) {
      this.near.get(edge.from).push({ id: edge.to, edge });
      this.near.get(edge.to).push({ id: edge.from, edge });
    }
    this.bySize = [...nodes].sort((a, b) => b.size - a.size);
    this.prominent = new Set(this.bySize.slice(0, PROMINENT).map((node) => node.id));
    this.lit = new Set(nodes.filter((node) => node.lit).map((node) => node.id));
    this.lens = edges.some((edge) => edge.lit);
    this.groups = [...new Set(nodes.map((node) => node.group))];
    this.recolour();
  }

  start(given) {
    const options = { ...given, interaction: { ...given.interaction, hover: true, keyboard: false, tooltipDelay: 1e6, hideNodesOnDrag: true } };
    delete options.groups;
    this.data = new vis.DataSet([...this.nodes.values()].map(invisible));
    const network = new vis.Network(this.element, { nodes: this.data, edges: new vis.DataSet([]) }, options);
    network.canvas.frame.tabIndex = -1; // the element around it is the one tab stop
    return network;
  }

  listen() {
    this.vis.on("afterDrawing", (c) => this.draw(c));
    this.vis.on("click", ({ nodes: [id], event: { srcEvent } }) => this.clicked(id || null, srcEvent));
    this.vis.on("doubleClick", ({ nodes: [id] }) => id && this.on.open?.(id));
    this.vis.on("hoverNode", ({ node }) => this.hover(node));
    this.vis.on("blurNode", () => this.hover(null));
    this.vis.on("dragStart", ({ nodes }) => this.grab(nodes));
    this.vis.on("dragging", ({ nodes }) => this.moved(nodes));
    this.vis.on("dragEnd", ({ nodes }) => this.drop(nodes));
    for (const name of ["focus", "blur"]) this.element.addEventListener(name, () => this.vis.redraw());
    for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
      matchMedia(query).addEventListener("change", () => { this.recolour(); this.vis.redraw(); });
    }
  }

  /** Shows other data: what stays stays in its place, what goes fades. */
  update(payload, { fit }) {
    if (!this.camera.calm.matches) this.fading.begin(this.element.querySelector("canvas"));
    this.take(payload);
    this.data.clear();
    this.data.add(payload.nodes.map(invisible));
    this.hovered = null;
    if (!this.nodes.has(this.selected)) this.selected = null;
    if (fit) this.camera.fit();
    this.vis.redraw();
  }

  recolour() {
    this.colours = palette(this.element, this.groups, Object.keys(this.looks));
    this.changed();
  }

  /** What is painted is not what there is any more. */
  changed() {
    this.version += 1;
    this.paths = null;
  }

  clicked(id, event) {
    if (id && (event?.ctrlKey || event?.metaKey || event?.shiftKey) && this.on.pick) this.on.pick(id);
    else this.select(id);
  }

  grab(ids) {
    this.moving = true;
    this.fading.end();
    this.held = new Set(ids);
    if (ids.length) {
      this.before = Object.fromEntries(ids.map((id) => [id, [this.nodes.get(id).x, this.nodes.get(id).y]]));
      this.changed();
    }
  }

  moved(ids) {
    for (const [id, place] of Object.entries(this.vis.getPositions(ids))) Object.assign(this.nodes.get(id), place);
  }

  drop(ids) {
    this.moved(ids);
    this.moving = false;
    this.held = new Set();
    if (!ids.length) return;
    this.changed();
    this.on.moved?.(this.before);
  }

  /** Puts nodes elsewhere: {id: [x, y]}. */
  place(places) {
    for (const [id, [x, y]] of Object.entries(places)) {
      if (!this.nodes.has(id)) continue;
      Object.assign(this.nodes.get(id), { x, y });
      this.vis.moveNode(id, x, y);
    }
    this.changed();
    this.vis.redraw();
  }

  hover(id) {
    this.hovered = id;
    this.element.classList.toggle("is-over-node", Boolean(id));
    this.vis.redraw();
  }

  get centre() {
    return this.hovered || this.selected;
  }

  /** What stands out: the chosen or hovered node with its neighbours, else the highlighted ones, else nothing. */
  standout() {
    if (this.nodes.has(this.centre)) return new Set([this.centre, ...this.near.get(this.centre).map(({ id }) => id)]);
    return this.lit.size ? this.lit : null;
  }

  draw(c) {
    this.redraws += 1;
    const shown = this.standout();
    const glides = this.moving && !shown && !this.held.size; // then names are kept with the rest
    this.layer.show(c, `${this.version} ${glides}`, this.moving);
    const scale = this.vis.getScale();
    if (this.held.size) this.paintHeld(c, scale);
    if (shown) this.drawStandout(c, shown, scale);
    if (!glides) drawNames(c, this, shown);
    this.fading.show(c);
    if (this.element.matches(":focus-visible")) this.camera.drawCrosshair(c);
  }

  /** Everything but what stands out; names too while somebody drags the whole picture. */
  paintAll(c) {
    const scale = this.vis.getScale();
    const isFree = ({ from, to }) => !this.held.has(from) && !this.held.has(to);
    this.paths ||= edgePaths(this, isFree);
    paintSectors(c, this, scale);
    paintGroups(c, this, scale);
    strokePaths(c, this, this.paths, scale);
    strokeCrosses(c, this, this.edges.filter(isFree), scale);
    paintNodes(c, this, ({ id }) => !this.held.has(id), scale);
    if (this.moving && !this.held.size && !this.standout()) drawNames(c, this, null);
  }

  /** The nodes in hand with their connections. */
  paintHeld(c, scale) {
    const edges = [...this.held].flatMap((id) => this.near.get(id).map(({ edge }) => edge));
    for (const edge of edges) strokeLit(c, this, edge, scale);
    for (const id of this.held) paintNode(c, this, this.nodes.get(id), false, scale);
  }

  /** Everything is veiled, then what stands out is painted again above the veil: faded, not hidden. */
  drawStandout(c, shown, scale) {
    c.save();
    onScreen(c, () => {
      c.globalAlpha = matchMedia("(prefers-contrast: more)").matches ? 0.6 : 0.82;
      c.fillStyle = this.colours.ground;
      c.fillRect(0, 0, this.element.clientWidth, this.element.clientHeight);
    });
    const edges = this.nodes.has(this.centre) ? this.near.get(this.centre).map(({ edge }) => edge)
      : this.edges.filter(({ from, to, lit }) => shown.has(from) && shown.has(to) && (lit || !this.lens));
    for (const edge of edges) this.drawChosen(c, edge, scale);
    strokeCrosses(c, this, edges, scale);
    for (const id of shown) paintNode(c, this, this.nodes.get(id), id === this.selected, scale);
    c.restore();
  }

  drawChosen(c, edge, scale) {
    strokeLit(c, this, edge, scale);
    if (!edge.arrows) return;
    const [from, to] = [this.nodes.get(edge.from), this.nodes.get(edge.to)];
    c.fillStyle = c.strokeStyle;
    drawArrow(c, from, to, to.size + 3 / scale, 9 / scale);
  }

  /** Selects a node (null: none), tells the page, brings it into view if asked. */
  select(id, { centre = false, quiet = false } = {}) {
    this.selected = this.nodes.has(id) ? id : null;
    this.hovered = null;
    if (this.selected && centre) this.camera.centreOn(this.nodes.get(id));
    this.vis.redraw();
    if (!quiet) this.on.select(this.selected);
  }

  neighbours(id) {
    const seen = new Map();
    for (const { id: other } of this.near.get(id)) seen.set(other, this.nodes.get(other));
    return [...seen.values()].sort((a, b) => a.label.localeCompare(b.label, "de"));
  }
}

/** What vis knows of a node: where it is and how big. */
function invisible({ id, x, y, size }) {
  return { id, x, y, shape: "custom", ctxRenderer: () => ({ nodeDimensions: { width: 2 * size, height: 2 * size } }) };
}

/** A picture in `element`, once its fonts are there; `on.select` hears the id of the chosen node or null. */
export async function draw(element, payload, on) {
  await document.fonts.ready;
  return new Picture(element, payload, on);
}
