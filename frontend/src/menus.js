// Menus are <details data-menu>: they open without script; with it they also close on Escape and on a click outside.
let listening = false;

function closeAll(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

// A filter that nobody has set would fill the first screen of a phone.
function foldOnPhone(root) {
  if (window.innerWidth >= 576) return;
  for (const fold of root.querySelectorAll("details[data-folds-on-phone]")) fold.open = false;
}

export function menus(root) {
  foldOnPhone(root);
  if (listening) return;
  listening = true;
  document.addEventListener("click", (event) => closeAll(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-menu][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}
