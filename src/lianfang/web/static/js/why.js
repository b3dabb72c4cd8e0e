/* Why: a dotted underline opens its reasons beside it; Esc or a second press closes. */
"use strict";

(() => {
  let asker = null;
  const box = () => document.getElementById("why");

  async function ask(button) {
    const place = box();
    if (asker === button && place.matches(":popover-open")) {
      place.hidePopover();
      return;
    }
    asker = button;
    const answer = await fetch(button.dataset.why, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (asker !== button) return;
    if (!answer.ok) {
      lianfang.toast(lianfang.say("依据没有取到，请再点一次。", "The reasons could not be fetched, try again."), { wrong: true });
      return;
    }
    place.innerHTML = await answer.text();
    window.htmx?.process(place);
    place.showPopover();
    stand(place, button.getBoundingClientRect());
    button.setAttribute("aria-expanded", "true");
  }

  function stand(place, at) {
    const [wide, high] = [place.offsetWidth, place.offsetHeight];
    const left = Math.max(16, Math.min(at.left, innerWidth - wide - 16));
    const below = at.bottom + 8 + high <= innerHeight;
    place.style.left = `${left}px`;
    place.style.top = `${below ? at.bottom + 8 : Math.max(16, at.top - high - 8)}px`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-why]");
    if (button) {
      event.preventDefault();
      ask(button);
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    box()?.addEventListener("toggle", (event) => {
      if (event.newState === "closed") asker?.setAttribute("aria-expanded", "false");
    });
  });
})();
