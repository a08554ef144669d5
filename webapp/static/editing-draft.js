/* Keeps what is typed in the browser until it is saved: a reload, a crash or an empty battery loses nothing. */

const WAIT = 400;
const APART = new Set(["csrf_token", "draft", "back", "author"]);
const nameOf = (form) => `pankenetz-draft:${form.dataset.draft}`;

const content = (form) => [...new FormData(form)].filter(([name]) => !APART.has(name));
const typed = (entries) => JSON.stringify(entries.filter(([name, value]) => name !== "version" && value.trim()));

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // switched off, or not ours
  }
}

function store(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // Switched off or full: the form works without drafts.
  }
}

/* Fill the form with a draft: first empty what is there, then set value by value, with more rows where they are needed. */
function restore(form, entries, addRow) {
  const byName = new Map();
  entries.forEach(([name, value]) => byName.set(name, [...(byName.get(name) ?? []), value]));
  const names = new Set([...form.elements].map((element) => element.name).filter((name) => name && !APART.has(name)));
  for (const name of names) {
    const values = byName.get(name) ?? [];
    const elements = [...form.elements].filter((element) => element.name === name && element.type !== "submit");
    elements.forEach((element, index) => {
      if (element.type === "checkbox" || element.type === "radio") element.checked = values.includes(element.value);
      else element.value = values[index] ?? "";
    });
    const rows = form.querySelector(`[data-rows~="${CSS.escape(name)}"]`);
    values.slice(elements.length).forEach((value) => {
      if (rows) addRow(rows).querySelector(`[name="${CSS.escape(name)}"]`).value = value;
    });
  }
  form.querySelectorAll("details").forEach((details) => {
    if ([...details.querySelectorAll("input, textarea, select")].some((one) => (one.type === "checkbox" ? one.checked : one.value))) details.open = true;
  });
}

export function keepDraft(form, addRow) {
  const key = nameOf(form);
  const fresh = content(form);
  const draft = stored(key);
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    const now = content(form);
    store(key, typed(now) === typed(fresh) && !("refused" in form.dataset) ? null : { when: Date.now(), entries: now });
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", keep);
  addEventListener("pagehide", () => {
    if (timer) keep();
  });
  if ("refused" in form.dataset) keep();
  else if (draft && typed(draft.entries) !== typed(fresh)) offer(form, draft, addRow, key);
}

function offer(form, draft, addRow, key) {
  const box = form.querySelector("[data-offer]");
  const when = new Date(draft.when).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const sentence = box.querySelector("p");
  sentence.textContent = sentence.textContent.replace("{when}", when);
  box.hidden = false;
  box.querySelector("[data-restore]").addEventListener("click", () => {
    restore(form, draft.entries, addRow);
    box.hidden = true;
    form.querySelector(".field").focus();
  });
  box.querySelector("[data-drop]").addEventListener("click", () => {
    store(key, null);
    box.hidden = true;
    form.querySelector(".field").focus();
  });
}
