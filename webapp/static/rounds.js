/* A meeting's hour: J and K turn to the next and the last line, 1 to 7 choose a verdict, Enter keeps it. */

import { suggest } from "./editing-suggestions.js";

const words = document.getElementById("choices-status");
for (const input of document.querySelectorAll("[data-choices]")) suggest(input, words);

const lines = [...document.querySelectorAll("[data-line]")];
const help = document.querySelector("[data-keys]");
if (lines.length) document.documentElement.classList.add("has-keys");
if (help) help.hidden = false;

let here = -1;

const turn = (to) => {
  if (!lines.length) return;
  here = Math.min(Math.max(to, 0), lines.length - 1);
  lines[here].focus({ preventScroll: true });
  lines[here].scrollIntoView({ block: "start" });
};

const choose = (number) => {
  const line = lines[here];
  const form = line?.querySelector("[data-decide]");
  const choice = form?.querySelectorAll("[name=verdict]")[number - 1];
  if (!choice) return;
  form.closest("details").open = true;
  choice.checked = true;
  const first = [...form.querySelectorAll(".decide__more input, .decide__more select")].find((one) => one.offsetParent);
  (first ?? choice).focus();
};

document.addEventListener("focusin", (event) => {
  const at = lines.findIndex((line) => line.contains(event.target));
  if (at >= 0) here = at;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea");
  if (typing) {
    if (event.key === "Escape" && here >= 0 && !event.defaultPrevented) lines[here].focus();
    return;
  }
  if (event.key === "j") turn(here + 1);
  else if (event.key === "k") turn(here - 1);
  else if (/^[1-7]$/.test(event.key)) choose(Number(event.key));
  else if (event.key === "Enter" && event.target.matches("[name=verdict]")) event.target.form.requestSubmit();
  else return;
  event.preventDefault();
});

/* After a verdict the address names the next line. */
const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named && lines.includes(named)) turn(lines.indexOf(named));
