/* The day slider: letting go of it opens that day. */
"use strict";

document.addEventListener("change", (event) => {
  const slider = event.target.closest("[data-days] input[data-dates]");
  if (!slider) return;
  const dates = slider.dataset.dates.split(" ");
  const chosen = Number(slider.value);
  const address = new URL(location.href);
  if (chosen === dates.length - 1) address.searchParams.delete("as_of");
  else address.searchParams.set("as_of", dates[chosen]);
  location.assign(address);
});
