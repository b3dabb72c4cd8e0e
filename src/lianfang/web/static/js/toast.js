/* A word that something is done, and how to take it back. From the server: header HX-Trigger: {"told": {"text", "undo", "word"}}. */
"use strict";

(() => {
  const STAYS = 8000;

  lianfang.toast = (text, { undo = "", word = "", wrong = false, after = null } = {}) => {
    const toast = document.createElement("div");
    toast.className = wrong ? "toast wrong" : "toast";
    toast.setAttribute("role", wrong ? "alert" : "status");
    toast.append(text);
    if (undo) toast.append(takeBack(toast, undo, word, after));
    document.getElementById("toasts").append(toast);
    leave(toast);
  };

  function takeBack(toast, address, word, after) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word || lianfang.say("撤回", "Undo");
    button.addEventListener("click", async () => {
      button.disabled = true;
      const answer = await fetch(address, {
        method: "POST",
        headers: { "X-CSRFToken": lianfang.token(), "HX-Request": "true" },
        credentials: "same-origin",
      });
      toast.remove();
      if (!answer.ok) lianfang.toast(lianfang.say("没有撤回，请刷新后再试。", "Not undone, reload and try again."), { wrong: true });
      else if (after) after();
      else document.body.dispatchEvent(new CustomEvent("undone", { bubbles: true }));
    });
    return button;
  }

  function leave(toast) {
    let clock = setTimeout(() => toast.remove(), STAYS);
    toast.addEventListener("pointerenter", () => clearTimeout(clock));
    toast.addEventListener("focusin", () => clearTimeout(clock));
    toast.addEventListener("pointerleave", () => (clock = setTimeout(() => toast.remove(), STAYS)));
  }

  document.addEventListener("told", (event) => lianfang.toast(event.detail.text, event.detail));
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-toast]").forEach(leave));
})();
