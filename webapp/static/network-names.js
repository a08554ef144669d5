// The names in a picture: each in at most two lines and what lies behind it in a third, none over another, the important ones first.
import { groupPlace, sectorPlaces } from "./network-nodes.js";
import { onScreen } from "./network-shapes.js";

const LABELS_AT_ONCE = 46; // on a small screen; on a large one as many as there is room for
const ROOM_OF_A_LABEL = 9000; // px²
const LABELS_NEAR = 60;
const WIDE_GROUP = 110; // px on screen from which on a group is named with its Handlungsfeld
const LOW_SECTOR = 20; // px on screen along the first ring below which a sector stays unnamed
const LETTER = 8; // px on screen of a letter of its name
const CROWDED = 400; // nodes from which on names may cover nodes, because looking costs too much
const SMALLEST_LABELLED = 5.5; // px radius on screen below which a node of a large picture stays unnamed

/** Writes the names of what stands out (`shown`, a set of ids) or else of the biggest nodes. */
export function drawNames(c, picture, shown) {
  const { a, d, e, f } = c.getTransform();
  const [ratio, scale] = [devicePixelRatio || 1, picture.vis.getScale()];
  const [width, height] = [c.canvas.width / ratio, c.canvas.height / ratio];
  const most = shown ? LABELS_NEAR : Math.max(LABELS_AT_ONCE, (width * height) / ROOM_OF_A_LABEL);
  const place = (node) => [(a * node.x + e) / ratio, (d * node.y + f) / ratio, node.size * scale];
  const discs = picture.bySize.length > CROWDED || shown ? [] : picture.bySize.map((node) => disc(...place(node)));
  const taken = [];
  onScreen(c, () => {
    c.lineJoin = "round";
    c.strokeStyle = picture.colours.ground;
    c.fillStyle = picture.colours.ink;
    c.lineWidth = 3.5;
    if (!shown) {
      for (const cluster of picture.clusters) drawGroupName(c, picture, cluster, place, taken);
      for (const sector of picture.sectors) drawSectorName(c, picture, sector, place, taken);
    }
    for (const node of inOrder(picture, shown)) {
      if (taken.length >= most) break;
      const [x, y, r] = place(node);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      if (!shown && !node.side && r < SMALLEST_LABELLED && taken.length > 24) continue;
      drawName(c, picture, node, [x, y, r], taken, discs);
    }
  });
}

function inOrder(picture, shown) {
  if (!shown) return picture.bySize;
  const centre = picture.nodes.get(picture.centre);
  const rest = picture.bySize.filter((node) => shown.has(node.id) && node !== centre);
  return centre ? [centre, ...rest] : rest;
}

/** Writes the name of a group above it: after whom it is called, and below what they work on. */
function drawGroupName(c, picture, cluster, place, taken) {
  const [x, y] = place({ ...groupPlace(picture, cluster), size: 0 });
  c.textAlign = "center";
  const across = cluster.members.map((id) => place(picture.nodes.get(id))[0]);
  const width = Math.max(...across) - Math.min(...across);
  const lines = [cluster.name, width > WIDE_GROUP && cluster.field].filter(Boolean).map((line) => shortened(line, 30));
  const length = Math.max(...lines.map((line, i) => { c.font = groupFont(picture, i); return c.measureText(line).width; }));
  const left = Math.max(4, Math.min(c.canvas.width / (devicePixelRatio || 1) - length - 4, x - length / 2));
  const top = Math.max(2, y - 15 * lines.length - 4);
  const box = [left, top, left + length, top + 15 * lines.length + 2];
  if (taken.some(overlapping(box))) return;
  taken.push(box);
  for (const [i, line] of lines.entries()) {
    c.font = groupFont(picture, i);
    c.strokeText(line, left + length / 2, top + 12 + 15 * i);
    c.fillText(line, left + length / 2, top + 12 + 15 * i);
  }
}

