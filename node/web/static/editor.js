// What a script adds to a field of Markdown: tools, choices, clean pasting, files, a look.

const send = (url, form, fields) => {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  body.set("jeton", form.elements.jeton.value);
  return fetch(url, { method: "POST", body, headers: { Accept: "*/*" } });
};

for (const root of document.querySelectorAll("[data-editor]")) edit(root);

function edit(root) {
  const field = root.querySelector("textarea"), tools = root.querySelector(".editor-tools"), list = root.querySelector(".editor-choices");
  const said = root.querySelector(".editor-said"), file = Object.assign(document.createElement("input"), { type: "file" }), preview = root.querySelector(".editor-preview");
  const buttons = [...tools.querySelectorAll("button")];
  const tell = (words) => (said.textContent = words);

  // Typed in as a person would, so that the browser can undo it.
  const put = (text, from = field.selectionStart, to = field.selectionEnd) => {
    field.focus();
    field.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const around = (mark) => {
    const { selectionStart: from, selectionEnd: to, value } = field, words = value.slice(from, to);
    const n = mark.length, is = value.slice(from - n, from) === mark && value.slice(to, to + n) === mark;
    if (is) put(words, from - n, to + n);
    else put(mark + words + mark);
    const at = is ? from - n : from + n;
    field.setSelectionRange(at, at + words.length);
  };
  const lines = (mark) => {
    const { value } = field, from = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    let to = value.indexOf("\n", field.selectionEnd);
    if (to < 0) to = value.length;
    const each = value.slice(from, to).split("\n"), is = each.every((line, n) => line.startsWith(mark(n)));
    put(each.map((line, n) => (is ? line.slice(mark(n).length) : mark(n) + line.replace(/^(#+|[-*>]|\d+\.) /, ""))).join("\n"), from, to);
  };
  const sign = (mark) => put((/(^|\s)$/.test(field.value.slice(0, field.selectionStart)) ? "" : " ") + mark);
  const deeds = {
    bold: () => around("**"), italic: () => around("_"), heading: () => lines(() => "## "), list: () => lines(() => "- "),
    numbers: () => lines((n) => `${n + 1}. `), quote: () => lines(() => "> "),
    link: () => { const words = field.value.slice(field.selectionStart, field.selectionEnd); put(`[${words}](https://)`); },
    note: () => sign("[["), person: () => sign("@"), term: () => sign("#"), file: () => file.click(), preview: look,
  };
  tools.hidden = false;
  buttons.forEach((button, at) => {
    button.tabIndex = at ? -1 : 0;
    button.addEventListener("click", () => deeds[button.dataset.deed]());
  });
  tools.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -99, End: 99 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement), next = Math.abs(step) > 1 ? (step < 0 ? 0 : buttons.length - 1) : (at + step + buttons.length) % buttons.length;
    buttons.forEach((button, n) => (button.tabIndex = n === next ? 0 : -1));
    buttons[next].focus();
  });

  async function look() {
    const button = tools.querySelector("[data-deed=preview]"), open = preview.hidden;
    if (open) preview.innerHTML = await (await send(`${root.dataset.write}apercu`, field.form, { texte: field.value })).text();
    preview.hidden = !open;
    button.setAttribute("aria-pressed", String(open));
    if (open) preview.focus();
  }

  // Choices
  const kinds = { "[[": "notes", "@": "personnes", "#": "termes" };
  let choices = [], chosen = -1, from = 0, asked = 0, wait;
  const shut = () => {
    list.hidden = true;
    choices = [];
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (at) => {
    chosen = (at + choices.length) % choices.length;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    list.children[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[chosen].id);
  };
  const take = (at) => {
    const text = `${choices[at].texte} `;
    shut();
    put(text, from, field.selectionEnd);
  };
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  const propose = async () => {
    const found = /(\[\[|(?<![^\s(«])[@#])([^\]\n@#[]{0,40})$/.exec(field.value.slice(0, field.selectionStart));
    const turn = ++asked;
    if (!found || (found[1] !== "[[" && (found[2].length < 1 || /^\s/.test(found[2])))) return shut();
    const answer = await fetch(`${root.dataset.complete}${kinds[found[1]]}?q=${encodeURIComponent(found[2])}`);
    if (turn !== asked || !answer.ok) return;
    choices = (await answer.json()).choix;
    from = field.selectionStart - found[0].length;
    if (!choices.length) {
      shut();
      return tell(found[2].length > 2 ? "" : root.dataset.saidNone);
    }
    list.replaceChildren(...choices.map((choice, n) => {
      const item = document.createElement("li"), where = document.createElement("span");
      Object.assign(item, { id: `${list.id}-${n}`, textContent: choice.nom });
      item.setAttribute("role", "option");
      where.textContent = choice.dit;
      item.append(where);
      item.addEventListener("pointerdown", (event) => (event.preventDefault(), take(n)));
      return item;
    }));
    list.hidden = false;
    mark(0);
    tell(choices.length === 1 ? root.dataset.saidOne : root.dataset.saidMany.replace("%n", choices.length));
  };
  field.addEventListener("input", () => (clearTimeout(wait), (wait = setTimeout(propose, 120))));
  field.addEventListener("blur", () => setTimeout(shut, 150));
  field.addEventListener("keydown", (event) => {
    if (!list.hidden) {
      const deed = { ArrowDown: () => mark(chosen + 1), ArrowUp: () => mark(chosen - 1), Enter: () => take(chosen), Tab: () => take(chosen), Escape: shut }[event.key];
      if (deed) return event.preventDefault(), event.stopPropagation(), deed();
    }
    const key = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && { b: "bold", i: "italic", k: "link" }[event.key.toLowerCase()];
    if (key) event.preventDefault(), deeds[key]();
  });

  // Pasting and files
  const give = async (given) => {
    const form = new FormData();
    form.set("fichier", given);
    if (given.type.startsWith("image/")) form.set("description", prompt(root.dataset.askAlt) ?? "");
    tell(root.dataset.saidSending);
    try {
      const answer = await send(root.dataset.files, field.form, form), told = await answer.json();
      tell(told.probleme ?? "");
      if (told.texte) put(told.image ? `\n\n${told.texte}\n\n` : told.texte);
    } catch {
      tell(root.dataset.saidLost);
    }
  };
  file.addEventListener("change", () => (file.files[0] && give(file.files[0]), (file.value = "")));
  field.addEventListener("paste", async (event) => {
    const data = event.clipboardData, html = data.getData("text/html");
    if (data.files.length && !html) return event.preventDefault(), give(data.files[0]);
    if (!/<(p|b|strong|i|em|h\d|li|a|table|span)\b/i.test(html)) return;
    event.preventDefault();
    const plain = data.getData("text/plain");
    try {
      const answer = await send(`${root.dataset.write}coller`, field.form, { html });
      put(answer.ok ? (await answer.text()) || plain : plain);
    } catch {
      put(plain);
    }
  });
  field.addEventListener("dragover", (event) => (event.preventDefault(), root.classList.add("dropping")));
  field.addEventListener("dragleave", () => root.classList.remove("dropping"));
  field.addEventListener("drop", (event) => {
    root.classList.remove("dropping");
    if (event.dataTransfer.files.length) event.preventDefault(), give(event.dataTransfer.files[0]);
  });
}
