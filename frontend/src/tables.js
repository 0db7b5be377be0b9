// The reader chooses columns; the choice is remembered per table and goes along with an export.
function remembered(key) {
  try { return JSON.parse(localStorage.getItem(key) || "[]"); } catch (_) { return []; }
}

function remember(key, hidden) {
  try { localStorage.setItem(key, JSON.stringify(hidden)); } catch (_) { /* private window */ }
}

function apply(holder, hidden) {
  for (const cell of holder.querySelectorAll("[data-col]")) {
    cell.hidden = hidden.includes(cell.dataset.col);
  }
  const shown = [...holder.querySelectorAll("[data-col-choice]")].map((box) => box.value).filter((name) => !hidden.includes(name));
  for (const link of holder.querySelectorAll("a[data-export]")) {
    const address = new URL(link.href);
    if (hidden.length) address.searchParams.set("columns", shown.join(","));
    else address.searchParams.delete("columns");
    link.href = address.pathname + address.search;
  }
}

const watcher = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    const frame = target.classList.contains("zs-scroll") ? target : target.closest(".zs-scroll");
    const table = frame && frame.querySelector("table");
    if (table) frame.classList.toggle("is-wide", table.offsetWidth > frame.clientWidth + 1);
  }
});

export function wideTables(root) {
  for (const frame of root.querySelectorAll(".zs-scroll")) {
    if (frame.dataset.watched) continue;
    frame.dataset.watched = "1";
    watcher.observe(frame);
    const table = frame.querySelector("table");
    if (table) watcher.observe(table);
  }
}

export function columnChoosers(root) {
  const holders = [...root.querySelectorAll("[data-table]")];
  if (root.matches && root.matches("[data-table]")) holders.push(root);
  for (const holder of holders) {
    if (holder.dataset.ready) continue;
    holder.dataset.ready = "1";
    const key = `zs-columns:${holder.dataset.table}`;
    const boxes = [...holder.querySelectorAll("[data-col-choice]")];
    let hidden = remembered(key).filter((name) => boxes.some((box) => box.value === name));
    if (hidden.length === boxes.length) hidden = [];
    for (const box of boxes) {
      box.checked = !hidden.includes(box.value);
      box.addEventListener("change", () => {
        const off = boxes.filter((other) => !other.checked).map((other) => other.value);
        if (off.length === boxes.length) { box.checked = true; return; }
        remember(key, off);
        apply(holder, off);
      });
    }
    apply(holder, hidden);
  }
}
