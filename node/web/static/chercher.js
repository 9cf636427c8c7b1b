// Suggestions below a search box while one types: a list box that the arrows walk through and Escape closes.
for (const form of document.querySelectorAll("form[data-suggestions]")) suggest(form);

function suggest(form) {
  const field = form.elements.q, list = document.createElement("ul"), said = document.createElement("p");
  let wait, asked, chosen = -1;
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.getAttribute("aria-label"));
  said.className = "unseen";
  said.setAttribute("role", "status");
  form.append(list, said);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) field.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const option = (each, at) => {
    const item = document.createElement("li"), text = document.createElement("span"), kind = document.createElement("span");
    item.id = `${field.id}-suggestion-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.href = each.href;
    text.textContent = each.text;
    kind.textContent = each.kind;
    kind.className = "kind";
    item.append(text, kind);
    return item;
  };
  const show = (found) => {
    list.replaceChildren(...found.map(option));
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!!found.length));
    said.textContent = found.length ? form.dataset.found.replace("#", found.length) : "";
  };
  const ask = async () => {
    const typed = field.value.trim();
    asked?.abort();
    if (typed.length < 2) return close();
    asked = new AbortController();
    const url = new URL(form.dataset.suggestions, location.href);
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.ok) show(await answer.json());
    } catch {
      // whoever types on does not want it any more; without a network one searches without suggestions
    }
  };
  const move = (by) => {
    const items = [...list.children];
    chosen = (chosen + by + items.length + 1) % (items.length + 1);
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    if (items[chosen]) field.setAttribute("aria-activedescendant", items[chosen].id);
    else field.removeAttribute("aria-activedescendant");
  };

  field.addEventListener("input", () => (clearTimeout(wait), (wait = setTimeout(ask, 150))));
  field.addEventListener("blur", () => setTimeout(close, 150));
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (chosen < 0) chosen = list.children.length;
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && list.children[chosen]) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.href);
    }
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.href);
  });
}
