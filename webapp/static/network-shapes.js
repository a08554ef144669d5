// What the picture is painted with: shapes by vis-network's names, arrows, and the colours of the style sheet.

export const SHAPES = {
  dot: (c, x, y, r) => { c.moveTo(x + r, y); c.arc(x, y, r, 0, 2 * Math.PI); },
  square: (c, x, y, r) => c.rect(x - r, y - r, 2 * r, 2 * r),
  diamond: (c, x, y, r) => corners(c, x, y, r, 4, 0),
  triangle: (c, x, y, r) => corners(c, x, y + r / 4, r * 1.15, 3, -Math.PI / 2),
  triangleDown: (c, x, y, r) => corners(c, x, y - r / 4, r * 1.15, 3, Math.PI / 2),
  hexagon: (c, x, y, r) => corners(c, x, y, r, 6, 0),
  plus: (c, x, y, r) => plus(c, x, y, r, r / 2.6),
  star: (c, x, y, r) => star(c, x, y, r * 1.2),
};

function corners(c, x, y, r, n, turn) {
  for (let i = 0; i < n; i++) {
    const angle = turn + (2 * Math.PI * i) / n;
    toward(c, i, x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  c.closePath();
}

/** The next corner of a shape; the first begins it, because many shapes share one path. */
function toward(c, i, x, y) {
  if (i) c.lineTo(x, y);
  else c.moveTo(x, y);
}

function plus(c, x, y, r, arm) {
  const rights = [arm, arm, r, r, arm, arm, -arm, -arm, -r, -r, -arm, -arm]; // clockwise; a quarter turn gives the heights
  rights.forEach((right, i) => toward(c, i, x + right, y + rights[(i + 9) % 12]));
  c.closePath();
}

function star(c, x, y, r) {
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (Math.PI * i) / 5;
    const reach = i % 2 ? r * 0.45 : r;
    toward(c, i, x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  c.closePath();
}

/** The colours of the page's style sheet, so that light, dark and print need no second list here. */
export function palette(element, groups, looks) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--network-${name}`).trim();
  return {
    ground: colour("ground"), ink: colour("ink"), chosen: colour("chosen"), hulls: ["a", "b", "c", "d", "e", "f"].map((hull) => colour(`hull-${hull}`)),
    rim: colour("rim"), font: style.fontFamily,
    group: Object.fromEntries(groups.map((name) => [name, colour(name)])),
    look: Object.fromEntries(looks.map((name) => [name, colour(`tie-${name}`)])),
  };
}

/** A filled arrow head on the line between two nodes, `gap` before the middle of the second. */
export function drawArrow(c, from, to, gap, length) {
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

/** Paints in screen pixels instead of the picture's own. */
export function onScreen(c, paint) {
  const ratio = devicePixelRatio || 1;
  c.save();
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint();
  c.restore();
}
