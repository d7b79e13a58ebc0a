// While a listing is edited: whether people could get in now, and when next, as the form says it at this moment. Nothing is kept by it.
const WAIT = 900;

export function setUpGlance() {
  for (const place of document.querySelectorAll("[data-glance]")) new Glance(place);
}

class Glance {
  constructor(place) {
    this.place = place;
    this.form = place.closest("form");
    this.form.addEventListener("change", () => this.wait());
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const typed = new FormData(this.form);
    typed.set("do", "glance");
    const answer = await fetch(this.form.action, { method: "POST", body: new URLSearchParams(typed) }).catch(() => null);
    if (!answer || !answer.ok) return;
    this.place.textContent = (await answer.json()).words;
    this.place.hidden = !this.place.textContent;
  }
}
