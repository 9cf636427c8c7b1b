// Keeps what is in a form a moment after it changed, and when one leaves; puts back what was sent and did not arrive.
const UNSENT = "pas-parti";
for (const form of document.querySelectorAll("form[data-draft]")) keep(form);

// For the same person in the same tab alone: whoever uses this browser next finds nothing.
function again(form, said) {
  const kept = JSON.parse(sessionStorage.getItem(UNSENT) ?? "null");
  sessionStorage.removeItem(UNSENT);
  if (kept?.of !== said.dataset.of || kept.form !== form.action || kept.fields.about !== form.elements.about?.value) return;
  const fields = [...form.querySelectorAll("textarea[name], input[type=text][name], input[type=url][name]")];
  const lost = fields.filter(({ name, value }) => kept.fields[name] && kept.fields[name] !== value);
  for (const field of lost) field.value = kept.fields[field.name];
  for (const who of form.querySelectorAll("[name=qui]")) who.checked = who.value === kept.fields.qui || (!kept.fields.qui && who.checked);
  if (!lost.length) return;
  said.textContent = said.dataset.again;
  lost[0].dispatchEvent(new Event("input", { bubbles: true }));
}

function keep(form) {
  const said = form.querySelector("[data-draft-said]");
  let wait, changed = false, over = false;
  const now = async () => {
    clearTimeout(wait);
    if (!changed || over) return;
    changed = false;
    const fields = new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "jeton"));
    fields.set("geste", "garder");
    fields.set("jeton", form.elements.jeton.value);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: fields, keepalive: fields.toString().length < 60000, headers: { Accept: "application/json" } });
      if (!answer.ok) throw answer;
      const told = await answer.json();
      form.elements.brouillon.value = told.numero;
      said.textContent = said.dataset.words.replace("%h", told.heure);
    } catch {
      changed = true;
    }
  };
  form.addEventListener("input", () => ((changed = true), clearTimeout(wait), (wait = setTimeout(now, 2500))));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      delete fields.jeton;
      sessionStorage.setItem(UNSENT, JSON.stringify({ of: said.dataset.of, form: form.action, fields }));
      return (over = true);
    }
    event.preventDefault();
    delete form.dataset.sent;
    said.textContent = said.dataset.offline;
    said.scrollIntoView({ block: "center" });
  });
  addEventListener("pagehide", now);
  again(form, said);
}
