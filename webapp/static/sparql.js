// Comfort for the query field; everything works without it.

const form = document.getElementById("query-form");
const query = document.getElementById("query");
const state = document.getElementById("query-state");
const INDENT = "  ";

// After Esc the next Tab leaves the field: nobody is trapped in it.
let leaving = false;

query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape") {
    leaving = true;
  } else if (event.key === "Tab" && !event.shiftKey && !leaving) {
    event.preventDefault();
    query.setRangeText(INDENT, query.selectionStart, query.selectionEnd, "end");
  } else if (event.key !== "Tab") {
    leaving = false;
  }
});
query.addEventListener("blur", () => { leaving = false; });

form.addEventListener("submit", () => {
  // A file is downloaded beside the page, which then never learns that it has come.
  if (!form.elements.format.value) state.textContent = state.dataset.running;
});

// Back from the answer's page: the browser may show this one as it was left.
window.addEventListener("pageshow", () => { state.textContent = ""; });
