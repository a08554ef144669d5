// What is painted once and shown many times: the picture while it is moved, and the one before while it fades.

const MARGIN_MOVING = 320; // device pixels painted beyond the window while somebody drags
const FADING = 450; // ms in which what leaves the picture fades

export class Layer {
  /** `paint(c)` paints everything on a context that has the picture's own transform. */
  constructor(paint) {
    this.paint = paint;
    this.sheet = document.createElement("canvas");
    this.known = {};
  }

  /** Shows the layer on `c`, painted anew if `key`, zoom or size changed or the view went beyond what was painted. */
  show(c, key, moving) {
    const { a, e, f } = c.getTransform();
    const { width, height } = c.canvas;
    const { known } = this;
    const room = moving ? known.margin : 0;
    const same = known.key === key && known.a === a && known.width === width && known.height === height;
    if (!same || Math.abs(e - known.e) > room || Math.abs(f - known.f) > room) {
      this.repaint({ key, a, e, f, width, height, margin: moving ? MARGIN_MOVING : 0 });
    }
    c.save();
    c.setTransform(1, 0, 0, 1, 0, 0);
    const { e: left, f: top, margin } = this.known;
    c.drawImage(this.sheet, Math.round(e - left) - margin, Math.round(f - top) - margin);
    c.restore();
  }

  repaint(known) {
    const { a, e, f, width, height, margin } = known;
    this.known = known;
    [this.sheet.width, this.sheet.height] = [width + 2 * margin, height + 2 * margin]; // this empties it too
    const c = this.sheet.getContext("2d");
    c.setTransform(a, 0, 0, a, e + margin, f + margin);
    this.paint(c);
  }
}

/** A picture that makes room for another: a copy of it, shown above the new one and fainter and fainter. */
export class Fading {
  constructor(again) {
    this.again = again; // has the next frame drawn
  }

  begin(canvas) {
    this.sheet = document.createElement("canvas");
    [this.sheet.width, this.sheet.height] = [canvas.width, canvas.height];
    this.sheet.getContext("2d").drawImage(canvas, 0, 0);
    this.since = performance.now();
  }

  end() {
    this.sheet = null;
  }

  show(c) {
    const left = this.sheet ? 1 - (performance.now() - this.since) / FADING : 0;
    if (left <= 0) return this.end();
    c.save();
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.globalAlpha = left;
    c.drawImage(this.sheet, 0, 0);
    c.restore();
    return requestAnimationFrame(this.again);
  }
}
