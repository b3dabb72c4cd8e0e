/* The time grid opens with today in sight where it must be scrolled. */
"use strict";

(() => {
  const grid = document.querySelector(".timegrid");
  const today = grid?.querySelector(".lane.days .today-ground");
  if (!grid || !today || grid.scrollWidth <= grid.clientWidth) return;
  grid.scrollLeft += today.getBoundingClientRect().left - grid.getBoundingClientRect().left - grid.clientWidth * 0.6;
})();
