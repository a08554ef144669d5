// Lists come in: files may be dropped, big ones are refused before they are sent, and the page follows the reading.

const form = document.querySelector(".drop");
if (form) drop(form);
watch();

/** Say that a form was sent, which may take a while, and let it be sent once. */
function send(form, status) {
  const [button, words] = [form.querySelector("[type=submit]"), form.querySelector(status)];
  form.addEventListener("submit", () => { button.disabled = true; words.textContent = form.dataset.sending; });
  // Coming back by the browser's button, the form must work again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) { button.disabled = false; words.textContent = ""; }
  });
}

/** Follow a reading that is under way; notice when somebody begins to choose meanings. */
function watch() {
  const progress = document.querySelector("[data-state]");
  if (progress) follow(progress);
  const take = document.querySelector(".take");
  if (take) send(take, ".take__status");
  document.querySelectorAll(".assign select").forEach((select) =>
    select.addEventListener("change", () => hold(select.form)));
}

/** What was chosen but not applied would be lost by taking over now. */
function hold(form) {
  form.dataset.touched = "yes";
  document.querySelector(".take__hint").hidden = false;
  const button = document.querySelector(".take [type=submit]");
  if (button) button.disabled = true;
}

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
  send(form, ".drop__status");

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

/** Ask how far the reading is; when it is done, show what came of it, unless somebody is choosing meanings there. */
async function follow(place) {
  const state = await fetch(place.dataset.state, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .catch(() => null); // no answer this time: asked again
  const words = place.querySelector(".progress__words");
  if (!state || state.state === "reading") {
    if (state && words.textContent !== state.words) words.textContent = state.words;
    if (state) place.querySelector("progress").value = state.step;
    setTimeout(() => follow(place), 700);
  } else if (document.querySelector(".assign[data-touched]")) {
    place.querySelector("progress").remove();
    words.textContent = place.dataset.ready;
  } else {
    renew();
  }
}

/** Show what the page is now without losing the place, nor the notice above it of what was just done. */
async function renew() {
  const answer = document.querySelector("#short") && await fetch(location.href).catch(() => null);
  if (!answer?.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  watch();
}
