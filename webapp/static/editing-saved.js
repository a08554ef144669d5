/* On the page after a save: the draft has done its duty. */

const { savedDraft } = document.querySelector("[data-saved-draft]").dataset;
try {
  localStorage.removeItem(`pankenetz-draft:${savedDraft}`);
} catch {
  // Switched off: then there was none.
}
