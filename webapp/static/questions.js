/* Suggestions while a blank is filled in; without it names are typed in full, and the page asks back. */

import { suggest } from "./editing-suggestions.js";
import { centred, filterable } from "./sparql-answer.js";

const form = document.getElementById("blanks");
if (form) {
  const words = form.querySelector("[data-status]");
  for (const input of form.querySelectorAll("[data-choices]")) suggest(input, words);
}
const answer = document.getElementById("answer");
if (answer) filterable(answer);
for (const box of document.querySelectorAll(".linked-box")) centred(box);
