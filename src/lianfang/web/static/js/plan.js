/* The clause tree: → opens the section of the chosen line, ← closes it; the current clause is in sight. */
"use strict";

(() => {
  document.querySelector(".plan-tree .twig.here")?.scrollIntoView({ block: "nearest" });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const row = document.querySelector(".plan-tree summary.twig.here") || document.querySelector(".plan-tree summary.twig:focus");
    const section = row?.parentElement;
    if (!section || section.open === (event.key === "ArrowRight")) return;
    event.preventDefault();
    row.click();
  });
})();
