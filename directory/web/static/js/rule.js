// While a rule is written, its sentence and the real cases follow what is typed. Without script a button shows them.
const PAUSE_MS = 500;
let running = null;
let waiting = 0;

export function setUpRule() {
  const form = document.querySelector("[data-rule-form]");
  if (!form) return;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(() => refresh(form), PAUSE_MS); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}

async function refresh(form) {
  const told = new URLSearchParams(new FormData(form));
  told.set("do", "show");
  if (running) running.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.action, { method: "POST", body: told, signal: running.signal });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("rule-preview");
    const stale = document.getElementById("rule-preview");
    if (!fresh || !stale || stale.contains(document.activeElement)) return;
    stale.replaceWith(fresh);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}
