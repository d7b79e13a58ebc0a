// The list and the map point at each other; the map that can be moved comes only when it is asked for.
let moving = null;

export function setUpPairs() {
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => point(event.target));
  document.addEventListener("click", openMap);
  addEventListener("results-shown", offerMap);
  offerMap();
}

function offerMap() {
  moving = null;
  for (const button of document.querySelectorAll("[data-open-map]")) button.hidden = false;
}

function point(target) {
  const here = target.closest && target.closest("[data-result], [data-mark]");
  const number = here && (here.dataset.result || here.dataset.mark);
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!number) return;
  for (const mark of document.querySelectorAll("[data-mark]")) {
    const others = (mark.dataset.others || "").split(" ");
    if (mark.dataset.mark === number || others.includes(number)) mark.classList.add("lit");
  }
  if (here.dataset.mark) document.getElementById(`result-${number}`)?.classList.add("lit");
  if (moving) moving.light(Number(number));
}

async function openMap(event) {
  const button = event.target.closest("[data-open-map]");
  if (!button) return;
  button.disabled = true;
  const { openMovingMap } = await import("./map.js");
  moving = await openMovingMap(button.closest(".map"));
  button.hidden = true;
}
