
// The start of the one-file picture, behind the drawing above.
const element = document.getElementById("picture");
const [list, status, icons] = ["neighbours", "status", "icons"].map((id) => document.getElementById(id));
const picture = await draw(element, JSON.parse(document.getElementById("data").textContent), {
  select(id) {
    showNeighbours(picture, id, { list, status, icons });
    document.getElementById("nothing").hidden = Boolean(id);
  },
});
document.documentElement.dataset.networkReady = "true";
