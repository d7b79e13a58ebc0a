// The map that can be moved: Leaflet over the points of this page. Tiles come only when the operator named a server for them.
export async function openMovingMap(section) {
  const { points, leaflet, leafletStyle, tiles, thanks } = section.dataset;
  const [answer] = await Promise.all([askForPoints(points, section.dataset.private === "yes"), addScript(leaflet), addStyle(leafletStyle)]);
  const L = window.L;
  const picture = section.querySelector(".point-map");
  const place = document.createElement("div");
  place.className = "moving-map";
  picture.replaceWith(place);
  const map = L.map(place, { attributionControl: Boolean(tiles), zoomSnap: 0.25 });
  if (tiles) L.tileLayer(tiles, { attribution: text(thanks), maxZoom: 18 }).addTo(map);
  const inMiles = section.dataset.miles === "yes";
  L.control.scale({ imperial: inMiles, metric: !inMiles }).addTo(map);
  const pins = new Map();
  L.geoJSON(answer, {
    pointToLayer: (feature, spot) => {
      const pin = L.marker(spot, { icon: L.divIcon({ className: "pin", html: String(Number(feature.properties.number)), iconSize: [28, 28] }), title: feature.properties.name, alt: feature.properties.name });
      pins.set(Number(feature.properties.number), pin);
      return pin.bindPopup(() => popup(feature.properties));
    },
  }).addTo(map);
  map.fitBounds(L.featureGroup([...pins.values()]).getBounds(), { padding: [30, 30], maxZoom: 15 });
  return { light: (number) => light(pins, number) };
}

function light(pins, number) {
  for (const [own, pin] of pins) {
    pin.getElement()?.classList.toggle("lit", own === number);
    pin.setZIndexOffset(own === number ? 1000 : 0);
  }
}

function popup(about) {
  const box = document.createElement("div");
  const name = document.createElement("a");
  name.href = about.href;
  name.textContent = about.name;
  const lines = [about.place, about.status].filter(Boolean).map((line) => {
    const entry = document.createElement("div");
    entry.textContent = line;
    return entry;
  });
  box.append(name, ...lines);
  return box;
}

function text(words) {
  const box = document.createElement("span");
  box.textContent = words;
  return box.innerHTML;
}

async function askForPoints(address, isPrivate) {
  const form = document.getElementById("search");
  const answer = await fetch(address, isPrivate ? { method: "POST", body: new URLSearchParams([...new FormData(form)]) } : {});
  return answer.json();
}

function addScript(address) {
  return new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed });
    document.head.append(script);
  });
}

function addStyle(address) {
  return new Promise((done, failed) => {
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: done, onerror: failed });
    document.head.prepend(style);
  });
}
