// The rows of an answer: sort by a click on a heading, filter by typing. The file to download has them all anyway.
// A network that is larger than its box begins where it is thickest.

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

export function filterable(table) {
  const rows = [...table.tBodies[0].rows];
  for (const [place, heading] of [...table.tHead.rows[0].cells].entries()) sortable(table, heading, place);
  if (rows.length < 8) return;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "field answer-filter no-print";
  field.placeholder = table.dataset.filter;
  field.setAttribute("aria-label", table.dataset.filter);
  const status = document.createElement("p");
  status.className = "quiet";
  status.setAttribute("role", "status");
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    const shown = rows.filter((row) => !row.hidden).length;
    status.textContent = wanted ? table.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length) : "";
  });
  table.parentElement.before(field, status);
}

export function centred(box) {
  const circles = [...box.querySelectorAll("circle")];
  if (!circles.length) return;
  const most = circles.reduce((one, other) => (other.r.baseVal.value > one.r.baseVal.value ? other : one));
  box.scrollTo(most.cx.baseVal.value - box.clientWidth / 2, most.cy.baseVal.value - box.clientHeight / 2);
}

function sortable(table, heading, place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sorting";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const text = (row) => row.cells[place].textContent.trim();
    const sorted = [...table.tBodies[0].rows].sort((one, other) => collator.compare(text(one), text(other)));
    table.tBodies[0].append(...(down ? sorted.reverse() : sorted));
  });
}
