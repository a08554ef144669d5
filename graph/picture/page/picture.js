
// The start of the one-file picture, behind the drawing above.
const element = document.getElementById("picture");
const list = document.getElementById("neighbours");
const parts = { list, status: document.getElementById("status"), count: list.dataset.count };
const picture = await draw(element, JSON.parse(document.getElementById("data").textContent), (id) => {
  showNeighbours(picture, id, parts);
  document.getElementById("nothing").hidden = Boolean(id);
});
document.documentElement.dataset.networkReady = "true";
