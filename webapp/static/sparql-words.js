// What can stand at the cursor: our classes and properties, prefixes, the query's own variables, entries by their names.

let known = null;
const KEYWORDS = "SELECT CONSTRUCT ASK DESCRIBE WHERE FILTER OPTIONAL UNION MINUS BIND VALUES GRAPH LIMIT OFFSET DISTINCT COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT EXISTS CONTAINS REGEX LANG STR YEAR BOUND COALESCE".split(" ").concat(["ORDER BY", "GROUP BY", "HAVING", "NOT EXISTS"]);
const MOST = 40;

export async function completions(editor, address) {
  known ??= await (await fetch(address)).json();
  const cursor = editor.getCursor();
  const before = editor.getLine(cursor.line).slice(0, cursor.ch);
  const word = before.match(/[?$<]?[\p{L}\p{N}_:./#-]*$/u)[0];
  const from = { line: cursor.line, ch: cursor.ch - word.length };
  const isKind = /(^|[\s;{}.])(a|rdf:type)\s+$/.test(before.slice(0, -word.length || undefined));
  const list = word.startsWith("?") || word.startsWith("$") ? variables(editor, word) : await words(word, address, isKind);
  const data = { list, from, to: cursor };
  // A prefix that is used gets its line at the top.
  window.CodeMirror.on(data, "pick", (picked) => declare(editor, picked.text));
  return data;
}

function variables(editor, word) {
  const found = new Set(editor.getValue().match(/[?$][\p{L}\p{N}_]+/gu) ?? []);
  found.delete(word);
  return [...found].filter((one) => one.startsWith(word)).sort().map((text) => ({ text, displayText: text }));
}

// Behind "a" stands what something is, nothing else. What begins as it was typed comes first: pn:Actor is not pn:actor.
async function words(word, address, isKind) {
  const wanted = word.toLowerCase();
  const fits = (one) => one.name.toLowerCase().includes(wanted) || one.label.toLowerCase().includes(wanted);
  const rank = (one) => (one.name.startsWith(word) ? 0 : one.name.toLowerCase().startsWith(wanted) ? 1 : 2);
  const terms = (isKind ? known.classes : [...known.classes, ...known.properties]).filter(fits);
  terms.sort((one, other) => rank(one) - rank(other) || other.uses - one.uses);
  const list = terms.slice(0, MOST).map((one) => ({
    text: one.name, displayText: one.label ? `${one.name}  –  ${one.label} (${one.uses})` : `${one.name} (${one.uses})`,
  }));
  if (wanted.length > 1 && !wanted.includes(":") && !isKind) {
    const keywords = KEYWORDS.filter((one) => one.toLowerCase().startsWith(wanted));
    list.unshift(...keywords.map((text) => ({ text, displayText: text })));
    const url = `${address}?${new URLSearchParams({ q: word.replace("<", "") })}`;
    const { entries } = await (await fetch(url)).json();
    list.push(...entries.map((one) => ({ text: `<${one.iri}>`, displayText: one.label })));
  }
  return list;
}

function declare(editor, text) {
  const prefix = text.match(/^([a-z]+):/)?.[1];
  const namespace = prefix && known.prefixes[prefix];
  if (!namespace || new RegExp(`PREFIX\\s+${prefix}:`, "i").test(editor.getValue())) return;
  editor.replaceRange(`PREFIX ${prefix}: <${namespace}>\n`, { line: 0, ch: 0 });
}
