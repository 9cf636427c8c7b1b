// What a script adds to pages that are whole without it: shortcuts, menus that close, things to copy.

const menus = () => document.querySelectorAll("details.drop[open]");

document.addEventListener("keydown", (event) => {
  if (event.altKey && (event.key === "/" || event.code === "Slash")) {
    const field = document.querySelector("#q, #q-haut");
    event.preventDefault();
    if (field?.offsetParent) {
      field.focus();
      field.select();
    } else location.assign("/recherche");
  }
  if (event.key === "Escape")
    for (const menu of menus()) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
});

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("focusin", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

// The search box above every page: what suggests as one types is fetched when somebody turns to it.
const find = document.querySelector("form.find[data-script]");
find?.addEventListener("focusin", () => {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: find.dataset.style });
  document.head.append(style);
  import(find.dataset.script);
}, { once: true });

// <button hidden data-copy="id" data-said="Copié">: puts the words of an element where they can be pasted from.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText((from.value ?? from.textContent).trim());
    const words = button.textContent;
    button.textContent = button.dataset.said;
    setTimeout(() => (button.textContent = words), 2500);
  });
}

// What a deed has done stands in the page from the start, and is read aloud only once it comes into it.
for (const said of document.querySelectorAll('main .done[role="status"]'))
  setTimeout(() => said.append(...said.childNodes), 300);

// What a form sent has arrived: brouillons.js need not put it back.
if (/[?&]fait=/.test(location.search)) sessionStorage.removeItem("pas-parti");

// A form that is sent twice by a nervous finger is sent once.
for (const form of document.querySelectorAll('form[method="post"]'))
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent && Date.now() - form.dataset.sent < 3000) event.preventDefault();
    form.dataset.sent = Date.now();
  });

// Whoever reads without an account can read the last pages again without connection: hors-ligne.js keeps them.
const worker = document.documentElement.dataset.horsLigne;
const told = document.querySelector("[data-sans-reseau]");
if (worker && navigator.serviceWorker) {
  navigator.serviceWorker.register(worker, { scope: "/" }).then(async () => {
    const first = !navigator.serviceWorker.controller;
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], main img")];
    const ready = await navigator.serviceWorker.ready;
    if (first) ready.active.postMessage({ keep: [location.href, ...parts.map((part) => part.href ?? part.src)] });
  }, () => null);
}
const tell = () => told && (told.hidden = navigator.onLine);
addEventListener("online", tell);
addEventListener("offline", tell);
tell();
