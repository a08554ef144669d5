// Lists come in: files may be dropped, big ones are refused before they are sent, and the page follows the reading.

const form = document.querySelector(".drop");
if (form) drop(form);
const progress = document.querySelector("[data-state]");
if (progress) follow(progress);
document.querySelectorAll(".assign select").forEach((select) =>
  select.addEventListener("change", () => { select.form.dataset.touched = "yes"; }));

/** Let files be dropped anywhere on the form; show what was chosen, and what the source would be called. */
function drop(form) {
  const zone = form.querySelector(".drop__zone");
  const input = form.querySelector("[type=file]");
  const source = form.querySelector("[name=source]");
  form.querySelector(".drop__hint").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("drop__zone--over"); });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) zone.classList.remove("drop__zone--over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("drop__zone--over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
  });
  input.addEventListener("change", show);
  form.addEventListener("submit", () => {
    form.querySelector("[type=submit]").disabled = true;
    form.querySelector(".drop__status").textContent = form.dataset.sending;
  });
  // Coming back by the browser's button, the form must work again.
  window.addEventListener("pageshow", () => {
    form.querySelector("[type=submit]").disabled = false;
    form.querySelector(".drop__status").textContent = "";
  });

  function show() {
    const files = [...input.files];
    form.querySelector(".drop__list").replaceChildren(...files.map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${size(file.size)})`;
      return line;
    }));
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    input.setCustomValidity(bytes > Number(form.dataset.most) ? form.dataset.tooBig : "");
    input.reportValidity();
    if (files.length) source.placeholder = files[0].name.replace(/\.[^.]*$/, "");
  }
}

/** A number of bytes as people read it, in the language of the page. */
function size(bytes) {
  const [unit, count] = bytes < 1e6 ? ["kilobyte", bytes / 1e3] : ["megabyte", bytes / 1e6];
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit", unit, maximumFractionDigits: count < 10 ? 1 : 0,
  }).format(count);
}

/** Ask how far the reading is; show the page anew when it is done, unless somebody is choosing meanings there. */
async function follow(place) {
  const answer = await fetch(place.dataset.state, { headers: { Accept: "application/json" } }).catch(() => null);
  const state = answer?.ok ? await answer.json() : null;
  if (answer && answer.status === 404) return location.reload();
  if (state && state.state !== "reading" && !document.querySelector(".assign[data-touched]")) return location.reload();
  if (state?.words) {
    const words = place.querySelector(".progress__words");
    if (words.textContent !== state.words) words.textContent = state.words;
    place.querySelector("progress").value = state.step ?? 0;
  }
  setTimeout(() => follow(place), 700);
}
