// Moving about in a picture: zoom, keys, wheel, and the cross that shows what Enter takes.
import { onScreen } from "./network-shapes.js";

const MARGIN = 44; // px kept free round a fitted picture
const NAME_ASIDE = 150; // the same left and right where names stand beside their nodes

export class Camera {
  constructor(picture) {
    this.picture = picture;
    this.vis = picture.vis;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    picture.element.addEventListener("wheel", (event) => this.leaveWheelToPage(event), { capture: true, passive: true });
    picture.element.addEventListener("keydown", (event) => this.key(event));
  }

  /** The wheel zooms once the picture was clicked or tabbed to; before that it scrolls the page as everywhere. */
  leaveWheelToPage(event) {
    const { element } = this.picture;
    if (!event.ctrlKey && !element.contains(document.activeElement)) event.stopPropagation();
  }

  animation() {
    return this.calm.matches ? false : { duration: 250 };
  }

  centreOn({ x, y }) {
    this.vis.moveTo({ position: { x, y }, scale: Math.max(this.vis.getScale(), 0.9), animation: this.animation() });
  }

  fit() {
    const { nodes, bySize, element } = this.picture;
    const [xs, ys] = ["x", "y"].map((axis) => [...nodes.values()].map((node) => node[axis]));
    const [left, right, top, bottom] = [least(xs), -least(xs.map((x) => -x)), least(ys), -least(ys.map((y) => -y))];
    const { clientWidth: width, clientHeight: height } = element;
    const aside = bySize.some((node) => node.side) ? Math.min(NAME_ASIDE, width * 0.22) : MARGIN;
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
    return this.picture.bySize.reduce((best, node) => (distance(node) < distance(best) ? node : best)).id;
  }

  /** Enter takes the node in the middle; on the one that is taken already it unfolds or folds. */
  take() {
    const { picture } = this;
    const nearest = this.nearest();
    if (nearest === picture.selected && picture.on.open) picture.on.open(nearest);
    else picture.select(nearest, { centre: true });
  }

  key(event) {
    const action = {
      ArrowLeft: () => this.pan(-1, 0), ArrowRight: () => this.pan(1, 0),
      ArrowUp: () => this.pan(0, -1), ArrowDown: () => this.pan(0, 1),
      "+": () => this.zoom(1.25), "-": () => this.zoom(0.8), 0: () => this.fit(),
      Enter: () => this.take(), Escape: () => this.picture.select(null),
    }[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  }

  drawCrosshair(c) {
    const { element, colours } = this.picture;
    const [x, y] = [element.clientWidth / 2, element.clientHeight / 2];
    onScreen(c, () => {
      c.strokeStyle = colours.chosen;
      c.lineWidth = 2;
      c.beginPath();
      c.moveTo(x - 9, y);
      c.lineTo(x + 9, y);
      c.moveTo(x, y - 9);
      c.lineTo(x, y + 9);
      c.stroke();
    });
  }
}

function least(values) {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}
