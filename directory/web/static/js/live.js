// Filters answer without loading the page anew. The address follows a public search; a private one leaves no trace.
import { announce } from "./announce.js";
import { openOnWide } from "./wide.js";

let running = null;

export function setUpLiveSearch() {
  openOnWide();
  document.addEventListener("change", (event) => {
    const field = event.target;
    const inFilters = field.form && field.form.id === "search" && field.closest(".filters");
    if (inFilters && field.value !== undefined && (field.type !== "time" || dayIsChosen(field.form))) refresh(field);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "search") return;
    for (const field of event.target.elements) if (field.name && !field.value && field.tagName !== "BUTTON") field.disabled = true;
    setTimeout(() => { for (const field of event.target.elements) field.disabled = false; });
  });
}

function dayIsChosen(form) {
  return Boolean(form.elements.day && form.elements.day.value);
}

async function refresh(field) {
  const form = field.form;
  const isPrivate = form.dataset.private === "yes";
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = isPrivate ? form.action : `${form.action}?${asked}`;
  if (running) running.abort();
  running = new AbortController();
  try {
    const answer = await fetch(address, { method: isPrivate ? "POST" : "GET", body: isPrivate ? asked : undefined, signal: running.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("results");
    if (!answer.ok || !fresh) return form.requestSubmit();
    if (!isPrivate) history.replaceState(null, "", address);
    show(fresh, page.title, field);
  } catch (error) {
    if (error.name !== "AbortError") form.requestSubmit();
  }
}

function show(fresh, title, field) {
  const stale = document.getElementById("results");
  const opened = new Set([...stale.querySelectorAll(".filters details[open]")].map((entry) => entry.dataset.group || entry.className));
  const scrolled = scrollY;
  for (const entry of fresh.querySelectorAll(".filters details")) if (opened.has(entry.dataset.group || entry.className)) entry.open = true;
  stale.replaceWith(fresh);
  document.title = title;
  openOnWide();
  dispatchEvent(new CustomEvent("results-shown"));
  const twin = [...document.querySelectorAll(`.filters [name="${CSS.escape(field.name)}"]`)].find((entry) => field.type !== "checkbox" || entry.value === field.value);
  if (twin) twin.focus({ preventScroll: true });
  scrollTo({ top: scrolled, behavior: "instant" });
  announce(document.getElementById("headline").textContent);
}
