// Comfort for the query field; everything works without it.

import { completions } from "./sparql-words.js";
import { centred, filterable } from "./sparql-answer.js";
import { remember } from "./sparql-past.js";

const form = document.getElementById("query-form");
const query = document.getElementById("query");
const state = document.getElementById("query-state");
const label = form.querySelector("label[for=query]").textContent;

const editor = window.CodeMirror.fromTextArea(query, {
  mode: "application/sparql-query",
  lineNumbers: true,
  lineWrapping: true,
  matchBrackets: true,
  indentUnit: 2,
  tabSize: 2,
  inputStyle: "contenteditable",
  screenReaderLabel: label,
  viewportMargin: Infinity,
  extraKeys: {
    "Ctrl-Enter": () => form.requestSubmit(),
    "Cmd-Enter": () => form.requestSubmit(),
    "Ctrl-Space": complete,
    // After Esc the next Tab leaves the field: nobody is trapped in it.
    Esc: () => { leaving = true; },
    "Shift-Tab": false,
  },
});
let leaving = false;
editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), Tab: leave });
editor.on("blur", () => { leaving = false; });
editor.getWrapperElement().setAttribute("aria-describedby", "query-keys");
for (const part of editor.getWrapperElement().querySelectorAll(".CodeMirror-scroll")) part.tabIndex = 0;

function leave(cm) {
  if (!leaving) { cm.execCommand("insertSoftTab"); return; }
  editor.getInputField().blur();
  form.querySelector("button[type=submit]").focus();
}

function complete(cm) {
  cm.showHint({ hint: (one) => completions(one, form.dataset.terms), completeSingle: false });
}

// Words come by themselves behind a colon and a question mark, where there is little else to write.
editor.on("inputRead", (cm, change) => {
  if (/[:?]$/.test(change.text.join("")) && !cm.state.completionActive) complete(cm);
});

if (form.dataset.line) {
  const [line, column] = [form.dataset.line - 1, form.dataset.column - 1];
  const text = editor.getLine(line) ?? "";
  const length = (text.slice(column).match(/^\S+/) ?? [" "])[0].length;
  editor.markText({ line, ch: column }, { line, ch: column + length }, { className: "mistake" });
  editor.addLineClass(line, "background", "mistake-line");
}

form.addEventListener("submit", () => {
  editor.save();
  // A file is downloaded beside the page, which then never learns that it has come.
  if (!form.elements.format.value) state.textContent = state.dataset.running;
});

// Back from the answer's page: the browser may show this one as it was left.
window.addEventListener("pageshow", () => { state.textContent = ""; });

remember(document.getElementById("past"), form, editor);
const answer = document.getElementById("answer");
if (answer) filterable(answer);
for (const box of document.querySelectorAll(".linked-box")) centred(box);
