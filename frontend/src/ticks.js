// A list whose ticks are kept while one looks for other lines: its links go by the form, which takes the ticks along.
export function keptTicks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-keeps-ticks] :is(.zs-pages, thead) a");
    const form = link && link.closest("[data-keeps-ticks]");
    if (!form || event.metaKey || event.ctrlKey || !form.querySelector("input[type=checkbox][name]:checked")) return;
    event.preventDefault();
    form.elements.goto.value = link.search;
    form.requestSubmit(form.querySelector("[value=look]"));
  });
}
