/* Keyboard: J/K rows, X tick, Enter open, W why, / search, [ ] day, ? all keys, Esc closes; data-key="n" gives a button its own key. */
"use strict";

(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const here = () => document.querySelector("[data-row].here");

  function go(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(here());
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))] || all[0];
    here()?.classList.remove("here");
    next.classList.add("here");
    next.scrollIntoView({ block: "nearest" });
    (next.querySelector("[data-open]") || next.querySelector("a, button, input") || next).focus({ preventScroll: true });
  }

  function open() {
    const row = here();
    const link = row?.querySelector("[data-open]") || row?.querySelector("a[href]");
    if (link && document.activeElement !== link) link.click();
    return Boolean(link) && document.activeElement !== link;
  }

  function tick() {
    const box = here()?.querySelector('input[type="checkbox"]');
    if (box) box.click();
  }

  function typing(target) {
    return target.closest?.('textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="range"])');
  }

  const verbs = {
    j: () => go(1),
    k: () => go(-1),
    x: tick,
    "/": () => document.querySelector("[data-find]")?.focus(),
    w: () => (here()?.querySelector("[data-why]") || document.querySelector("main [data-why]"))?.click(),
    "?": showKeys,
  };

  function showKeys() {
    const dialog = document.getElementById("keys");
    const place = dialog.querySelector("[data-keys-here]");
    place.replaceChildren(
      ...[...document.querySelectorAll("main [data-key]")].flatMap((button) => {
        const [cap, word] = [document.createElement("kbd"), document.createElement("span")];
        cap.textContent = button.dataset.key.toUpperCase();
        word.textContent = button.getAttribute("aria-label") || button.firstChild.textContent.trim();
        return [cap, word];
      }),
    );
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") lianfang.closeAll();
    if (event.key === "Escape" && typing(event.target)) event.target.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.target.form?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target.closest('a, button, summary, input:not([type="checkbox"])')) return;
    if (event.key === "Enter") {
      if (open()) event.preventDefault();
      return;
    }
    const key = event.key.toLowerCase();
    const own = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const verb = own ? () => own.click() : verbs[key];
    if (!verb) return;
    event.preventDefault();
    verb();
  });

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    here()?.classList.remove("here");
    row.classList.add("here");
  });
})();