/** Writes the name of a Handlungsfeld into its sector, where there is room for it. */
function drawSectorName(c, picture, sector, place, taken) {
  const { low, high, inner, wider } = sector;
  const reach = inner * picture.vis.getScale();
  if ((high - low) * reach < LOW_SECTOR) return;
  const text = shortened(sector.name, Math.min(30, Math.max(12, Math.round((reach * wider) / LETTER))));
  c.font = groupFont(picture, 0);
  c.textAlign = "center";
  const half = c.measureText(text).width / 2;
  const boxes = sectorPlaces(sector).map((at) => place({ ...at, size: 0 })).map(([x, y]) => [x - half, y - 9, x + half, y + 7]);
  const box = boxes.find((one) => !taken.some(overlapping(one)));
  if (!box) return;
  taken.push(box);
  c.strokeText(text, box[0] + half, box[3] - 4);
  c.fillText(text, box[0] + half, box[3] - 4);
}

function groupFont(picture, line) {
  return `${line ? "" : "600 "}13px ${picture.colours.font}`;
}

/** Writes a name below its node, else above, right or left of it; not at all where it would cover something. */
function drawName(c, picture, node, [x, y, r], taken, discs) {
  const strong = node.strong || node.id === picture.selected;
  const size = strong ? 14 : r > 7 ? 12.5 : 11.5;
  c.font = `${strong ? "600 " : ""}${size}px ${picture.colours.font}`;
  const whole = node.id === picture.hovered;
  const name = whole ? node.label : node.short || node.label;
  const lines = wrapped(name, whole ? 40 : 22);
  if (node.more) lines.push(node.more);
  const length = Math.max(...lines.map((line) => c.measureText(line).width));
  const sides = node.side ? [node.side, node.y < 0 ? "above" : "below"] : ["below", "above", "left", "right"];
  const room = (side) => nameRoom(side, [x, y, r], length, lines.length * size + 3, c.canvas.width / (devicePixelRatio || 1));
  const free = sides.map((side) => ({ side, box: room(side) })).filter(({ box }) => !taken.some(overlapping(box)));
  const found = free.find(({ box }) => !discs.some(overlapping(box))) || (picture.prominent.has(node.id) && free[0]);
  if (!found) return;
  const { side, box: [left, top, right] } = found;
  taken.push(found.box);
  c.textAlign = { left: "left", right: "right" }[side] || "center";
  const anchor = { left, right }[side] ?? (left + right) / 2;
  for (const [number, line] of lines.entries()) {
    c.strokeText(line, anchor, top + size * (number + 0.9));
    c.fillText(line, anchor, top + size * (number + 0.9));
  }
}

/** Room of a node on screen, a little less than its disc: names may touch it. */
function disc(x, y, r) {
  return [x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8];
}

/** Room of a name; "left" means that it begins right of its node, as canvas text alignment does. */
function nameRoom(side, [x, y, r], length, height, width) {
  const beside = { left: x + r + 4, right: x - r - 4 - length }[side] ?? x - length / 2;
  const left = Math.max(4, Math.min(width - length - 4, beside));
  const top = { below: y + r + 2, above: y - r - 2 - height }[side] ?? y - height / 2;
  return [left, top, left + length, top + height];
}

function overlapping([left, top, right, bottom]) {
  return ([left2, top2, right2, bottom2]) => left < right2 && right > left2 && top < bottom2 && bottom > top2;
}

/** A name in at most two lines of about `most` letters, broken between words where that is possible. */
function wrapped(text, most) {
  const before = text.lastIndexOf(" ", most);
  const at = before > most / 3 ? before : text.indexOf(" ", most);
  if (text.length <= most || at < 0 || at > 1.5 * most) return [shortened(text, Math.round(1.5 * most))];
  return [text.slice(0, at), shortened(text.slice(at + 1), most)];
}

/** A text of at most `most` letters, with an ellipsis if it is longer. */
export function shortened(text, most) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
}
