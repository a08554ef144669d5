/* Search-as-you-type for one link field, after the ARIA combobox pattern with a list: arrows, Enter, Escape, Home, End. */

const WAIT = 120;
let lists = 0;

/* `source`: where suggestions are asked for. One that has an address leads there, any other becomes the text. */
export function suggest(input, words, source = input.dataset.choices) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${(lists += 1)}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? input.getAttribute("aria-label") ?? "");
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  let timer = 0;
  let asked = 0;
  let chosen = -1;
  let shown = ""; // the text the list is about
  let coming = null; // the answer an arrow key waits for

  /* Also forgets what was asked: no late answer opens the list again. */
  const close = () => {
    clearTimeout(timer);
    asked += 1;
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (place) => {
    const options = [...list.children];
    if (!options.length) return;
    chosen = (place + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[chosen].id);
  };

  const take = (option) => {
    if (option.dataset.address) return location.assign(option.dataset.address);
    input.value = option.dataset.text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return close();
  };

  const draw = (options) => {
    list.replaceChildren(...options.map((one, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.text = one.text;
      if (one.address) item.dataset.address = one.address;
      item.append(one.label);
      if (one.hint) {
        const hint = document.createElement("span");
        hint.className = "quiet small";
        hint.textContent = ` (${one.hint})`;
        item.append(hint);
      }
      return item;
    }));
    chosen = -1;
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    const { none, one, some } = words.dataset;
    words.textContent = options.length === 0 ? none : options.length === 1 ? one : some.replace("{count}", options.length);
  };

  const ask = async () => {
    clearTimeout(timer);
    const turn = (asked += 1);
    const text = input.value;
    const address = new URL(source, location.href);
    address.searchParams.set("q", text);
    const found = await fetch(address, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null); // offline, or the page was left: the field stays a plain text field
    if (!found || turn !== asked) return;
    const { options } = found;
    if (document.activeElement !== input) return;
    shown = text;
    draw(options);
  };

  /* Arrow keys move in the list of what is written now: while an older one stands there, they wait for the new one. */
  const move = (place) => {
    if (!list.hidden && shown === input.value) return mark(place());
    coming = ask().then(() => list.hidden || mark(place())).finally(() => (coming = null));
    return coming;
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(() => (event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1));
    } else if (event.key === "Enter" && coming) {
      event.preventDefault();
      coming.then(() => chosen >= 0 && take(list.children[chosen]));
    } else if (event.key === "Enter" && isOpen && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    } else if ((event.key === "Home" || event.key === "End") && isOpen && chosen >= 0) {
      event.preventDefault();
      mark(event.key === "Home" ? 0 : -1);
    }
  });
  input.addEventListener("blur", close);
  // Before the field loses the focus, and with it the list.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}
