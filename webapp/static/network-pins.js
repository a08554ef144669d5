// Where somebody put nodes by hand stays, for everybody; the last moves can be taken back.

export class Pins {
  constructor(picture, element) {
    this.picture = picture;
    this.element = element; // its data say where to, and carry our token
    this.moves = [];
  }

  /** After a move: `before` is where the nodes were. */
  keep(before) {
    this.moves.push(before);
    this.send(Object.keys(before));
  }

  undo() {
    const before = this.moves.pop();
    if (!before) return;
    this.picture.place(before);
    this.send(Object.keys(before));
  }

  /** Forgets all places of this picture; true if the server did. */
  async reset() {
    this.moves = [];
    return (await this.post({})).ok;
  }

  send(ids) {
    const places = ids.map((id) => this.picture.nodes.get(id)).map(({ id, x, y }) => [id, [Math.round(x), Math.round(y)]]);
    document.getElementById("network-unpin").hidden = false;
    this.post(Object.fromEntries(places));
  }

  post(places) {
    const { places: address, token } = this.element.dataset;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return fetch(address, { method: "POST", headers, body: JSON.stringify(places), keepalive: true });
  }
}
