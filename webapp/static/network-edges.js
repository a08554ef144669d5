// The connections of a picture: all of one look in one go.

const MANY = 2500; // connections of one look from which on dots would only cost time: from afar they are a tone
const LIT_WIDTH = 0.9;
const ASIDE = 0.3; // how much is left of a connection along a ring, so that those from ring to ring are seen

/** One Path2D for each look and width, of the edges that pass; the quiet looks come first and so lie beneath. */
export function edgePaths(picture, passes) {
  const paths = new Map();
  for (const edge of picture.edges) {
    if (!passes(edge)) continue;
    const [look, width, aside] = [edge.look || "derived", edge.width || 1, Boolean(edge.aside)];
    const key = `${look} ${width} ${aside}`;
    if (!paths.has(key)) paths.set(key, { look, width, aside, path: new Path2D(), count: 0 });
    const [from, to] = [picture.nodes.get(edge.from), picture.nodes.get(edge.to)];
    const found = paths.get(key);
    found.path.moveTo(from.x, from.y);
    found.path.lineTo(to.x, to.y);
    found.count += 1;
  }
  const quiet = ({ look, aside }) => (aside ? 0 : look === "derived" || look === "kept" ? 1 : 2);
  return [...paths.values()].sort((a, b) => quiet(a) - quiet(b));
}

/** Strokes paths on a context with the picture's transform, with lines as wide on screen as their looks say. */
export function strokePaths(c, picture, paths, scale) {
  c.save();
  for (const { look, width, aside, path, count } of paths) {
    c.globalAlpha = aside && !matchMedia("(prefers-contrast: more)").matches ? ASIDE : 1;
    const { dash, width: line } = picture.looks[look];
    c.strokeStyle = picture.colours.look[look];
    c.lineWidth = (line + 0.6 * (width - 1)) * Math.min(1.2, 1 / scale);
    c.setLineDash(count > MANY ? [] : dash.map((length) => length / scale));
    c.stroke(path);
  }
  c.restore();
}

/** One connection that stands out: its look's line in a stronger tone. */
export function strokeLit(c, picture, edge, scale) {
  const look = edge.look || "derived";
  const [from, to] = [picture.nodes.get(edge.from), picture.nodes.get(edge.to)];
  c.strokeStyle = look === "derived" || look === "kept" ? picture.colours.chosen : picture.colours.look[look];
  c.lineWidth = (picture.looks[look].width + LIT_WIDTH + 0.5 * ((edge.width || 1) - 1)) / scale;
  c.setLineDash(picture.looks[look].dash.map((length) => length / scale));
  c.beginPath();
  c.moveTo(from.x, from.y);
  c.lineTo(to.x, to.y);
  c.stroke();
  c.setLineDash([]);
}

/** A cross on the middle of connections that did not work out. */
export function strokeCrosses(c, picture, edges, scale) {
  const crossed = edges.filter(({ look }) => picture.looks[look]?.crossed);
  if (!crossed.length) return;
  const arm = 4.5 / scale;
  c.save();
  c.strokeStyle = picture.colours.look.failed;
  c.lineWidth = 2 / scale;
  c.beginPath();
  for (const edge of crossed) {
    const [from, to] = [picture.nodes.get(edge.from), picture.nodes.get(edge.to)];
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    c.moveTo(x - arm, y - arm);
    c.lineTo(x + arm, y + arm);
    c.moveTo(x - arm, y + arm);
    c.lineTo(x + arm, y - arm);
  }
  c.stroke();
  c.restore();
}
