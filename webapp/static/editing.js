/* Makes forms quicker: rows without a round trip, today's date, suggestions, drafts. Without it they work all the same. */

import { suggest } from "./editing-suggestions.js";
import { keepDraft } from "./editing-draft.js";

const form = document.querySelector("form[data-draft]");
const words = form.querySelector("[data-status]");

/* One more empty row like the first, each of its fields with its own name for screen readers. */
export function addRow(rows) {
  const first = rows.querySelector(".rows__row");
  const number = rows.querySelectorAll(".rows__row").length + 1;
  const row = first.cloneNode(true);
  row.querySelectorAll(".suggestions, .rows__clear, .small").forEach((extra) => extra.remove());
  row.querySelectorAll(".field").forEach((field) => {
    const label = field.getAttribute("aria-label")?.replace(/ \d+$/, "") ?? form.querySelector(`label[for="${field.id}"]`).firstChild.textContent.trim();
    field.setAttribute("aria-label", `${label} ${number}`);
    if (field.id) field.id = `${field.id}-${number}`;
    field.value = "";
  });
  rows.insertBefore(row, rows.querySelector("[data-more]"));
  prepare(row);
  return row;
}

function prepare(row) {
  const input = row.querySelector("input.field, textarea.field");
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
  clearButton(row, input)?.addEventListener("click", () => {
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
}

/* Only where there are several: emptying a row takes its value away. */
function clearButton(row, input) {
  if (!("many" in row.parentElement.dataset)) return null;
  const button = document.createElement("button");
  button.type = "button";
  input.placeholder ||= " "; // lets the style sheet see that a row is empty
  button.className = "button button--quiet rows__clear";
  button.textContent = "×";
  button.setAttribute("aria-label", `${words.dataset.remove}: ${input.getAttribute("aria-label") ?? input.labels[0]?.firstChild.textContent.trim() ?? ""}`);
  row.append(button);
  return button;
}

form.querySelectorAll(".rows__row").forEach(prepare);
form.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  if (!more) return;
  event.preventDefault();
  addRow(more.parentElement).querySelector(".field").focus();
});
document.getElementById("errors")?.focus();
keepDraft(form, addRow);
