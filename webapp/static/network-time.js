// Two sliders for the years, which never cross.

const PATIENCE = 180; // ms without a movement after which the picture follows

/** `changed({from, to})` hears the years chosen, null where an end of the time is open. */
export function timeline(element, changed) {
  if (!element) return { show() {} };
  const [from, to] = ["from", "to"].map((name) => element.querySelector(`[data-year="${name}"]`));
  let waiting;
  const write = () => {
    for (const one of [from, to]) one.previousElementSibling.textContent = one.value;
  };
  const tell = () => changed({
    from: from.value === from.min ? null : from.value,
    to: to.value === to.max ? null : to.value,
  });
  const follow = (moved, other, crossed) => moved.addEventListener("input", () => {
    if (crossed()) other.value = moved.value;
    write();
    clearTimeout(waiting);
    waiting = setTimeout(tell, PATIENCE);
  });
  const crossed = () => Number(from.value) > Number(to.value);
  follow(from, to, crossed);
  follow(to, from, crossed);
  const show = () => {
    const asked = new URLSearchParams(location.search);
    [from.value, to.value] = [asked.get("from") || from.min, asked.get("to") || to.max];
    write();
  };
  element.querySelector("button").addEventListener("click", () => {
    [from.value, to.value] = [from.min, to.max];
    write();
    tell();
  });
  element.hidden = false;
  show();
  return { show };
}
