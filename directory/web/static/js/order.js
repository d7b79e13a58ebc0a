// Order a list by dragging or with Alt and an arrow key. The buttons do the same without a script.
import { announce } from "./announce.js";

export function setUpOrder() {
  for (const form of document.querySelectorAll("[data-order-list]")) {
    const rows = form.querySelector("[data-rows]");
    if (!rows || rows.children.length < 2) continue;
    const hint = form.querySelector("[data-keys-hint]");
    if (hint) hint.hidden = false;
    for (const row of rows.children) makeMovable(form, rows, row);
  }
}

function makeMovable(form, rows, row) {
  row.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const neighbour = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    if (!neighbour) return;
    const focused = document.activeElement;
    if (event.key === "ArrowUp") rows.insertBefore(row, neighbour);
    else rows.insertBefore(neighbour, row);
    focused.focus();
    keepOrder(form, rows, row);
  });
  const handle = row.querySelector(".list-row-head");
  handle.draggable = true;
  handle.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.row);
    row.classList.add("dragged");
  });
  handle.addEventListener("dragend", () => {
    row.classList.remove("dragged");
    keepOrder(form, rows, row);
  });
  row.addEventListener("dragover", (event) => {
    const moving = rows.querySelector(".dragged");
    if (!moving || moving === row) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    rows.insertBefore(moving, event.clientY > top + height / 2 ? row.nextElementSibling : row);
  });
}

async function keepOrder(form, rows, row) {
  const ids = [...rows.children].map((entry) => entry.dataset.row);
  for (const [index, entry] of [...rows.children].entries()) {
    entry.querySelector(".card-number").textContent = index + 1;
    entry.querySelector("[value^='up:']").disabled = index === 0;
    entry.querySelector("[value^='down:']").disabled = index === ids.length - 1;
  }
  const told = new URLSearchParams([...new FormData(form)]);
  told.set("do", "order");
  told.set("order", ids.join(","));
  await fetch(form.action, { method: "POST", body: told }).catch(() => form.requestSubmit());
  announce(`${row.querySelector("h2").textContent}: ${ids.indexOf(row.dataset.row) + 1} / ${ids.length}`);
}
