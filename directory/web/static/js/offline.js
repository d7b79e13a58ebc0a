// Keeps an opened list, its style and its icons on this phone until the list's time is over. Nothing else is kept, and nothing is sent.
const CACHE = "handed", AWAY = "/l/away", PATIENCE = 4000;
const PLAINLY = { cache: "no-store", credentials: "omit" }; // without cookies: the calendar would take the list in the making away

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { act } = event.data || {};
  const work = act === "keep" ? keep(event.data) : act === "forget" ? forget() : null;
  if (work) event.waitUntil(work.then(() => event.ports[0] && event.ports[0].postMessage("done")));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  event.respondWith(event.request.mode === "navigate" ? page(event.request, address) : file(event.request));
});

async function keep({ page, language, files, lasts, gone }) {
  const cache = await caches.open(CACHE);
  const fresh = await fetch(`${page}?kept=1&lang=${language}`, PLAINLY);
  if (!fresh.ok) return forget(page);
  await cache.put(page, await dated(fresh, lasts));
  await Promise.all(files.map(async (name) => (await cache.match(name)) || cache.add(name)));
  for (const name of [AWAY, gone]) await cache.put(name.split("?")[0], await fetch(name, PLAINLY));
}

// The copy says that it is one, and until when it may be shown: by how long it lasts, since the phone's clock may be wrong.
async function dated(answer, lasts) {
  const headers = new Headers({ "content-type": answer.headers.get("content-type"), "content-security-policy": answer.headers.get("content-security-policy") });
  headers.set("x-until", new Date(Date.now() + lasts).toISOString());
  const words = await answer.text();
  return new Response(words.replace("<body ", '<body data-kept="yes" '), { headers });
}

async function page(request, address) {
  const cache = await caches.open(CACHE);
  const kept = await stillGood(cache, address.pathname);
  if (kept && !navigator.onLine) return kept;
  try {
    const fresh = await (kept ? inTime(fetch(request)) : fetch(request));
    if (fresh.status === 404) await cache.delete(address.pathname);
    return fresh;
  } catch {
    return kept || (await cache.match("/l/gone")) || Response.error();
  }
}

async function stillGood(cache, path) {
  const kept = await cache.match(path);
  const until = kept && kept.headers.get("x-until");
  if (!until || new Date(until) > new Date()) return kept;
  await cache.delete(path);
  return undefined;
}

function inTime(answer) {
  return Promise.race([answer, new Promise((_, late) => setTimeout(() => late(new Error("late")), PATIENCE))]);
}

async function file(request) {
  return (await caches.match(request, { ignoreSearch: true, cacheName: CACHE })) || fetch(request);
}

// Everything but the calendar, which says nothing and may be needed without a connection.
async function forget(only) {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (only ? path === only : path !== AWAY && !path.endsWith("/away.css")) await cache.delete(request);
  }
}
