// In the outline that is arranged, Alt and an arrow press the button of the line; and the line that was moved has the focus.
const deeds = { ArrowUp: "monter", ArrowDown: "descendre", ArrowRight: "entrer", ArrowLeft: "sortir" };
document.querySelector(".plan")?.addEventListener("keydown", (event) => {
  const deed = event.altKey && deeds[event.key];
  const line = event.target.closest("li");
  if (!deed || !line) return;
  event.preventDefault();
  line.querySelector(`button[value^="${deed}:"]:not(:disabled)`)?.click();
});
const moved = location.hash.startsWith("#ligne-") && document.getElementById(location.hash.slice(1));
if (moved) {
  moved.focus();
  moved.scrollIntoView({ block: "center" });
}
