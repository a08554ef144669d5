// What takes longer than a page may: fetched when the page stands. Without it a link leads to the same.
for (const place of document.querySelectorAll("[data-later]")) fill(place);

async function fill(place) {
  const answer = await fetch(place.dataset.later).catch(() => null); // no answer: the page was left, or is offline
  if (!answer?.ok) return;
  const later = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...later.body.children);
}
