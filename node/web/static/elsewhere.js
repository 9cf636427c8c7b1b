// Reads the address out of a photo of a QR code, where the browser can: nothing of the photo leaves it.
const field = document.querySelector("#champ-adresse");
const button = document.querySelector("[data-scan]");
const told = document.querySelector("[data-scanned]");
if (field && button && "BarcodeDetector" in window) {
  button.hidden = false;
  button.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const codes = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file)).catch(() => []);
    told.textContent = codes.length ? "" : told.dataset.none;
    if (codes.length) { field.value = codes[0].rawValue; field.focus(); }
  });
}
