// The map of areas and its boxes say the same: a tap on the map ticks a box, and a ticked box fills the map.
export function setUpAreas() {
  document.addEventListener("click", (event) => tap(event.target));
  document.addEventListener("change", (event) => show(event.target));
  for (const mark of document.querySelectorAll("[data-box]")) show(document.getElementById(mark.dataset.box));  // browsers restore boxes
}

function tap(target) {
  const mark = target.closest && target.closest("[data-box]");
  if (mark) document.getElementById(mark.dataset.box)?.click();
}

function show(box) {
  if (!box || !box.id) return;
  for (const mark of document.querySelectorAll(`[data-box="${CSS.escape(box.id)}"]`)) mark.classList.toggle("chosen", box.checked);
}
