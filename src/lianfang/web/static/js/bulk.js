/* Works with many rows at once: ticked boxes in form[data-bulk] show its bar with the count. Shift ticks a run of rows. */
"use strict";

(() => {
  let last = null;
  const boxes = (form) => [...form.querySelectorAll("input[data-tick]")];

  function count(form) {
    const all = boxes(form);
    const ticked = all.filter((box) => box.checked).length;
    const bar = form.querySelector("[data-bulk-bar]");
    if (bar) bar.hidden = !ticked;
    form.querySelectorAll("[data-count]").forEach((place) => (place.textContent = ticked));
    all.forEach((box) => box.closest("[data-row]")?.setAttribute("aria-selected", String(box.checked)));
    const head = form.querySelector("[data-tick-all]");
    if (head) {
      head.checked = ticked > 0 && ticked === all.length;
      head.indeterminate = ticked > 0 && ticked < all.length;
    }
  }

  document.addEventListener("click", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-tick-all]")) boxes(form).forEach((box) => (box.checked = event.target.checked));
    if (event.target.closest("[data-tick-none]")) boxes(form).forEach((box) => (box.checked = false));
    if (event.target.matches("[data-tick]")) {
      const all = boxes(form);
      if (event.shiftKey && last && all.includes(last)) {
        const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
        all.slice(from, to + 1).forEach((box) => (box.checked = event.target.checked));
      }
      last = event.target;
    }
    count(form);
  });

  document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("form[data-bulk]").forEach(count));
})();
