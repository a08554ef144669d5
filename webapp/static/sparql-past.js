// The last queries, kept in this browser only.

const KEY = "pankenetz-queries";
const MOST = 20;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return []; // switched off, or not ours
  }
}

function write(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries.slice(0, MOST)));
  } catch {
    // a browser that keeps nothing still asks
  }
}

export function remember(box, form, editor) {
  form.addEventListener("submit", () => write([editor.getValue(), ...read().filter((one) => one !== editor.getValue())]));
  const queries = read();
  if (!queries.length) return;
  const list = box.querySelector("ul");
  for (const text of queries) list.append(entry(text, () => { editor.setValue(text); editor.focus(); }));
  const empty = entry(box.dataset.empty, () => { write([]); box.hidden = true; });
  list.append(empty);
  box.hidden = false;
}

function entry(text, act) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet button--small past__query";
  button.textContent = text.replace(/^(\s*PREFIX[^\n]*\n)+/i, "").replace(/\s+/g, " ").trim().slice(0, 100);
  button.addEventListener("click", act);
  item.append(button);
  return item;
}
