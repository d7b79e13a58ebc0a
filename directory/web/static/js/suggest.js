// Words to choose from while typing (the ARIA combobox pattern: arrows move, Enter takes, Escape closes).
const WAIT = 140;

export function setUpSuggestions() {
  for (const field of document.querySelectorAll("[data-suggest]")) new Suggestions(field);
}

class Suggestions {
  constructor(field) {
    this.field = field;
    this.chosen = -1;
    this.list = Object.assign(document.createElement("ul"), { className: "suggest-list", id: `${field.id}-list`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels[0].textContent);
    this.calls = Object.assign(document.createElement("p"), { className: "suggest-calls danger", hidden: true });
    this.calls.setAttribute("role", "status");
    field.after(this.list);
    field.closest("form").before(this.calls);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) field.setAttribute(name, value);
    field.addEventListener("input", () => this.wait());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest('[role="option"]');
      if (!option) return;
      event.preventDefault();
      this.take(option);
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const typed = this.field.value.trim();
    if (typed.length < 2) return this.close();
    const answer = await fetch(`${this.field.dataset.suggest}?${new URLSearchParams({ q: typed })}`).catch(() => null);
    const found = answer && answer.ok ? await answer.json() : [];
    if (this.field.value.trim() !== typed || document.activeElement !== this.field) return;
    this.showCalls(found.filter((entry) => entry.kind === "danger"));
    this.show(found.filter((entry) => entry.kind !== "danger"));
  }

  // Whom to call stands above the form, not in the list of words: it stays when the list closes.
  showCalls(calls) {
    this.calls.replaceChildren(...calls.map((entry) => Object.assign(document.createElement("a"), { href: entry.call, textContent: entry.text })));
    this.calls.hidden = !calls.length;
  }

  show(found) {
    this.chosen = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((entry, index) => {
      const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${index}`, textContent: entry.text });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    this.open(found.length > 0);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.field.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    this.open(false);
    this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const options = [...this.list.children];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length && !this.list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = (this.chosen + step + options.length + (this.chosen < 0 && step < 0 ? 1 : 0)) % options.length;
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.chosen)));
      this.field.setAttribute("aria-activedescendant", options[this.chosen].id);
      options[this.chosen].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.chosen >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.take(options[this.chosen]);
    }
  }

  take(option) {
    this.field.value = option.textContent;
    this.close();
    this.field.focus();
  }
}
