/* What goes wrong with a passkey is said in words, not left to the console. */
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const gaveUp = event.detail.exception?.name === "NotAllowedError";
  lianfang.toast(
    gaveUp
      ? lianfang.say("没有完成：设备上取消了，或等得太久。", "Not done: cancelled on the device, or it took too long.")
      : lianfang.say("这个浏览器或设备用不了通行密钥，请用密码登录。", "This browser or device cannot use passkeys, sign in with the password."),
    { wrong: true },
  );
});
