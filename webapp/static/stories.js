// Shows a story one step at a time: arrow keys, space, Home, End, F for the whole screen. The step stands in the address.

const steps = [...document.querySelectorAll("[data-step]")];
const place = document.querySelector("[data-place]");
const full = document.querySelector("[data-full]");

function number() {
  const asked = Number(location.hash.slice(1));
  return asked >= 1 && asked <= steps.length ? Math.floor(asked) : 1;
}

function show() {
  const now = number();
  for (const [index, step] of steps.entries()) step.classList.toggle("is-now", index + 1 === now);
  place.textContent = place.dataset.words.replace("{number}", now).replace("{count}", steps.length);
  for (const button of document.querySelectorAll("[data-go]")) {
    const target = now + Number(button.dataset.go);
    button.disabled = target < 1 || target > steps.length;
  }
}

function go(to) {
  const target = Math.min(steps.length, Math.max(1, to));
  if (target === number()) return;
  location.hash = String(target);
}

function wholeScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.key === " " && event.target.closest("button, a"))) return;
  const action = {
    ArrowRight: () => go(number() + 1), ArrowDown: () => go(number() + 1), PageDown: () => go(number() + 1), " ": () => go(number() + 1),
    ArrowLeft: () => go(number() - 1), ArrowUp: () => go(number() - 1), PageUp: () => go(number() - 1),
    Home: () => go(1), End: () => go(steps.length), f: wholeScreen,
  }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

if (steps.length) {
  document.body.classList.add("is-live");
  for (const button of document.querySelectorAll("[data-go], [data-full]")) button.hidden = false;
  for (const button of document.querySelectorAll("[data-go]")) {
    button.addEventListener("click", () => go(number() + Number(button.dataset.go)));
  }
  full.addEventListener("click", wholeScreen);
  addEventListener("hashchange", () => { show(); document.querySelector(".is-now h2").focus(); });
  addEventListener("keydown", key);
  show();
}
