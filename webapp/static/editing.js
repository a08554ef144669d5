/* Makes forms quicker: rows without a round trip, today's date, suggestions, drafts. Without it they work all the same. */

import { suggest } from "./editing-suggestions.js";
import { keepDraft } from "./editing-draft.js";

const form = document.querySelector("form[data-draft]");
const words = form.querySelector("[data-status]");

/* One more empty row like the first, with its own name for screen readers. */
export function addRow(rows) {
  const first = rows.querySelector(".rows__row");
  const number = rows.querySelectorAll(".rows__row").length + 1;
  const row = first.cloneNode(true);
  row.querySelectorAll(".suggestions, .small").forEach((extra) => extra.remove());
  const input = row.querySelector(".field");
  const label = form.querySelector(`label[for="${rows.querySelector(".field").id}"]`);
  input.id = `${rows.querySelector(".field").id}-${number}`;
  input.value = "";
  input.defaultValue = "";
  input.setAttribute("aria-label", `${label.firstChild.textContent.trim()} ${number}`);
  rows.insertBefore(row, rows.querySelector("[data-more]"));
  prepare(row);
  return input;
}

function prepare(row) {
  const input = row.querySelector(".field");
  if (input?.dataset.choices) suggest(input, words);
  const today = row.querySelector("[data-today]");
  if (today) {
    today.hidden = false;
    today.addEventListener("click", () => {
      const now = new Date();
      input.value = `${now.getDate()}.${now.getMonth() + 1}.${now.getFullYear()}`;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    });
  }
  const clear = row.querySelector(".rows__clear") ?? clearButton(row);
  clear?.addEventListener("click", () => {
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
}

/* Only where there are several: emptying a row takes its value away. */
function clearButton(row) {
  if (!("many" in row.parentElement.dataset)) return null;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet rows__clear";
  button.textContent = "×";
  button.setAttribute("aria-label", `${words.dataset.remove}: ${row.querySelector(".field").getAttribute("aria-label") ?? ""}`);
  row.append(button);
  return button;
}

form.querySelectorAll(".rows__row").forEach(prepare);
form.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  if (!more) return;
  event.preventDefault();
  addRow(more.parentElement).focus();
});
document.getElementById("errors")?.focus();
keepDraft(form, addRow);
