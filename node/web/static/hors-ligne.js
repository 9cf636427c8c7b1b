// Keeps the last public pages that somebody read, to be read again without connection: what the server says is for everybody,
// and nothing else. Whoever is signed in gets no such page, and nothing that a cookie opened is ever kept.

const PAGES = "pages-1", PARTS = "parties-1", GROUND = "socle-1";
const MOST_PAGES = 30, MOST_PARTS = 80, PATIENCE = 8000;
const OFFLINE = "/hors-ligne";
// Forms and searches are of no use without connection.
const PASSING = /^\/(recherche|entrer|ecrire|signaler|invitation|reponse|premiers-pas|hors-ligne)(\/|$)/;

self.addEventListener("install", (event) => event.waitUntil(found().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(Promise.all(event.data.keep.map(fetchAndKeep)));
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/") || event.request.destination === "image") event.respondWith(part(event));
});

const isPublic = (answer) => answer.ok && !answer.redirected && /(^|[ ,])public/.test(answer.headers.get("Cache-Control") ?? "");
const isPage = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("text/html");

async function found() {
  const ground = await caches.open(GROUND);
  const answer = await fetch(OFFLINE, { credentials: "omit" });
  const parts = [...(await answer.clone().text()).matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((match) => match[1]);
  await ground.put(OFFLINE, answer);
  await ground.addAll([...new Set(parts)]);
}

async function tidy() {
  const known = [PAGES, PARTS, GROUND];
  await Promise.all((await caches.keys()).filter((name) => !known.includes(name)).map((name) => caches.delete(name)));
}

async function keep(name, address, answer, most) {
  // Had whole first: a connection that ends half-way must not take the older copy away.
  const [cache, body] = [await caches.open(name), await answer.blob()];
  await cache.put(address, new Response(body, answer));
  const addresses = await cache.keys();
  await Promise.all(addresses.slice(0, Math.max(addresses.length - most, 0)).map((old) => cache.delete(old)));
}

async function fetchAndKeep(address) {
  const url = new URL(address, location.origin);
  if (url.origin !== location.origin || PASSING.test(url.pathname)) return;
  const answer = await fetch(url.pathname + url.search, { credentials: "omit" }).catch(() => null);
  if (answer && isPublic(answer)) await (isPage(answer) ? keep(PAGES, plain(url), answer, MOST_PAGES) : keep(PARTS, url.href, answer, MOST_PARTS));
}

// One copy of a page, in whichever way it was reached.
const plain = (url) => {
  const said = new URL(url);
  said.searchParams.delete("fait");
  said.hash = "";
  return said.href;
};

async function page(event) {
  const url = new URL(event.request.url), address = plain(url);
  const copy = (await (await caches.open(PAGES)).match(address, { ignoreVary: true })) ?? null;
  const asked = fetch(event.request).then((answer) => {
    if (isPublic(answer) && isPage(answer) && !PASSING.test(url.pathname)) {
      event.waitUntil(keep(PAGES, address, answer.clone(), MOST_PAGES));
    } else if ([401, 403, 404, 410].includes(answer.status)) {
      event.waitUntil(caches.open(PAGES).then((cache) => cache.delete(address))); // withdrawn there, gone here
    }
    return answer;
  });
  try {
    // One bar of signal: what is kept is better than to wait for ever.
    return await (copy ? Promise.race([asked, late()]) : asked);
  } catch {
    asked.catch(() => null);
    return copy ?? (await caches.match(OFFLINE, { ignoreVary: true })) ?? Response.error();
  }
}

const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));

async function part(event) {
  try {
    const answer = await fetch(event.request);
    if (isPublic(answer)) event.waitUntil(keep(PARTS, event.request.url, answer.clone(), MOST_PARTS));
    return answer;
  } catch {
    return (await caches.match(event.request.url, { ignoreVary: true })) ?? Response.error();
  }
}
