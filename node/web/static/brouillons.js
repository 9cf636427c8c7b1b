// Keeps what is in a form a moment after it changed, and when one leaves.
for (const form of document.querySelectorAll("form[data-draft]")) keep(form);

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
  form.addEventListener("submit", () => (over = true));
  addEventListener("pagehide", now);
}
