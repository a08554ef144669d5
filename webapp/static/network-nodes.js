// The nodes of a picture, all of one kind in one go; and the groups they form.
import { SHAPES } from "./network-shapes.js";

const ROUND_A_GROUP = 34; // px at scale 1 between the outer nodes of a group and its rim

/** Paints those nodes that pass and stand within the canvas of `c`. */
export function paintNodes(c, picture, passes, scale) {
  const seen = withinSight(c);
  const nodes = picture.bySize.filter((node) => seen(node) && passes(node));
  for (const group of picture.groups) {
    c.beginPath();
    for (const node of nodes) if (node.group === group && node.change !== "lost") shape(c, node);
    c.fillStyle = picture.colours.group[group];
    c.fill();
  }
  for (const node of nodes) if (node.change || node.opened || picture.picked.has(node.id)) paintMark(c, picture, node, scale);
}

export function paintNode(c, picture, node, chosen, scale) {
  c.beginPath();
  shape(c, node);
  c.fillStyle = picture.colours.group[node.group];
  if (node.change !== "lost") c.fill();
  paintMark(c, picture, node, scale);
  if (!chosen) return;
  c.beginPath();
  shape(c, node);
  c.lineWidth = 3 / scale;
  c.strokeStyle = picture.colours.ink;
  c.stroke();
}

/** What is told of a node beyond its kind: gone (hollow), new, unfolded or picked (a ring). */
function paintMark(c, picture, node, scale) {
  const ring = (colour, gap, dash) => {
    c.beginPath();
    c.arc(node.x, node.y, node.size + gap / scale, 0, 2 * Math.PI);
    c.strokeStyle = colour;
    c.setLineDash(dash.map((length) => length / scale));
    c.stroke();
    c.setLineDash([]);
  };
  c.lineWidth = 2 / scale;
  if (node.change === "lost") {
    c.beginPath();
    shape(c, node);
    c.fillStyle = picture.colours.ground;
    c.fill();
    c.strokeStyle = picture.colours.group[node.group];
    c.stroke();
  }
  if (node.change === "new") ring(picture.colours.look.new, 3, []);
  if (node.opened) ring(picture.colours.group[node.group], 3, [2, 2]);
  if (picture.picked.has(node.id)) ring(picture.colours.chosen, 5, []);
}

function shape(c, node) {
  SHAPES[node.shape](c, node.x, node.y, node.size);
}

function withinSight(c) {
  const { a, e, f } = c.getTransform();
  const [left, top, right, bottom] = [-e / a, -f / a, (c.canvas.width - e) / a, (c.canvas.height - f) / a];
  return ({ x, y, size }) => x + size > left && x - size < right && y + size > top && y - size < bottom;
}

/** Each group as a tinted shape with a rim round its outer nodes. */
export function paintGroups(c, picture, scale) {
  c.save();
  c.lineJoin = "round";
  for (const [number, { outline }] of picture.clusters.entries()) {
    const path = new Path2D();
    for (const [i, id] of outline.entries()) {
      const { x, y } = picture.nodes.get(id);
      if (i) path.lineTo(x, y);
      else path.moveTo(x, y);
    }
    path.closePath();
    const { hulls, rim } = picture.colours;
    for (const [colour, more] of [[rim, 1.5 / scale], [hulls[number % hulls.length], 0]]) {
      c.strokeStyle = c.fillStyle = colour;
      c.lineWidth = 2 * (ROUND_A_GROUP + more);
      c.stroke(path);
      c.fill(path);
    }
  }
  c.restore();
}

/** Where the name of a group stands: above its highest node. */
export function groupPlace(picture, { outline }) {
  const nodes = outline.map((id) => picture.nodes.get(id));
  const xs = nodes.map(({ x }) => x);
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: Math.min(...nodes.map(({ y }) => y)) - ROUND_A_GROUP };
}
