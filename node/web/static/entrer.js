// Passkeys, where the browser has them; and the step back from an organisation's own door. Without this file the other ways in work.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const send = async (form, fields) => {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "follow", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};

const proof = (credential) => {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) said.attestationObject = text(response.attestationObject);
  if (response.authenticatorData) {
    said.authenticatorData = text(response.authenticatorData);
    said.signature = text(response.signature);
    if (response.userHandle) said.userHandle = text(response.userHandle);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said });
};

const options = (said) => {
  const asked = { ...said, challenge: bytes(said.challenge) };
  if (said.user) asked.user = { ...said.user, id: bytes(said.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"])
    if (said[list]) asked[list] = said[list].map((each) => ({ ...each, id: bytes(each.id) }));
  return { publicKey: asked };
};

const withKey = (form, ask) => {
  const wrong = form.querySelector(".wrong");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (wrong) wrong.hidden = true;
    try {
      const said = await send(form, { geste: "defi" });
      const { vers } = await send(form, { geste: "preuve", preuve: proof(await ask(options(said))) });
      location.assign(vers);
    } catch {
      if (wrong) wrong.hidden = false;
    }
  });
};

if (window.PublicKeyCredential) {
  const enter = document.getElementById("par-cle");
  const add = document.getElementById("ajouter-cle");
  if (enter) withKey(enter, (asked) => navigator.credentials.get(asked));
  if (add) withKey(add, (asked) => navigator.credentials.create(asked));
}

document.querySelector("form[data-continue]")?.requestSubmit();
