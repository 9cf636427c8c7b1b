// A message that is spoken: recorded on this page where the browser can, sent as any file, and written down beside it.
const root = document.querySelector("[data-record]"), form = root?.closest("form");
const KINDS = [["audio/mp4;codecs=mp4a.40.2", "m4a"], ["audio/ogg;codecs=opus", "ogg"], ["audio/webm;codecs=opus", "weba"]];
const LONGEST = 15 * 60;
if (root && window.MediaRecorder && navigator.mediaDevices?.getUserMedia) {
  const button = root.querySelector("button"), said = root.querySelector("[role=status]"), clock = root.querySelector("[data-time]");
  const words = root.dataset, start = button.textContent, kind = KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
  let recorder, tick, kept, seconds = 0;
  root.hidden = !kind;

  const begin = async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return (said.textContent = words.refused);
    }
    const parts = [];
    recorder = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: 48000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      clearInterval(tick);
      clock.textContent = "";
      root.classList.remove("recording");
      recorder = null;
      kept = new File(parts, `${words.named} ${new Date().toLocaleDateString("sv")}.${kind[1]}`, { type: kind[0].split(";")[0] });
      give();
    });
    seconds = 0;
    recorder.start(1000);
    tick = setInterval(() => {
      seconds += 1;
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= LONGEST) recorder.stop();
    }, 1000);
    button.textContent = words.stop;
    root.classList.add("recording");
    said.textContent = words.listens;
  };

  const give = async () => {
    const body = new FormData();
    body.set("jeton", form.elements.jeton.value);
    body.set("fichier", kept);
    button.disabled = true;
    said.textContent = words.sending;
    try {
      const answer = await fetch(words.record, { method: "POST", body, headers: { Accept: "*/*" } }), told = await answer.json();
      if (!told.adresse) throw told.probleme;
      join(told.adresse);
      kept = null;
      button.textContent = start;
      said.textContent = words.done;
    } catch (problem) {
      button.textContent = words.again;
      said.textContent = typeof problem === "string" ? problem : words.lost;
    }
    button.disabled = false;
  };

  const join = (address) => {
    const mark = /\/media\/([0-9a-f]{64})/.exec(address)[1], made = document.createElement("div");
    const put = (tag, fields, ...inside) => (made.append(Object.assign(document.createElement(tag), fields)), made.lastChild.append(...inside), made.lastChild);
    form.elements.joints.value = `${form.elements.joints.value} ${mark}`.trim();
    made.className = "joined sound";
    put("audio", { controls: true, preload: "metadata", src: address, ariaLabel: words.named });
    put("label", { htmlFor: `dit-${mark}` }, words.words);
    const field = put("textarea", { id: `dit-${mark}`, name: `description-${mark.slice(0, 12)}`, rows: 3, maxLength: 60000 });
    const out = document.createElement("input"), label = document.createElement("label");
    Object.assign(out, { type: "checkbox", name: "retirer", value: mark, id: `sans-${mark}` });
    Object.assign(label, { htmlFor: out.id, textContent: words.drop });
    put("div", { className: "tick" }, out, label);
    root.after(made);
    field.focus();
  };

  // Whoever publishes while it records meant this message, too: it is joined first.
  const first = (event) => {
    if (!recorder && !button.disabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    recorder?.stop();
  };
  form.addEventListener("submit", first, true);
  button.addEventListener("click", () => (recorder ? recorder.stop() : kept ? give() : begin()));
}
