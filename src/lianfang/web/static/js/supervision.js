/* A checklist: how many items are answered, what is still missing beside the button, one press for all the rest in order. */
"use strict";

(() => {
  const form = () => document.querySelector("form[data-checklist]");
  const radios = (form) => [...form.querySelectorAll(".checklist > li > .segments")];
  const open = (form) => radios(form).filter((group) => !group.querySelector(":checked"));

  function tell() {
    const at = form();
    if (!at) return;
    const left = open(at).length;
    const numbers = [...at.querySelectorAll('.checklist input[type="number"]')].filter((input) => !input.value).length;
    const rest = left + numbers;
    const all = at.querySelectorAll(".checklist > li").length;
    const place = at.querySelector("[data-answered]");
    if (place) place.textContent = all - rest;
    at.querySelector("[data-send]").disabled = rest > 0;
    const missing = at.querySelector("[data-missing]");
    missing.hidden = !rest;
    missing.textContent = lianfang.say(`还差 ${rest} 项检查，补齐后才能提交。`, `${rest} items still open; fill them in to submit.`);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-rest-fine]")) return;
    open(form()).forEach((group) => (group.querySelector('input[value="yes"]').checked = true));
    tell();
  });

  document.addEventListener("input", tell);
  document.addEventListener("DOMContentLoaded", tell);
})();
