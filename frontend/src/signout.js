// Signing out deletes what sheets keep on this device; whoever has unsent changes is asked first.
import { forgotten, waitingCount } from "./sheet/store.js";

export function signOut() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-sign-out]") || form.dataset.cleared || !window.indexedDB) return;
    event.preventDefault();
    const waiting = await waitingCount().catch(() => 0);
    if (waiting && !window.confirm(form.dataset.unsent.replace("{n}", String(waiting)))) return;
    await forgotten().catch(() => undefined);
    form.dataset.cleared = "1";
    form.requestSubmit();
  });
}
