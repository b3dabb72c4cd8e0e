/* Works without network: forms marked data-offline are kept in this device and sent later, each once, by its key. */
"use strict";

(() => {
  const STORE = "waiting";
  let sending = false;

  function base() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open("lianfang", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  async function within(mode, act) {
    const database = await base();
    return new Promise((done, failed) => {
      const deal = database.transaction(STORE, mode);
      const asked = act(deal.objectStore(STORE));
      deal.oncomplete = () => done(asked.result);
      deal.onerror = deal.onabort = () => failed(deal.error);
    }).finally(() => database.close());
  }

  const all = () => within("readonly", (store) => store.getAll());
  const keep = (item) => within("readwrite", (store) => store.put(item));
  const drop = (key) => within("readwrite", (store) => store.delete(key));

  function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const mine = async () => (await all()).filter((item) => item.account === account());

  /* What the server did not accept stays in sight by name until somebody has read it. */
  async function tell() {
    const items = await mine();
    const refused = items.filter((item) => item.refused);
    const text = refused.length ? notAccepted(refused) : stillHere(items.length);
    document.querySelectorAll("[data-waiting]").forEach((line) => {
      line.hidden = !items.length && navigator.onLine;
      line.querySelector("span").textContent = text;
      line.querySelector("button")?.remove();
      if (refused.length) line.append(read(refused));
    });
  }

  function stillHere(count) {
    return count
      ? lianfang.say(`无网络也能办。${count} 项已存本机，联网后自动上传`, `Works without network. ${count} kept here, sent when online`)
      : lianfang.say("现在没有网络，办的事先存本机", "No network now; what you do is kept here");
  }

  function notAccepted(refused) {
    const words = refused.map((item) => item.word).join(lianfang.say("、", ", "));
    return lianfang.say(`${refused.length} 项没有收下，请重新办：${words}`, `${refused.length} not accepted, do them again: ${words}`);
  }

  function read(refused) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "as-link push";
    button.textContent = lianfang.say("知道了", "Read");
    button.addEventListener("click", async () => {
      for (const item of refused) await drop(item.key);
      await tell();
    });
    return button;
  }

  const account = () => document.body.dataset.account || "";

  function post(item) {
    const headers = { "X-CSRFToken": lianfang.token(), "HX-Request": "true", "X-Kept": "1" };
    return fetch(item.action, { method: "POST", headers, body: new URLSearchParams(item.fields), credentials: "same-origin" });
  }

  /* What did not arrive stays and is sent again under the same key. */
  async function send() {
    if (sending || !navigator.onLine) return;
    sending = true;
    let sent = 0;
    try {
      for (const item of (await all()).sort((a, b) => a.at - b.at)) {
        if (item.account !== account() || item.refused) continue;
        const answer = await post(item);
        if (answer.redirected || answer.status === 401 || answer.status >= 500) break;
        if (answer.status === 403 && !item.denied) {
          await keep({ ...item, denied: true }); // perhaps only an old page's token: a fresh page tries once more
          break;
        }
        if (answer.ok) {
          await drop(item.key);
          sent += 1;
        } else await keep({ ...item, refused: answer.status });
      }
    } catch {
      /* the network went away again: the rest stays */
    } finally {
      sending = false;
    }
    await tell();
    if (sent) {
      lianfang.toast(lianfang.say(`${sent} 项已上传`, `${sent} sent`));
      document.body.dispatchEvent(new CustomEvent("caught-up", { bubbles: true }));
    }
  }

  function target(form, button) {
    const named = button?.getAttribute("hx-post") || button?.getAttribute("formaction") || form.getAttribute("hx-post");
    return new URL(named || form.action, location).href;
  }

  async function put(form, button) {
    const fields = [...new FormData(form, button)].filter(([, value]) => typeof value === "string");
    if (!fields.some(([name]) => name === "key")) fields.push(["key", newKey()]);
    const key = fields.find(([name]) => name === "key")[1];
    const word = form.dataset.offline || button?.textContent.trim() || "";
    await keep({ key, action: target(form, button), fields, word, account: account(), at: Date.now() });
    const row = form.closest("[data-row]");
    if (row) row.dataset.kept = "1";
    form.querySelectorAll("button").forEach((each) => (each.disabled = true));
    lianfang.toast(lianfang.say("已存本机，联网后自动上传", "Kept here, sent when online"));
    await tell();
  }

  /* Without network the form never leaves; when the network fails on the way, the same key goes into the queue. */
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches("form[data-offline]") || navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      put(form, event.submitter);
    },
    true,
  );

  document.addEventListener("htmx:sendError", (event) => {
    const form = event.detail.elt.closest?.("form[data-offline]");
    if (form) put(form, event.detail.requestConfig?.triggeringEvent?.submitter);
  });

  /* Signing out while something waits would strand it: say so first. */
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-leave]") || form.dataset.asked) return;
    event.preventDefault();
    const waiting = (await mine()).length;
    form.dataset.asked = "1";
    const question = lianfang.say(`还有 ${waiting} 项没有上传。下次用这个账号登录后会继续上传。现在退出吗？`, `${waiting} not sent yet; they are sent after the next sign-in. Sign out now?`);
    if (!waiting || window.confirm(question)) form.requestSubmit();
    else delete form.dataset.asked;
  });

  window.addEventListener("online", send);
  window.addEventListener("offline", tell);
  /* A browser that keeps nothing (private window) works with network only. */
  document.addEventListener("DOMContentLoaded", () => tell().then(send, () => {}));
})();
