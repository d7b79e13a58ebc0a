// Leave at once: the calendar takes the place of this page in the history, and coming back with "back" leads to the calendar again.
// Runs before the page is drawn, so that nothing shows for a moment.
(() => {
  const away = document.currentScript.dataset.away;
  const store = {
    get: () => { try { return sessionStorage.getItem("left"); } catch { return null; } },
    set: () => { try { sessionStorage.setItem("left", "1"); } catch { /* no storage: leaving works all the same */ } },
    clear: () => { try { sessionStorage.removeItem("left"); } catch { /* the same */ } },
  };
  // A list that this phone kept goes too; the worker does it even while the page is changing.
  const forgetLists = () => {
    try {
      navigator.serviceWorker?.getRegistration("/l/").then((found) => found?.active?.postMessage({ act: "forget" }), () => {});
      navigator.serviceWorker?.controller?.postMessage({ act: "forget" });
    } catch { /* nothing was kept */ }
  };
  const leave = () => {
    store.set();
    forgetLists();
    document.documentElement.hidden = true;
    location.replace(away);
  };
  const arrival = performance.getEntriesByType("navigation")[0];
  if (arrival && arrival.type === "back_forward" && store.get()) leave();
  else store.clear();
  addEventListener("pageshow", (event) => { if (event.persisted && store.get()) leave(); });

  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    presses = [...presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (presses.length >= 3) leave();
  }, true);
  addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("#leave")) {
      event.preventDefault();
      leave();
    }
  });
})();
