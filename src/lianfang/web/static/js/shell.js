/* The frame: protection token on every request, menus, dialogs, forms that send themselves. Texts come from the page. */
"use strict";

const lianfang = (window.lianfang = {
  token: () => document.querySelector('meta[name="csrf-token"]')?.content || "",
  english: document.body.dataset.language === "en",
  say: (chinese, english) => (lianfang.english ? english : chinese),
  closeAll() {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => (menu.open = false));
  },
});

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = lianfang.token();
});

document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  lianfang.toast(
    status === 403
      ? lianfang.say("您的岗位不能办这一步。", "Your post may not do this.")
      : lianfang.say("没有写入，请再办一次。", "Not saved, please try again."),
    { wrong: true },
  );
});

document.addEventListener("htmx:sendError", () => {
  lianfang.toast(lianfang.say("没有网络，这一步没有写入。", "No network, this was not saved."), { wrong: true });
});

document.addEventListener("click", (event) => {
  const at = event.target;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(at)) menu.open = false;
  });
  const opener = at.closest("[data-dialog]");
  if (opener) {
    document.getElementById(opener.dataset.dialog)?.showModal();
  }
  if (at.closest("[data-close]")) {
    at.closest("dialog")?.close();
    at.closest("[popover]")?.hidePopover();
  }
  if (at.closest("[data-print]")) window.print();
});

/* A dialog fetched into #dialogs opens at once and leaves when it is closed. */
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "dialogs") return;
  const dialog = event.detail.target.querySelector("dialog");
  if (!dialog) return;
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  reveal(event.target.form);
});

/* What follows from an answer: [data-follows="name=value"] shows when that answer is given. */
function reveal(form) {
  form?.querySelectorAll("[data-follows]").forEach((block) => {
    const [name, value] = block.dataset.follows.split("=");
    const given = new FormData(form).getAll(name);
    block.hidden = !given.includes(value);
    block.querySelectorAll("input, select, textarea").forEach((field) => (field.disabled = block.hidden));
  });
}

function revealAll(root) {
  root.querySelectorAll?.("[data-follows]").forEach((block) => reveal(block.closest("form")));
}

document.addEventListener("DOMContentLoaded", () => revealAll(document));
document.addEventListener("htmx:load", (event) => revealAll(event.detail.elt));
