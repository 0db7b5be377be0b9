// Runs before the page is drawn: the reader's choice of light or dark, else the system's.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function chosen() {
    try { return localStorage.getItem("zs-theme"); } catch (_) { return null; }
  }
  function apply() {
    var theme = chosen() || (dark.matches ? "dark" : "light");
    root.setAttribute("data-bs-theme", theme);
    root.dispatchEvent(new CustomEvent("zs:theme", { detail: theme }));
  }
  root.classList.add("js");
  apply();
  dark.addEventListener("change", apply);
  // Paper is light, whatever the screen is; charts are redrawn at once and without animation.
  window.addEventListener("beforeprint", function () {
    root.setAttribute("data-printing", "");
    root.setAttribute("data-bs-theme", "light");
    root.dispatchEvent(new CustomEvent("zs:theme", { detail: "light" }));
  });
  window.addEventListener("afterprint", function () {
    root.removeAttribute("data-printing");
    apply();
  });
  window.zsTheme = function (theme) {
    try { localStorage.setItem("zs-theme", theme); } catch (_) { /* private window: the choice lasts for this page */ }
    root.setAttribute("data-bs-theme", theme);
    root.dispatchEvent(new CustomEvent("zs:theme", { detail: theme }));
  };
})();
