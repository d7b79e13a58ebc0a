// Save a place to the list without leaving the page, with undo instead of a question. `s` saves the result that has the focus.
import { announce } from "./announce.js";

export function setUpSave() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save], [data-undo-save]");
    if (!button || button.type !== "submit") return;
    event.preventDefault();
    send(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const here = document.activeElement && document.activeElement.closest(".card, .place-where");
    const button = (here || document).querySelector("[data-save]");
    const all = document.querySelectorAll("[data-save]");
    if (!button || (!here && new Set([...all].map((entry) => entry.value)).size > 1)) return;
    event.preventDefault();
    send(button);
  });
}

// One after the other: each answer brings the list that the next one builds on.
let before = Promise.resolve();

function send(button) {
  before = before.then(() => ask(button));
}

async function ask(button) {
  const asked = new URLSearchParams([[button.name, button.value]]);
  const answer = await fetch(button.form.action, { method: "POST", body: asked, headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer || !answer.ok) return button.form.requestSubmit(button);
  const told = await answer.json();
  show(button.value, told);
  toast(button.value, told);
}

function show(place, told) {
  for (const button of document.querySelectorAll("[data-save]")) {
    if (button.value !== place) continue;
    button.name = told.saved ? "take_back" : "place";
    button.setAttribute("aria-pressed", String(told.saved));
    button.querySelector("span").textContent = told.saved ? button.dataset.savedWords : button.dataset.words;
  }
  const link = document.getElementById("your-list");
  if (!link) return;
  link.classList.toggle("is-empty", told.count === 0);
  link.setAttribute("aria-label", told.words);
  link.querySelector("b").textContent = told.count;
}

let hiding = null;

function toast(place, told) {
  const box = document.getElementById("saved-toast");
  if (!box) return announce(told.words);
  const undo = box.querySelector("[data-undo-save]");
  undo.name = told.saved ? "take_back" : "place";
  undo.value = place;
  box.querySelector("[data-words]").textContent = told.saved ? box.dataset.saved : box.dataset.takenOut;
  box.hidden = false;
  announce(`${box.querySelector("[data-words]").textContent} ${told.words}`);
  clearTimeout(hiding);
  hiding = setTimeout(() => { if (!box.contains(document.activeElement)) box.hidden = true; }, 8000);
}
