// A list on a phone: kept for later, and true to the day on which it is read.
const about = document.body.dataset;
const note = document.getElementById("offline-note");
const isKept = "kept" in about; // written into the copy by the script that keeps it

if (isKept) {
  markToday();
  for (const entry of document.querySelectorAll(".now-only")) entry.hidden = true;
  note.textContent = note.dataset.offline;
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
if ("serviceWorker" in navigator && !isKept) keepForLater();

// "Today" of a page that was kept is another day by now.
function markToday() {
  const now = new Date();
  const today = [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
  for (const week of document.querySelectorAll(".week")) {
    const rows = [...week.querySelectorAll("[data-day]")];
    for (const row of rows) {
      const isToday = row.dataset.day === today;
      row.classList.toggle("today", isToday);
      row.querySelector(".is-today").hidden = !isToday;
    }
  }
}

async function keepForLater() {
  const drawn = [...document.querySelectorAll("use")].map((use) => use.getAttribute("href").split("#")[0]);
  const linked = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"]')].map((link) => link.getAttribute("href"));
  const scripts = [...document.scripts].map((script) => script.getAttribute("src"));
  const files = [...new Set([...drawn, ...linked, ...scripts, about.awayStyle])];
  try {
    await navigator.serviceWorker.register(about.worker);
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      note.textContent = note.dataset.kept;
      note.dataset.state = "kept";
    };
    active.postMessage({ act: "keep", page: about.page, language: document.documentElement.lang, files, lasts: new Date(about.until) - new Date(about.asOf), gone: about.gone }, [port2]);
  } catch {
    // Without a place to keep it, the list is read with a connection.
  }
}
