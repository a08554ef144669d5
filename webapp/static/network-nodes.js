// The nodes of a picture, all of one kind in one go; and the groups they form.
import { SHAPES } from "./network-shapes.js";

const ROUND_A_GROUP = 50; // px at scale 1 between the outer nodes of a group and its rim
const ROUND_A_SECTOR = 28; // px at scale 1 between the last ring and the rim of a sector
const NEAR_BY = 250; // px at scale 1 that two of a group may stand apart on one ground

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

/** Each group as a tinted ground under its members; far ones hang on a strand. Where groups lie in one another, each
 *  member at last stands on the tint of its own. */
export function paintGroups(c, picture, scale) {
  const { hulls, rim } = picture.colours;
  const tint = (number) => hulls[number % hulls.length];
  c.save();
  c.lineCap = "round";
  for (const [number, cluster] of picture.clusters.entries()) {
    const { strands, ground } = groupPaths(picture, cluster);
    strokeGroup(c, strands, rim, 4 / scale);
    strokeGroup(c, ground, rim, 2 * (ROUND_A_GROUP + 1.5 / scale));
    strokeGroup(c, ground, tint(number), 2 * ROUND_A_GROUP);
  }
  for (const [number, { members }] of picture.clusters.entries()) {
    const spots = new Path2D();
    for (const id of members) spot(spots, picture.nodes.get(id));
    strokeGroup(c, spots, tint(number), 1.4 * ROUND_A_GROUP);
  }
  c.restore();
}

/** Round a focus each Handlungsfeld as a tinted sector. */
export function paintSectors(c, { sectors, colours: { hulls, rim } }, scale) {
  c.save();
  c.strokeStyle = rim;
  c.lineWidth = 1 / scale;
  for (const [number, { low, high, outer, wider }] of sectors.entries()) {
    const reach = outer + ROUND_A_SECTOR;
    c.beginPath();
    c.moveTo(0, 0);
    c.ellipse(0, 0, reach * wider, reach, 0, low, high);
    c.closePath();
    c.fillStyle = hulls[number % hulls.length];
    c.fill();
    c.stroke();
  }
  c.restore();
}

/** Where the name of a sector may stand: inside the first ring, the roomiest place first. */
export function sectorPlaces({ low, high, inner, wider }) {
  const [angle, parts] = [(low + high) / 2, [0.66, 0.8, 0.52, 0.4]];
  return parts.map((part) => ({ x: wider * inner * part * Math.cos(angle), y: inner * part * Math.sin(angle) }));
}

function groupPaths(picture, { members, links }) {
  const [strands, ground] = [new Path2D(), new Path2D()];
  for (const id of members) spot(ground, picture.nodes.get(id));
  for (const [from, to] of links.map((ids) => ids.map((id) => picture.nodes.get(id)))) {
    const path = Math.hypot(to.x - from.x, to.y - from.y) < NEAR_BY ? ground : strands;
    path.moveTo(from.x, from.y);
    path.lineTo(to.x, to.y);
  }
  return { strands, ground };
}

/** A line of next to no length, which round ends make a disc (one of none at all need not be drawn). */
function spot(path, { x, y }) {
  path.moveTo(x, y);
  path.lineTo(x + 0.01, y);
}

function strokeGroup(c, path, colour, width) {
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.stroke(path);
}

/** Where the name of a group stands: above its highest node. */
export function groupPlace(picture, { members }) {
  const nodes = members.map((id) => picture.nodes.get(id));
  const xs = nodes.map(({ x }) => x);
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: Math.min(...nodes.map(({ y }) => y)) - ROUND_A_GROUP };
}
