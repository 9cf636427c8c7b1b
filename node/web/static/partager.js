// What a script adds to the box: the card fills itself as soon as a link stands in it; who sees it follows the community.
const form = document.querySelector("form.sharing");
if (form) {
  const { texte, titre, lien, resume, langue, licence, lu, repond, joints } = form.elements;
  const card = document.getElementById("fiche"), said = form.querySelector("[data-draft-said]"), picture = form.querySelector("[data-picture]");
  const ADDRESS = /(?<!\]\(|<)https?:\/\/[^\s<>"'«»]+/i;

  const photos = form.elements.fichier, words = form.elements.description?.closest(".ask");
  const described = () => words && (words.hidden = !photos.files.length);
  photos.addEventListener("change", described);
  described();

  const put = (field, words) => {
    if (!words || (field.value && !field.dataset.guessed)) return;
    if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === words)) field.add(new Option(words, words));
    field.value = words;
    field.dataset.guessed = "yes";
    field.addEventListener("input", () => delete field.dataset.guessed, { once: true });
  };
  let asked = "";
  const look = async () => {
    const found = ADDRESS.exec(lien.value || texte.value)?.[0];
    if (!found || found === asked || found === lu.value || form.elements.date.value) return;
    if (!lien.value && texte.value.length - found.length > 500) return;
    asked = found;
    said.textContent = form.dataset.looking;
    try {
      const body = new URLSearchParams({ jeton: form.elements.jeton.value, lien: found });
      const answer = await fetch(form.dataset.link, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw answer;
      const page = await answer.json();
      if (!lien.value) texte.value = texte.value.replace(found, "").trim();
      lien.value = lu.value = asked = page.lien;
      for (const field of [titre, resume, langue, licence]) put(field, page[field.name]);
      for (const name of ["site", "auteur", "jour", "repond"]) form.elements[name].value = page[name];
      if (page.image) {
        joints.value = `${joints.value} ${page.image.joint}`.trim();
        Object.assign(picture, { src: page.image.adresse });
        picture.parentElement.hidden = false;
      }
      card.open = true;
      said.textContent = page.repond === "oui" ? form.dataset.found : form.dataset.unread;
      texte.dispatchEvent(new Event("input", { bubbles: true }));
    } catch {
      said.textContent = "";
    }
  };
  let wait;
  for (const field of [texte, lien]) {
    field.addEventListener("input", () => (clearTimeout(wait), (wait = setTimeout(look, 500))));
    field.addEventListener("paste", () => setTimeout(look, 50));
  }
  if (!lu.value) look();

  form.elements.communaute?.addEventListener?.("change", (event) => {
    const option = event.target.selectedOptions?.[0];
    for (const name of option ? ["communaute", "public"] : [])
      document.querySelector(`[name=qui][value=${name}] + div .hint`).textContent = option.dataset[name];
  });
}
