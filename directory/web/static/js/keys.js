// Keys for those who search all day: / to the search, j and k through the results, r to refer somebody, ? for this list.
export function setUpKeys() {
  const dialog = document.getElementById("keys");
  for (const button of document.querySelectorAll('[data-opens="keys"]')) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]") || dialog.open) return;
    const act = { "/": toSearch, j: () => move(1), k: () => move(-1), r: refer, "?": () => dialog.showModal() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function toSearch() {
  const field = document.getElementById("q");
  if (!field) return;
  field.focus();
  field.select();
}

function move(step) {
  const links = [...document.querySelectorAll(".card h2 a, .service-row h3 a")];
  const now = links.findIndex((link) => link.closest("li").contains(document.activeElement));
  const next = links[Math.min(links.length - 1, Math.max(0, now + step))];
  if (!next) return;
  next.focus();
  next.closest("li").scrollIntoView({ block: "nearest" });
}

function refer() {
  const isOneListing = document.querySelectorAll("[data-refer]").length === 1;
  const result = isOneListing ? document : document.activeElement.closest("li.card");
  result?.querySelector("[data-refer]")?.click();
}
