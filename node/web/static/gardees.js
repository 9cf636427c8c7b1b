// The page that is shown without connection: what this browser kept, and a button that forgets it.

const PAGES = "pages-1";
const list = document.querySelector("[data-gardees]");
const section = list.closest("section");

async function show() {
  if (!("caches" in window)) return;
  const cache = await caches.open(PAGES);
  const kept = (await cache.keys()).reverse();
  list.replaceChildren();
  for (const request of kept) {
    const words = await (await cache.match(request, { ignoreVary: true })).text();
    const read = new DOMParser().parseFromString(words, "text/html");
    const link = document.createElement("a");
    link.href = new URL(request.url).pathname + new URL(request.url).search;
    link.textContent = read.querySelector("h1")?.textContent.trim() || read.title;
    link.lang = read.querySelector("h1")?.lang || read.documentElement.lang;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  section.hidden = kept.length === 0;
}

document.querySelector("[data-oublier]").addEventListener("click", async () => {
  await Promise.all(["pages-1", "parties-1"].map((name) => caches.delete(name)));
  await show();
  const said = document.querySelector("[data-oublie]");
  said.hidden = false;
  said.focus();
});

show();
