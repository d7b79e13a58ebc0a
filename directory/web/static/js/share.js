// Share and print: buttons that only work with a script, so a script shows them.
import { announce } from "./announce.js";

export function setUpShare() {
  for (const button of document.querySelectorAll("[data-share], [data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => ("print" in button.dataset ? print() : share(button)));
  }
}

async function share(button) {
  const about = { title: button.dataset.title, url: button.dataset.address || location.origin + location.pathname };
  if (navigator.share) {
    await navigator.share(about).catch(() => {});
    return;
  }
  await navigator.clipboard.writeText(about.url);
  announce(button.dataset.done);
  const words = button.querySelector("span");
  const before = words.textContent;
  words.textContent = button.dataset.done;
  setTimeout(() => { words.textContent = before; }, 3000);
}
