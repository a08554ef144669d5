// Keys of the whole explorer page, where nobody is typing; those within the picture are the camera's.

/** `actions`: key to what it does; Ctrl+Z is called "undo". */
export function listenForKeys(actions) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=range]), select, textarea, [contenteditable], dialog");
    if (typing || event.altKey) return;
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!isUndo && (event.ctrlKey || event.metaKey)) return;
    const action = actions[isUndo ? "undo" : event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action(event.key);
  });
}

/** The picture with its legend on the whole screen, or back. */
export function toggleFullScreen(frame) {
  if (document.fullscreenElement) document.exitFullscreen();
  else frame.requestFullscreen?.();
}

/** The canvas of a picture on the colour of its page, as a file. */
export function savePng(element, name) {
  const drawn = element.querySelector("canvas");
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [drawn.width, drawn.height];
  const c = sheet.getContext("2d");
  c.fillStyle = getComputedStyle(element).backgroundColor;
  c.fillRect(0, 0, sheet.width, sheet.height);
  c.drawImage(drawn, 0, 0);
  sheet.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
